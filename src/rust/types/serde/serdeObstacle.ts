// Why the bytes of a struct or enum cannot be told from its declaration: who implements serde's traits for it, and how.

import { serdeEntries } from "../../syntax/items/attributes.ts";
import { traitOf, type WireDirection } from "../../syntax/items/direction.ts";
import { flagsObstacle } from "../flagsShape.ts";
import { hiddenChange } from "../../names/hiddenChanges.ts";
import type { EnumItem, Item, StructItem } from "../../syntax/items/items.ts";
import type { Crate, Module } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";
import type { NameTable } from "../../names/nameTable.ts";
import { implsFor } from "../../names/implIndex.ts";
import { wellKnownAttributes } from "../../names/macroNames.ts";
import { hiddenMention } from "../../names/modules/hiddenMentions.ts";
import {
  deriveNamed,
  serdeDerives,
  serdeTraitAt,
  unknownDerive,
  type SerdeDerive,
  type SerdeTrait,
} from "./serdeDerives.ts";
import { parseType, pathNames } from "../../syntax/typeSyntax.ts";
import { tooLarge } from "../typeBudget.ts";

const none: ReadonlySet<SerdeTrait> = new Set();

export interface SerdeObstacle {
  /** A sentence for people. */
  readonly reason: string;
  /** False where something that cannot be read may well implement the traits: then nothing is wrong, and nothing is said of it. */
  readonly isCertain: boolean;
  /** The traits that nothing implements for the type; absent where they are implemented in some way. */
  readonly lacks?: readonly SerdeTrait[];
}

type Known = Readonly<Record<WireDirection, Map<Module, Map<Item, SerdeObstacle | null>>>>;

const known = new WeakMap<NameTable, Known>();

/** Why the type's bytes cannot be told from its declaration at all; null when its derives make them. */
export function serdeObstacle(
  item: StructItem | EnumItem,
  module: Module,
  direction: WireDirection,
  names: Names,
): SerdeObstacle | null {
  return names.within(module.crate, (table) => {
    const ofTable: Known = known.get(table) ?? { reading: new Map(), writing: new Map() };
    known.set(table, ofTable);
    const ofModule = ofTable[direction].get(module) ?? new Map<Item, SerdeObstacle | null>();
    ofTable[direction].set(module, ofModule);
    const found = ofModule.get(item);
    if (found !== undefined) {
      return found;
    }
    const obstacle = findObstacle(item, module, direction, names);
    ofModule.set(item, obstacle);
    return obstacle;
  });
}

function findObstacle(
  item: StructItem | EnumItem,
  module: Module,
  direction: WireDirection,
  names: Names,
): SerdeObstacle | null {
  if (item.isPartial === true) {
    return uncertain(tooLarge); // said where it is declared
  }
  const unknownMacro = flagsObstacle(item);
  if (unknownMacro !== null) {
    return certain(unknownMacro);
  }
  const derives = serdeDerives(item, module, names);
  const trait = traitOf[direction];
  const { node, name } = module.crate;
  const isDerived = derives.has(trait) || derives.has(`${trait}_repr`);
  if (!node.isLocal && !isDerived) {
    // By hand, by a macro, or not at all: nothing of it is to be read from the fields, so it need not be searched for.
    return certain(
      `\`${item.name}\` of the crate \`${name}\` does not derive \`${trait}\` in this build, so its bytes cannot be told from its fields: the crate writes it by hand or by a macro, or has a feature for serde that is off.`,
    );
  }
  // Only the type's own crate can implement the trait, and a derived one is not written by hand as well.
  const byHand = isDerived ? none : handWritten(item, module.crate, names);
  if (byHand.size > 0) {
    const written = byHand.has(trait) ? trait : [...byHand].join();
    return certain(
      `\`${item.name}\` implements \`${written}\` by hand, so its bytes cannot be told from its fields.`,
    );
  }
  if (serdeEntries(item).some(({ name }) => name === "remote")) {
    return certain(
      `\`${item.name}\` describes another type for serde (\`remote\`) and has no implementation itself.`,
    );
  }
  const foreign = isDerived ? undefined : deriveNamed(item, trait);
  if (foreign !== undefined) {
    return certain(
      `\`${item.name}\` derives a \`${foreign}\` that is not serde's, so its bytes cannot be told from its fields.`,
    );
  }
  // With one of them the type counts as if it had the other too; see missingDerive.ts.
  if (derives.size > 0) {
    return uncertain(hiddenChange(item, module, names));
  }
  const lacks = ["Serialize", "Deserialize"] as const;
  return (
    uncertain(hiddenImplementation(item, module)) ?? { ...certain(notDerived(item, lacks)), lacks }
  );
}

/** A sentence on the traits that a type lacks. */
export function notDerived({ name }: Item, lacks: readonly SerdeTrait[]): string {
  const traits = lacks.map((each) => `\`${each}\``).join(" and ");
  return `\`${name}\` does not derive serde's ${traits}, so it has no bytes. Add \`#[derive(${lacks.join(", ")})]\` to it.`;
}

function certain(reason: string): SerdeObstacle {
  return { reason, isCertain: true };
}

function uncertain(reason: string | null): SerdeObstacle | null {
  return reason === null ? null : { reason, isCertain: false };
}

/** A sentence on what may implement serde's traits out of sight; null where nothing can. */
export function hiddenImplementation(
  item: StructItem | EnumItem,
  module: Module,
  derives: ReadonlySet<SerdeDerive> = new Set(),
): string | null {
  const derive = unknownDerive(item, derives);
  if (derive !== undefined) {
    return `\`${item.name}\` has its serde implementation from \`#[derive(${derive})]\` or from nothing that could be read, so its bytes cannot be told from its fields.`;
  }
  // No derive is left whose helper it might be, so any attribute that rustc does not know is a macro.
  const attribute = item.attributes.find(({ path }) => !wellKnownAttributes.has(path[0] ?? ""));
  if (attribute !== undefined) {
    return `The macro \`#[${attribute.path.join("::")}]\` may add serde's derives to \`${item.name}\`, so its bytes cannot be told from its source.`;
  }
  const place = hiddenMention(item.name, module.crate);
  return place === undefined
    ? null
    : `Code in ${place} may implement serde's traits for \`${item.name}\`, so its bytes cannot be told from its fields.`;
}

/** The traits of serde that the type's crate implements for it in impl blocks. */
function handWritten(item: Item, crate: Crate, names: Names): ReadonlySet<SerdeTrait> {
  const traits = implsFor(item, crate, names).flatMap(({ module, placed }) => {
    const trait = placed.item.trait === null ? undefined : parseType(placed.item.trait);
    return trait?.kind === "path" ? (serdeTraitAt(pathNames(trait), module, names) ?? []) : [];
  });
  return new Set(traits);
}
