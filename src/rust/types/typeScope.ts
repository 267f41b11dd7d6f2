// What the names in a type expression mean where it stands: the module, `Self`, and the values of generic parameters.

import type { GenericParameter, Item, TypeSource } from "../syntax/items.ts";
import type { Module, Placed } from "../names/modules.ts";
import type { GenericValue, Resolved } from "./resolved.ts";
import { pathNames, type PathType } from "../syntax/typeSyntax.ts";

/** What the names in a type expression mean. */
export interface TypeScope {
  readonly module: Module;
  /** The item that holds the expression, for places. */
  readonly placed: Placed<unknown>;
  readonly generics: ReadonlyMap<string, GenericValue>;
  /** What `Self` is; null in a trait. */
  readonly self: Resolved | null;
  /** `type Name = …;` of the impl block. */
  readonly associated: ReadonlyMap<string, TypeSource>;
}

/** A scope without generics, `Self` and associated types. */
export function plainScope(module: Module, placed: Placed<unknown>): TypeScope {
  return { module, placed, generics: new Map(), self: null, associated: new Map() };
}

/** The arguments that are types. */
export function typesOf(generics: readonly GenericValue[]): Resolved[] {
  return generics.flatMap((value) => (value.kind === "type" ? [value.type] : []));
}

/** The path as people write it, generic arguments filled in. */
export function displayPath(type: PathType, generics: readonly GenericValue[]): string {
  const path = pathNames(type).join("::");
  const texts = generics.map((value) =>
    value.kind === "type" ? value.type.schema.rustType : String(value.value ?? "_"),
  );
  return `${type.isGlobal ? "::" : ""}${path}${texts.length === 0 ? "" : `<${texts.join(", ")}>`}`;
}

/** What the bound parameters add to a type's id. */
export function argumentKeys(
  parameters: readonly GenericParameter[],
  bound: ReadonlyMap<string, GenericValue>,
): string {
  const keys = parameters.flatMap(({ kind, name }) => {
    const value = bound.get(name);
    if (kind === "lifetime" || value === undefined) {
      return [];
    }
    return [value.kind === "type" ? value.type.key : String(value.value ?? "_")];
  });
  return keys.length === 0 ? "" : `<${keys.join(", ")}>`;
}

/** How deep the generic arguments in `id` nest. */
export function nestingOf(id: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of id) {
    depth += character === "<" ? 1 : character === ">" ? -1 : 0;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Why an item that is no struct, enum or alias cannot be a value. */
export function notAType(rustType: string, item: Item): string {
  return item.kind === "union"
    ? `\`${rustType}\` is a union, which serde cannot carry.`
    : `\`${rustType}\` is a ${item.kind}, not a type that has bytes.`;
}
