// Questions about the type that a place had before an edit of the source.

import type { FieldSchema, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { toFormValue } from "../values/conform.ts";
import { equalValues } from "../values/equalValues.ts";
import { isHuman, resolveType, type Shape } from "../values/shape.ts";
import type { KeptPart, ShapeKind } from "./keptParts.ts";

/** What the type of a place was; undefined where that is not known. */
export type Before = TypeSchema | undefined;

/** The fields of a struct, or the arguments of a method. */
export type Fields = readonly Pick<FieldSchema, "name" | "type">[];

/** What the place was, for such a value there. */
export function shapeBefore(
  before: Before,
  types: TypeTable | undefined,
  value: JsonValue,
): Shape | undefined {
  if (before === undefined || types === undefined) {
    return undefined;
  }
  const { shape } = resolveType(before, types);
  return shape.kind === "formatted" && !isHuman(shape, value)
    ? shapeBefore(shape.exact, types, value)
    : shape;
}

/**
 * The kind of the place, and whether its type began with this value: what a type of another kind began with says nothing
 * about this one, `0` is no text that somebody wrote.
 */
export function defaultBefore(
  before: Before,
  types: TypeTable | undefined,
  value: JsonValue,
): KeptPart {
  if (before === undefined || types === undefined) {
    return {};
  }
  const isDefault = equalValues(value, toFormValue(before, types, undefined));
  return { kind: kindOf(before, types), ...(isDefault ? { isDefault } : {}) };
}

/** What an option may hold is the kind that matters. */
export function kindOf(type: TypeSchema, types: TypeTable): ShapeKind {
  const { shape } = resolveType(type, types);
  return shape.kind === "option" ? kindOf(shape.inner, types) : shape.kind;
}

/** Shape of values that are written like a tuple. */
export function tupleOf(elements: readonly TypeSchema[]): Extract<Shape, { kind: "tuple" }> {
  return { kind: "tuple", rustType: "", elements };
}

/** Type of an element of a list or a tuple. */
export function elementOf(old: Shape | undefined, index: number): Before {
  if (old?.kind === "sequence" || old?.kind === "array") {
    return old.element;
  }
  return old?.kind === "tuple" ? old.elements[index] : undefined;
}
