// Whether two types as they are written are one type. Aliases are followed; where a name leads out of what is known, so is the
// answer.

import type { Definition } from "../../../rust/names/definitions.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import type { Names } from "../../../rust/names/names.ts";
import { parseType, pathNames, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";

/** A type and where it is written. */
export interface WrittenType {
  readonly type: TypeSyntax;
  readonly module: Module;
}

export type Comparison = "same" | "different" | "unknown";

/** Aliases of aliases that are followed. */
const longestChain = 8;

/** Compares two types. */
export function compareTypes(names: Names, left: WrittenType, right: WrittenType): Comparison {
  const a = withoutAliases(names, left);
  const b = withoutAliases(names, right);
  if (a === undefined || b === undefined || isOpen(a.type) || isOpen(b.type)) {
    return "unknown";
  }
  if (a.type.kind !== b.type.kind) {
    return "different";
  }
  if (a.type.kind !== "path") {
    return a.type.text === b.type.text ? "same" : "unknown";
  }
  const first = definitionOf(names, a);
  const second = definitionOf(names, b);
  if (first === undefined || second === undefined || !isCertain(first) || !isCertain(second)) {
    return "unknown";
  }
  if (!isSame(first, second)) {
    return "different";
  }
  const hasArguments = a.type.segments.some(({ arguments: given }) => given.length > 0);
  return hasArguments && a.type.text !== b.type.text ? "unknown" : "same";
}

/** Nothing is known of what it is. */
function isOpen({ kind }: TypeSyntax): boolean {
  return kind === "other" || kind === "tooLarge";
}

/** What a path type names. */
export function definitionOf(names: Names, { type, module }: WrittenType): Definition | undefined {
  return type.kind === "path" && type.qualifier === null
    ? names.resolve({
        segments: pathNames(type),
        isGlobal: type.isGlobal,
        module,
        namespace: "type",
      })
    : undefined;
}

/** The type behind aliases without parameters; undefined behind others. */
function withoutAliases(names: Names, written: WrittenType): WrittenType | undefined {
  let current = written;
  for (let step = 0; step < longestChain; step++) {
    const found = definitionOf(names, current);
    if (found?.kind !== "item" || found.placed.item.kind !== "alias") {
      return current;
    }
    const { generics, type } = found.placed.item;
    if (generics.length > 0 || type === null) {
      return undefined;
    }
    current = { type: parseType(type), module: found.module };
  }
  return undefined;
}

function isCertain({ kind }: Definition): boolean {
  return kind === "item" || kind === "std" || kind === "primitive";
}

function isSame(a: Definition, b: Definition): boolean {
  switch (a.kind) {
    case "item":
      return b.kind === "item" && a.placed.item === b.placed.item;
    case "std":
      return b.kind === "std" && a.path.at(-1) === b.path.at(-1);
    case "primitive":
      return b.kind === "primitive" && a.name === b.name;
    case "module":
    case "crate":
    case "variant":
    case "companion":
    case "external":
    case "unknown":
      return false;
  }
}
