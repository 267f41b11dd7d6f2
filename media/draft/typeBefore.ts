// Questions about the type that a place had before an edit of the source.

import type { TypeSchema, TypeTable } from "../../src/model/schema.ts";
import { resolveType, type Shape } from "../values/shape.ts";
import type { ShapeKind } from "./keptParts.ts";

/** What the type of a place was; undefined where that is not known. */
export type Before = TypeSchema | undefined;

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
