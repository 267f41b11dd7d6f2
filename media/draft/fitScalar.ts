// Whether a value without parts may stay where its type became another one.

import { encodeValue } from "../../src/codec/bincode/encode.ts";
import type { TypeTable } from "../../src/model/schema.ts";
import type { JsonValue } from "../../src/model/value.ts";
import { isScalarOf } from "../values/conform.ts";
import type { ScalarShape } from "../values/shape.ts";
import type { ShapeKind } from "./keptParts.ts";

const numbers: ReadonlySet<ShapeKind> = new Set<ShapeKind>(["integer", "float"]);
const texts: ReadonlySet<ShapeKind> = new Set<ShapeKind>(["char", "string", "formatted"]);

/** What somebody may have begun to type as a number. */
const looksLikeNumber = /^\s*(?:$|[-+]?(?:[\d._]|nan|inf))/iu;

/**
 * A value of the same kind of type stays, even half typed. One of another kind stays when it is as good there: `7` of a `u8`
 * in an `f64`. `before` is undefined where nobody knows what the value was typed for.
 */
export function fitsScalar(
  before: ShapeKind | undefined,
  shape: ScalarShape,
  value: JsonValue,
  types: TypeTable,
): boolean {
  if (!isScalarOf(shape, value)) {
    return false;
  }
  if (before === undefined) {
    return !numbers.has(shape.kind) || typeof value !== "string" || looksLikeNumber.test(value);
  }
  return before === shape.kind || (isRelated(before, shape.kind) && isValid(shape, value, types));
}

function isRelated(before: ShapeKind, kind: ShapeKind): boolean {
  return (numbers.has(before) && numbers.has(kind)) || (texts.has(before) && texts.has(kind));
}

function isValid(shape: ScalarShape, value: JsonValue, types: TypeTable): boolean {
  const type = shape.kind === "formatted" ? { ...shape.exact, format: shape.format } : shape;
  return encodeValue(type, types, value).ok;
}
