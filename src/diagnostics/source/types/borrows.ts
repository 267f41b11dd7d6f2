// Types that borrow: what a plugin reads comes from bytes that belong to the host and are gone after the call.

import type { Module } from "../../../rust/names/modules/modules.ts";
import type { Names } from "../../../rust/names/names.ts";
import type { Item, TypeSource } from "../../../rust/syntax/items/items.ts";
import { parseType, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf } from "./compareTypes.ts";
import { partsOf } from "./streamTypes.ts";

/** Structs inside of structs that are looked into. */
const deepest = 4;

/** Types whose lifetime or reference does not stop serde. */
const harmless: ReadonlySet<string> = new Set(["Cow", "PhantomData", "Stream"]);

/** Whether a type holds a reference that serde would have to read out of bytes that are gone later. */
export function borrows(type: TypeSyntax, module: Module, names: Names, depth = 0): boolean {
  if (type.kind === "reference") {
    return true;
  }
  if (type.kind === "path" && harmless.has(type.segments.at(-1)?.name ?? "")) {
    return false;
  }
  if (partsOf(type).some((part) => borrows(part, module, names, depth))) {
    return true;
  }
  const found = depth < deepest ? definitionOf(names, { type, module }) : undefined;
  return (
    found?.kind === "item" &&
    partsInside(found.placed.item).some((part) =>
      borrows(parseType(part), found.module, names, depth + 1),
    )
  );
}

/** What an alias stands for, and the fields of a struct with a lifetime. */
function partsInside(item: Item): readonly TypeSource[] {
  if (item.kind === "alias") {
    return item.type === null ? [] : [item.type];
  }
  return item.kind === "struct" &&
    item.body.kind !== "unit" &&
    item.generics.some(({ kind }) => kind === "lifetime")
    ? item.body.fields.map(({ type }) => type)
    : [];
}
