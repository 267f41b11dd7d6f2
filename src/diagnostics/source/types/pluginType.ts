// The type that a plugin is implemented on, and the other impl blocks of it in its crate.

import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import { implsFor, type PlacedImpl } from "../../../rust/names/implIndex.ts";
import type { Module, Placed } from "../../../rust/names/modules/modules.ts";
import {
  functionsOf,
  type EnumItem,
  type FunctionItem,
  type ImplItem,
  type StructItem,
  type TypeSource,
  type UnionItem,
} from "../../../rust/syntax/items/items.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import type { ImplSubject } from "../subjects.ts";
import { definitionOf } from "./compareTypes.ts";

export type TypeItem = StructItem | EnumItem | UnionItem;

/** The type's declaration, when it stands in the plugin's own crate. */
export function pluginType(subject: ImplSubject): Placed<TypeItem> | undefined {
  const placed = declarationOf(subject.sources, subject.module, subject.item.selfType);
  return placed !== undefined && isType(placed) ? placed : undefined;
}

/** The item that a type's path names, when it stands in the same crate. */
function declarationOf(
  { names }: CrateSources,
  module: Module,
  source: TypeSource,
): Placed | undefined {
  const type = parseType(source);
  const found = definitionOf(names, { type, module });
  return found?.kind === "item" && found.module.crate === module.crate ? found.placed : undefined;
}

function isType(placed: Placed): placed is Placed<TypeItem> {
  return ["struct", "enum", "union"].includes(placed.item.kind);
}

/** All other impl blocks of the plugin's type. */
export function otherImpls(subject: ImplSubject): readonly PlacedImpl[] {
  const { names } = subject.sources;
  const own = declarationOf(subject.sources, subject.module, subject.item.selfType);
  const all = own === undefined ? [] : implsFor(own.item, subject.module.crate, names);
  return all.filter(({ placed, module }) => {
    names.tables.lookInto(placed);
    return (
      placed.item.start !== subject.item.start ||
      placed.chunk !== subject.placed.chunk ||
      module !== subject.module
    );
  });
}

/** Methods and functions of the type's inherent impl blocks. */
export function inherentMethods(subject: ImplSubject): readonly {
  readonly placed: Placed<ImplItem>;
  readonly method: FunctionItem;
  readonly module: Module;
}[] {
  return otherImpls(subject)
    .filter(({ placed }) => placed.item.trait === null)
    .flatMap(({ placed, module }) =>
      functionsOf(placed.item)
        .filter(({ attributes }) => module.crate.configuration.verdict(attributes) !== false)
        .map((method) => ({ placed, method, module })),
    );
}

/** The types of a struct's fields; none of other types. */
export function fieldTypes(item: TypeItem): readonly TypeSource[] {
  return item.kind === "struct" && item.body.kind !== "unit"
    ? item.body.fields.map(({ type }) => type)
    : [];
}
