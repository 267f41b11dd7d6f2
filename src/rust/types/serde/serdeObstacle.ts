// Why the bytes of a struct or enum cannot be told from its declaration: who implements serde's traits for it, and how.

import { serdeEntries } from "../../syntax/attributes.ts";
import { traitOf, type WireDirection } from "../../syntax/direction.ts";
import { flagsObstacle } from "../flagsShape.ts";
import { hiddenChange } from "../../names/hiddenChanges.ts";
import type { EnumItem, Item, StructItem } from "../../syntax/items.ts";
import type { Crate, Module } from "../../names/modules.ts";
import type { Names } from "../../names/names.ts";
import { implsFor } from "../../names/implIndex.ts";
import { deriveNamed, serdeDerives } from "./serdeDerives.ts";
import { parseType, pathNames } from "../../syntax/typeSyntax.ts";

const none: ReadonlySet<string> = new Set();

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
  const derives = serdeDerives(item, module, names);
  const trait = traitOf[direction];
  const { node, name } = module.crate;
  if (!node.isLocal && !derives.has(trait)) {
    // By hand, by a macro, or not at all: nothing of it is to be read from the fields, so it need not be searched for.
    return `\`${item.name}\` of the crate \`${name}\` does not derive \`${trait}\` in this build, so its bytes cannot be told from its fields: the crate writes it by hand, or has a feature for serde that is off.`;
  }
  // Only the type's own crate can implement the trait, and a derived one is not written by hand as well.
  const byHand = derives.has(trait) ? none : handWritten(item, module.crate, names);
  if (byHand.size > 0) {
    const written = byHand.has(trait) ? trait : [...byHand].join();
    return `\`${item.name}\` implements \`${written}\` by hand, so its bytes cannot be told from its fields.`;
  }
  if (serdeEntries(item).some(({ name }) => name === "remote")) {
    return `\`${item.name}\` describes another type for serde (\`remote\`) and has no implementation itself.`;
  }
  // With one of them the other is left to the compiler, which says so itself.
  const foreign = derives.has(trait) ? undefined : deriveNamed(item, trait);
  if (foreign !== undefined) {
    return `\`${item.name}\` derives a \`${foreign}\` that is not serde's, so its bytes cannot be told from its fields.`;
  }
  if (derives.has("Serialize") || derives.has("Deserialize")) {
    return hiddenChange(item, module, names);
  }
  return `\`${item.name}\` does not derive serde's \`Serialize\` and \`Deserialize\`, so it has no bytes. Add \`#[derive(Serialize, Deserialize)]\` to it.`;
}

/** The traits of serde that the type's crate implements for it in impl blocks. */
function handWritten(item: Item, crate: Crate, names: Names): ReadonlySet<string> {
  const traits = implsFor(item, crate, names).map(({ placed }) => {
    const trait = placed.item.trait === null ? undefined : parseType(placed.item.trait);
    return (trait?.kind === "path" ? pathNames(trait).at(-1) : undefined) ?? "";
  });
  return new Set(traits.filter((name) => name === "Serialize" || name === "Deserialize"));
}
