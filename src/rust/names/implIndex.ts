// The impl blocks of a crate by the type that they are for. Made when somebody asks, since it reads every file of the crate.

import type { ImplItem, Item } from "../syntax/items/items.ts";
import type { Crate, Module, Placed } from "./modules/modules.ts";
import type { Names } from "./names.ts";
import type { NameTable } from "./nameTable.ts";
import { parseType, pathNames } from "../syntax/typeSyntax.ts";

export interface PlacedImpl {
  readonly module: Module;
  readonly placed: Placed<ImplItem>;
}

/** A declared type by its item, a primitive by its name. */
export type ImplOwner = Item | string;

const indexes = new WeakMap<NameTable, ReadonlyMap<ImplOwner, readonly PlacedImpl[]>>();

/** The impl blocks in `crate` for the type `owner`, whatever its arguments. */
export function implsFor(owner: ImplOwner, crate: Crate, names: Names): readonly PlacedImpl[] {
  return names.within(crate, (table) => {
    let index = indexes.get(table);
    if (index === undefined) {
      index = indexOf(crate, names);
      indexes.set(table, index);
      // Types are known by their items, of which one may be another now.
      table.onForget(() => indexes.delete(table));
    }
    return index.get(owner) ?? [];
  });
}

function indexOf(crate: Crate, names: Names): ReadonlyMap<ImplOwner, readonly PlacedImpl[]> {
  const index = new Map<ImplOwner, PlacedImpl[]>();
  for (const module of crate.modules()) {
    for (const placed of module.declared.filter(isImpl)) {
      const owner = ownerOf(placed.item, module, names);
      if (owner !== undefined) {
        const known = index.get(owner) ?? [];
        index.set(owner, known);
        known.push({ module, placed });
      }
    }
  }
  return index;
}

function isImpl(placed: Placed): placed is Placed<ImplItem> {
  return placed.item.kind === "impl";
}

const longestAliasChain = 16;

function ownerOf(impl: ImplItem, module: Module, names: Names): ImplOwner | undefined {
  let source = impl.selfType;
  let seenFrom = module;
  for (let step = 0; step < longestAliasChain; step++) {
    const type = parseType(source);
    if (type.kind !== "path" || type.qualifier !== null) {
      return undefined;
    }
    const found = names.resolve({
      segments: pathNames(type),
      isGlobal: type.isGlobal,
      module: seenFrom,
      namespace: "type",
    });
    if (found?.kind === "primitive") {
      return found.name;
    }
    const item = found?.kind === "item" ? found.placed.item : undefined;
    if (found?.kind !== "item" || item?.kind !== "alias" || item.type === null) {
      return item;
    }
    source = item.type;
    seenFrom = found.module;
  }
  return undefined;
}
