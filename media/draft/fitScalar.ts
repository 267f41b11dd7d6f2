// Whether a value without parts may stay where its type became another one.

import { encodeValue } from "../../src/codec/bincode/encode.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { isScalarOf } from "../values/conform.ts";
import type { ScalarShape } from "../values/shape.ts";
import type { ShapeKind } from "./keptParts.ts";

/** What somebody may have begun to type as a number. */
const looksLikeNumber = /^\s*(?:$|[-+]?(?:[\d._]|nan|inf))/iu;

/**
 * What is a value of the new type stays. What is half typed stays where the kind of type is the same; `before` is undefined
 * where nobody knows what the value was typed for.
 */
export function fitsScalar(
  before: ShapeKind | undefined,
  shape: ScalarShape,
  value: JsonValue,
  types: TypeTable,
): boolean {
  return (
    isScalarOf(shape, value) &&
    (before === shape.kind ||
      isValid(shape, value, types) ||
      (before === undefined && mayBeHalfTyped(shape, value)))
  );
}

function isValid(shape: ScalarShape, value: JsonValue, types: TypeTable): boolean {
  const type = shape.kind === "formatted" ? { ...shape.exact, format: shape.format } : shape;
  return encodeValue(type, types, value).ok;
}

function mayBeHalfTyped({ kind }: ScalarShape, value: JsonValue): boolean {
  const isNumber = kind === "integer" || kind === "float";
  return !isNumber || typeof value !== "string" || looksLikeNumber.test(value);
}
