// One walk over a value by its type: replaces every typed part through a function and keeps what did not change the very
// same object, so that nothing redraws for no change.

import { isSomeWrapper } from "../../src/codec/kinds/options.ts";
import { isJsonArray, isJsonObject, memberOf } from "../../src/model/value/jsonObject.ts";
import type { TypeBody, TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { isScalar, variantOf, type CompositeShape, type Shape } from "./shape.ts";

/** Gives the new value of a part; `value` is undefined where the type wants a part that is missing. */
export type VisitPart = (type: TypeSchema, value: JsonValue | undefined) => JsonValue;

/** The value with its parts replaced; undefined when it is a scalar's, or has not the shape that the type wants. */
export function mapParts(shape: Shape, value: JsonValue, visit: VisitPart): JsonValue | undefined {
  return isScalar(shape) ? undefined : mapComposite(shape, value, visit);
}

function mapComposite(
  shape: CompositeShape,
  value: JsonValue,
  visit: VisitPart,
): JsonValue | undefined {
  switch (shape.kind) {
    case "option":
      return value === null
        ? null
        : isSomeWrapper(value)
          ? same(value, { $some: visit(shape.inner, value.$some) })
          : visit(shape.inner, value);
    case "sequence":
      return isJsonArray(value)
        ? same(
            value,
            value.map((item) => visit(shape.element, item)),
          )
        : undefined;
    case "array":
      return isJsonArray(value)
        ? same(
            value,
            Array.from({ length: shape.length }, (_, index) => visit(shape.element, value[index])),
          )
        : undefined;
    case "tuple":
      return mapTuple(shape.elements, value, visit);
    case "map":
      return isJsonArray(value)
        ? same(
            value,
            value.map((pair) => mapTuple([shape.key, shape.value], pair, visit) ?? pair),
          )
        : undefined;
    case "result":
      return mapResult(shape, value, visit);
    case "struct":
      return mapBody(shape.named.body, value, visit);
    case "enum":
      return mapVariant(shape, value, visit);
  }
}

function mapTuple(
  elements: readonly TypeSchema[],
  value: JsonValue,
  visit: VisitPart,
): JsonValue | undefined {
  return isJsonArray(value)
    ? same(
        value,
        elements.map((element, index) => visit(element, value[index])),
      )
    : undefined;
}

function mapResult(
  shape: Extract<Shape, { kind: "result" }>,
  value: JsonValue,
  visit: VisitPart,
): JsonValue | undefined {
  if (!isJsonObject(value)) {
    return undefined;
  }
  const { Ok: success, Err: failure } = value;
  if (success !== undefined) {
    return same(value, { Ok: visit(shape.success, success) });
  }
  return failure === undefined ? undefined : same(value, { Err: visit(shape.failure, failure) });
}

function mapVariant(
  shape: Extract<Shape, { kind: "enum" }>,
  value: JsonValue,
  visit: VisitPart,
): JsonValue | undefined {
  const variant = variantOf(shape.named, value);
  if (variant === undefined) {
    return undefined;
  }
  if (variant.body.kind === "unit") {
    return variant.name;
  }
  const inner = isJsonObject(value) ? value[variant.name] : undefined;
  const body = inner === undefined ? undefined : mapBody(variant.body, inner, visit);
  return body === undefined ? undefined : same(value, { [variant.name]: body });
}

function mapBody(body: TypeBody, value: JsonValue, visit: VisitPart): JsonValue | undefined {
  switch (body.kind) {
    case "unit":
      return null;
    case "newtype":
      return visit(body.inner, value);
    case "tuple":
      return mapTuple(body.elements, value, visit);
    case "struct":
      return isJsonObject(value)
        ? same(
            value,
            Object.fromEntries(
              body.fields.map((field) => [
                field.name,
                visit(field.type, memberOf(value, field.name)),
              ]),
            ),
          )
        : undefined;
  }
}

/** `before` when `after` holds the very same parts. */
export function same(
  before: JsonValue,
  after: readonly JsonValue[] | Readonly<Record<string, JsonValue>>,
): JsonValue {
  const old = before as Readonly<Record<string, JsonValue>>;
  const now = after as Readonly<Record<string, JsonValue>>;
  const keys = Object.keys(now);
  const isSame =
    Array.isArray(before) === Array.isArray(after) &&
    Object.keys(old).length === keys.length &&
    keys.every((key) => old[key] === now[key]);
  return isSame ? before : after;
}
