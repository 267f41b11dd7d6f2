// Between the value that people see in JSON and the one the form edits. The form's has every map as pairs (a key being
// typed may be twice or half there); a value that no longer fits its type, after an edit of the Rust source, keeps what
// fits and gets defaults for the rest. Scalars stay even when they are wrong: a half-typed number is still the user's.

import { defaultValue } from "../../src/codec/values/defaults.ts";
import { underOwnNames } from "../../src/model/schema/argumentNames.ts";
import { isTextKey } from "../../src/codec/kinds/maps.ts";
import { isSomeWrapper } from "../../src/codec/kinds/options.ts";
import { serdeText } from "../../src/codec/values/unknownParts.ts";
import {
  isJsonArray,
  isJsonObject,
  memberOf,
  setMember,
  type MutableJsonObject,
} from "../../src/model/value/jsonObject.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import {
  canBeNull,
  isHuman,
  isScalar,
  resolveType,
  type ScalarShape,
  type Shape,
} from "./shape.ts";
import { inDepth } from "./inDepth.ts";
import { mapParts, type VisitPart } from "./typedChildren.ts";

/** The form's value of a method's arguments from remembered or parsed ones. */
export function formArguments(
  method: Pick<MethodSchema, "arguments">,
  types: TypeTable,
  remembered: JsonObject,
): JsonObject {
  return mapArguments(method, remembered, (type, value) => toFormValue(type, types, value));
}

/** The arguments as they are sent, kept and shown in JSON. */
export function canonicalArguments(
  method: Pick<MethodSchema, "arguments">,
  types: TypeTable,
  value: JsonObject,
): JsonObject {
  return mapArguments(method, value, (type, part) => toCanonicalValue(type, types, part ?? null));
}

function mapArguments(
  method: Pick<MethodSchema, "arguments">,
  given: JsonObject,
  map: (type: TypeSchema, value: JsonValue | undefined) => JsonValue,
): JsonObject {
  const value = underOwnNames(method.arguments, given);
  return Object.fromEntries(
    method.arguments.map(({ name, type }) => {
      const part = memberOf(value, name);
      // JSON for serde is no value of the type that the form knows.
      return [name, serdeText(part) !== undefined && part !== undefined ? part : map(type, part)];
    }),
  );
}

/** The form's value: the same object where it already is one. */
export function toFormValue(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue | undefined,
): JsonValue {
  return inDepth(type, value, (partType, part, visit) => formValue(partType, types, part, visit));
}

function formValue(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue | undefined,
  visit: VisitPart,
): JsonValue {
  if (value === undefined) {
    return formValue(type, types, defaultValue(type, types), visit);
  }
  const { shape } = resolveType(type, types);
  if (shape.kind === "formatted" && !isHuman(shape, value)) {
    return formValue(shape.exact, types, value, visit);
  }
  const prepared = prepare(shape, types, value);
  const parts = mapParts(shape, prepared, visit);
  return parts ?? scalarOrDefault(shape, type, types, prepared);
}

/** Maps as pairs, and `Some` of what may be null in its wrapper. */
export function prepare(shape: Shape, types: TypeTable, value: JsonValue): JsonValue {
  if (shape.kind === "map" && isJsonObject(value)) {
    return Object.entries(value);
  }
  const needsWrapper =
    shape.kind === "option" &&
    value !== null &&
    !isSomeWrapper(value) &&
    canBeNull(shape.inner, types);
  return needsWrapper ? { $some: value } : value;
}

/** What the body of a variant begins with. */
export function defaultBody(body: TypeBody, types: TypeTable): JsonValue {
  switch (body.kind) {
    case "unit":
      return null;
    case "newtype":
      return toFormValue(body.inner, types, undefined);
    case "tuple":
      return body.elements.map((element) => toFormValue(element, types, undefined));
    case "struct":
      return Object.fromEntries(
        body.fields.map((field) => [field.name, toFormValue(field.type, types, undefined)]),
      );
  }
}

function scalarOrDefault(
  shape: Shape,
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
): JsonValue {
  return isScalar(shape) && isScalarOf(shape, value) ? value : toFormDefault(type, types, shape);
}

function toFormDefault(type: TypeSchema, types: TypeTable, shape: Shape): JsonValue {
  const value = defaultValue(type, types);
  return (
    mapParts(shape, prepare(shape, types, value), (partType, part) =>
      toFormValue(partType, types, part),
    ) ?? value
  );
}

export function isScalarOf(shape: ScalarShape, value: JsonValue): boolean {
  switch (shape.kind) {
    case "bool":
      return typeof value === "boolean";
    case "integer":
    case "float":
      return typeof value === "number" || typeof value === "string";
    case "char":
    case "string":
    case "formatted":
      return typeof value === "string";
    case "bytes":
      return typeof value === "string" || isFileOrNumbers(value);
    case "unknown":
      return isJsonObject(value) && typeof value["$raw"] === "string";
    case "unit":
      return value === null;
  }
}

function isFileOrNumbers(value: JsonValue): boolean {
  return isJsonArray(value)
    ? value.every((item) => typeof item === "number")
    : isJsonObject(value) && typeof value["$file"] === "string";
}

function toCanonicalValue(type: TypeSchema, types: TypeTable, value: JsonValue): JsonValue {
  return inDepth(type, value, (partType, part, visit) =>
    part === undefined
      ? defaultValue(partType, types)
      : canonicalValue(partType, types, part, visit),
  );
}

/** Maps with text keys as objects, unless an object would lose the order of keys or one of them. */
function canonicalValue(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
  visit: VisitPart,
): JsonValue {
  const { shape } = resolveType(type, types);
  if (shape.kind === "formatted" && !isHuman(shape, value)) {
    return canonicalValue(shape.exact, types, value, visit);
  }
  const parts = mapParts(shape, value, visit) ?? value;
  if (shape.kind === "option" && isSomeWrapper(parts)) {
    const inner = parts.$some;
    return inner === null || isSomeWrapper(inner) ? parts : inner;
  }
  return shape.kind === "map" && isTextKey(shape.key, types) && isJsonArray(parts)
    ? (pairsToObject(parts) ?? parts)
    : parts;
}

function pairsToObject(pairs: readonly JsonValue[]): JsonObject | undefined {
  const object: MutableJsonObject = {};
  const keys = new Set<string>();
  for (const pair of pairs) {
    const [key, value] = isJsonArray(pair) ? pair : [];
    if (typeof key !== "string" || value === undefined || keys.has(key) || /^\d+$/.test(key)) {
      return undefined;
    }
    keys.add(key);
    setMember(object, key, value);
  }
  return object;
}
