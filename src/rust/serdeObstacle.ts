// Why the bytes of a struct or enum cannot be told from its declaration: who implements serde's traits for it, and how.

import { derivesOf, serdeEntries } from "./attributes.ts";
import { traitOf, type WireDirection } from "./direction.ts";
import { flagsObstacle } from "./flagsShape.ts";
import type { EnumItem, StructItem } from "./items.ts";
import type { Crate, Module } from "./modules.ts";
import { parseType, pathNames, type TypeSyntax } from "./typeSyntax.ts";

/** Why the type's bytes cannot be told from its declaration at all; null when its derives make them. */
export function serdeObstacle(
  item: StructItem | EnumItem,
  module: Module,
  direction: WireDirection,
): string | null {
  const unknownMacro = flagsObstacle(item);
  if (unknownMacro !== null) {
    return unknownMacro;
  }
  const derives = derivesOf(item);
  const byHand = handWritten(module.crate).get(item.name);
  const trait = traitOf[direction];
  if (!derives.has(trait) && byHand !== undefined) {
    return `\`${item.name}\` implements \`${trait}\` by hand, so its bytes cannot be told from its fields.`;
  }
  if (serdeEntries(item).some(({ name }) => name === "remote")) {
    return `\`${item.name}\` describes another type for serde (\`remote\`) and has no implementation itself.`;
  }
  // With one of them the other is left to the compiler, which says so itself.
  return derives.has("Serialize") || derives.has("Deserialize")
    ? null
    : `\`${item.name}\` does not derive serde's \`Serialize\` and \`Deserialize\`, so it has no bytes. Add \`#[derive(Serialize, Deserialize)]\` to it.`;
}

const handWrittenByCrate = new WeakMap<Crate, ReadonlyMap<string, ReadonlySet<string>>>();

/** Types of a crate with their hand-written serde traits; only looked up in the user's own crates. */
function handWritten(crate: Crate): ReadonlyMap<string, ReadonlySet<string>> {
  const known = handWrittenByCrate.get(crate);
  if (known !== undefined) {
    return known;
  }
  const found = new Map<string, Set<string>>();
  for (const module of crate.node.isLocal ? crate.modules() : []) {
    for (const { item } of module.items) {
      if (item.kind === "impl" && item.trait !== null) {
        const trait = lastName(parseType(item.trait));
        const type = lastName(parseType(item.selfType));
        if (trait !== undefined && type !== undefined && /^(?:Des|S)erialize$/u.test(trait)) {
          found.set(type, (found.get(type) ?? new Set()).add(trait));
        }
      }
    }
  }
  handWrittenByCrate.set(crate, found);
  return found;
}

function lastName(type: TypeSyntax): string | undefined {
  return type.kind === "path" ? pathNames(type).at(-1) : undefined;
}
