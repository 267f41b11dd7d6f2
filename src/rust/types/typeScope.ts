// What the names in a type expression mean where it stands: the module, `Self`, and the values of generic parameters.

import type { GenericParameter, Item, TraitItem, TypeSource } from "../syntax/items/items.ts";
import type { Module, Placed } from "../names/modules/modules.ts";
import { unknownType, type GenericValue, type Resolved } from "./resolved.ts";
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

/** The scope of a trait, in which nothing tells what its generic parameters are: each impl block chooses them. */
export function traitScope(module: Module, placed: Placed<TraitItem>): TypeScope {
  const generics = placed.item.generics.flatMap(({ kind, name }): [string, GenericValue][] => {
    if (kind === "lifetime") {
      return [];
    }
    const reason = `\`${name}\` is a parameter of the trait \`${placed.item.name}\`: each plugin chooses it.`;
    return [
      [name, kind === "const" ? { kind, value: null } : { kind, type: unknownType(name, reason) }],
    ];
  });
  return { ...plainScope(module, placed), generics: new Map(generics) };
}

/** The arguments that are types. */
export function typesOf(generics: readonly GenericValue[]): Resolved[] {
  return generics.flatMap((value) => (value.kind === "type" ? [value.type] : []));
}

/** The path as people write it, generic arguments filled in. */
export function displayPath(type: PathType, generics: readonly GenericValue[]): string {
  const path = pathNames(type).join("::");
  const texts = generics.map((value) =>
    value.kind === "type" ? value.type.schema.rustType : constantText(value),
  );
  return `${type.isGlobal ? "::" : ""}${path}${texts.length === 0 ? "" : `<${texts.join(", ")}>`}`;
}

function constantText({ value, type }: GenericValue & { readonly kind: "const" }): string {
  if (value === null) {
    return "_";
  }
  return type === "bool" ? String(value === 1n) : String(value);
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
    return [value.kind === "type" ? value.type.key : constantText(value)];
  });
  return keys.length === 0 ? "" : `<${keys.join(", ")}>`;
}

/** Why a type is unknown that no source declares. */
export function notDeclared(rustType: string): string {
  return `\`${rustType}\` is not declared in any source that was read. Check its \`use\`; if a macro makes it, its fields cannot be known.`;
}

/** Why an item that is no struct, enum or alias cannot be a value. */
export function notAType(rustType: string, item: Item): string {
  return item.kind === "union"
    ? `\`${rustType}\` is a union, which serde cannot carry.`
    : `\`${rustType}\` is a ${item.kind}, not a type that has bytes.`;
}
