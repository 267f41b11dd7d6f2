// Why the bytes of a struct or enum cannot be told from its declaration: who implements serde's traits for it, and how.

import { derivesOf, serdeEntries } from "./attributes.ts";
import { traitOf, type WireDirection } from "./direction.ts";
import { flagsObstacle } from "./flagsShape.ts";
import type { EnumItem, Item, StructItem } from "./items.ts";
import type { Crate, Module } from "./modules.ts";
import type { Names } from "./names.ts";
import { parseType, pathNames, type TypeSyntax } from "./typeSyntax.ts";

/** Why the type's bytes cannot be told from its declaration at all; null when its derives make them. */
export function serdeObstacle(
  item: StructItem | EnumItem,
  module: Module,
  direction: WireDirection,
  names: Names,
): string | null {
  const unknownMacro = flagsObstacle(item);
  if (unknownMacro !== null) {
    return unknownMacro;
  }
  const derives = derivesOf(item);
  const trait = traitOf[direction];
  // Only the type's own crate can implement the trait, and a derived one is not written by hand as well.
  const byHand = derives.has(trait) ? undefined : handWritten(module.crate, names).get(item);
  if (byHand !== undefined) {
    const written = byHand.has(trait) ? trait : [...byHand].join();
    return `\`${item.name}\` implements \`${written}\` by hand, so its bytes cannot be told from its fields.`;
  }
  if (serdeEntries(item).some(({ name }) => name === "remote")) {
    return `\`${item.name}\` describes another type for serde (\`remote\`) and has no implementation itself.`;
  }
  // With one of them the other is left to the compiler, which says so itself.
  if (derives.has("Serialize") || derives.has("Deserialize")) {
    return null;
  }
  const { node, name } = module.crate;
  return node.isLocal
    ? `\`${item.name}\` does not derive serde's \`Serialize\` and \`Deserialize\`, so it has no bytes. Add \`#[derive(Serialize, Deserialize)]\` to it.`
    : `\`${item.name}\` of the crate \`${name}\` does not derive serde's traits in this build, so its bytes cannot be told from its fields. If the crate has a feature for serde, turn it on.`;
}

const handWrittenByCrate = new WeakMap<Crate, ReadonlyMap<Item, ReadonlySet<string>>>();

/** The types of a crate with their hand-written serde traits. */
function handWritten(crate: Crate, names: Names): ReadonlyMap<Item, ReadonlySet<string>> {
  const known = handWrittenByCrate.get(crate);
  if (known !== undefined) {
    return known;
  }
  const found = new Map<Item, Set<string>>();
  for (const module of crate.modules()) {
    for (const { item } of module.items) {
      const trait = item.kind === "impl" && item.trait !== null ? parseType(item.trait) : undefined;
      const traitName = lastName(trait);
      if (item.kind === "impl" && (traitName === "Serialize" || traitName === "Deserialize")) {
        const type = itemOf(parseType(item.selfType), module, names);
        if (type !== undefined) {
          found.set(type, (found.get(type) ?? new Set()).add(traitName));
        }
      }
    }
  }
  handWrittenByCrate.set(crate, found);
  return found;
}

function lastName(type: TypeSyntax | undefined): string | undefined {
  return type?.kind === "path" ? pathNames(type).at(-1) : undefined;
}

function itemOf(type: TypeSyntax, module: Module, names: Names): Item | undefined {
  if (type.kind !== "path") {
    return undefined;
  }
  const segments = pathNames(type);
  const { isGlobal } = type;
  const found = names.resolve({ segments, isGlobal, module, namespace: "type" });
  return found?.kind === "item" ? found.placed.item : undefined;
}
