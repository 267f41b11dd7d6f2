// Which of serde's traits an item derives: by the names of the macros, through `use … as` and re-exports. Other crates have
// macros of the same names, which say nothing about serde.

import { readEntries } from "../../syntax/items/attributes.ts";
import type { ItemHead, UseLeaf } from "../../syntax/items/items.ts";
import { moduleOf } from "../../names/macroNames.ts";
import type { Module } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";

export type SerdeTrait = "Deserialize" | "Serialize";

/** The derives of serde itself, and those of serde_repr, which write the number of the variant. */
export type SerdeDerive = SerdeTrait | "Deserialize_repr" | "Serialize_repr";

/** Crates whose `Serialize` is no serde's. */
const otherSerializers: ReadonlySet<string> = new Set(
  "bitcode borsh epserde miniserde musli nanoserde rkyv savefile speedy".split(" "),
);

/** Crates of macros that write serde's traits under these names. */
const ownMacros: ReadonlySet<string> = new Set(["serde_derive", "serde_repr"]);

/** Derives that are met everywhere and have nothing to do with serde. */
const otherDerives: ReadonlySet<string> = new Set(
  "Clone Copy Debug Default Eq Hash JsonSchema Ord PartialEq PartialOrd".split(" "),
);

export function serdeDerives(
  item: ItemHead,
  module: Module,
  names: Names,
): ReadonlySet<SerdeDerive> {
  const found = derivesOf(item).flatMap((path) => traitAt(path, module, names, new Set()) ?? []);
  return new Set(found);
}

/** A derive that may write anything, serde's traits among it; as written. `known` are serde's own, which it has. */
export function unknownDerive(item: ItemHead, known: ReadonlySet<SerdeDerive>): string | undefined {
  return derivesOf(item)
    .find((path) => {
      const name = path.at(-1) ?? "";
      return !otherDerives.has(name) && !(isTrait(name) && known.has(name));
    })
    ?.join("::");
}

/** The trait of serde that a path in an impl block's header means, through `use … as` and re-exports. */
export function serdeTraitAt(
  path: readonly string[],
  module: Module,
  names: Names,
): SerdeTrait | undefined {
  const found = traitAt(path, module, names, new Set());
  return found === "Serialize" || found === "Deserialize" ? found : undefined;
}

/** The derive under a trait's name, as written; undefined without one. */
export function deriveNamed(item: ItemHead, trait: string): string | undefined {
  return derivesOf(item)
    .find((path) => path.at(-1) === trait)
    ?.join("::");
}

function derivesOf(item: ItemHead): readonly (readonly string[])[] {
  return item.attributes
    .filter(({ path }) => path.join() === "derive")
    .flatMap((attribute) => readEntries(attribute.arguments))
    .map(({ name }) => name.split("::"));
}

function traitAt(
  path: readonly string[],
  module: Module,
  names: Names,
  visited: Set<Module>,
): SerdeDerive | undefined {
  const name = path.at(-1) ?? "";
  if (path.length > 1) {
    if (isTrait(name)) {
      return isOther(path[0] ?? "", module, names) ? undefined : name;
    }
    const owner = otherDerives.has(name) ? undefined : moduleOf(names, module, path.slice(0, -1));
    return owner && traitAt([name], owner, names, visited);
  }
  if (otherDerives.has(name) || visited.has(module)) {
    return undefined;
  }
  visited.add(module);
  const leaves = module.leavesAround.map(({ leaf }) => leaf);
  const imported = leaves.find((leaf) => !leaf.isGlob && leaf.binding === name);
  if (imported !== undefined) {
    return traitOfLeaf(imported.path, module, names, visited);
  }
  // A glob, or `#[macro_use] extern crate`: by its name.
  return isTrait(name) ? name : throughGlobs(name, leaves, module, names, visited);
}

function traitOfLeaf(
  path: readonly string[],
  module: Module,
  names: Names,
  visited: Set<Module>,
): SerdeDerive | undefined {
  const name = path.at(-1) ?? "";
  return path.length === 1 && isTrait(name) ? name : traitAt(path, module, names, visited);
}

function throughGlobs(
  name: string,
  leaves: readonly UseLeaf[],
  module: Module,
  names: Names,
  visited: Set<Module>,
): SerdeDerive | undefined {
  for (const { isGlob, path } of leaves) {
    const owner = isGlob ? moduleOf(names, module, path) : undefined;
    const found = owner && traitAt([name], owner, names, visited);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

const known: ReadonlySet<string> = new Set<SerdeDerive>([
  "Deserialize",
  "Deserialize_repr",
  "Serialize",
  "Serialize_repr",
]);

function isTrait(name: string): name is SerdeDerive {
  return known.has(name);
}

function isOther(codeName: string, module: Module, names: Names): boolean {
  const dependency = module.crate.node.dependencies.find((line) => line.codeName === codeName);
  const packageName = dependency?.packageName ?? codeName;
  const crate = names.graph.crates.get(dependency?.crateId ?? "");
  // A crate of macros has no re-exports: what it offers under serde's names is its own.
  const hasOnlyMacros = crate?.info.crateTypes.includes("proc-macro") === true;
  return otherSerializers.has(packageName) || (hasOnlyMacros && !ownMacros.has(packageName));
}
