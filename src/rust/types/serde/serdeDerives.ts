// Which of serde's traits an item derives: by the names of the macros, through `use … as` and re-exports. Other crates have
// macros of the same names, which say nothing about serde.

import { readEntries } from "../../syntax/attributes.ts";
import type { ItemHead, UseLeaf } from "../../syntax/items.ts";
import { moduleOf } from "../../names/macroNames.ts";
import type { Module } from "../../names/modules.ts";
import type { Names } from "../../names/names.ts";

type SerdeTrait = "Deserialize" | "Serialize";

/** Crates whose `Serialize` is no serde's. */
const otherSerializers: ReadonlySet<string> = new Set(
  "bitcode borsh epserde miniserde musli nanoserde rkyv savefile speedy".split(" "),
);

/** Derives that are met everywhere, to spare following their names. */
const otherDerives: ReadonlySet<string> = new Set(
  "Clone Copy Debug Default Eq Hash JsonSchema Ord PartialEq PartialOrd".split(" "),
);

export function serdeDerives(item: ItemHead, module: Module, names: Names): ReadonlySet<string> {
  const found = derivesOf(item).flatMap((path) => traitAt(path, module, names, new Set()) ?? []);
  return new Set(found);
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
): SerdeTrait | undefined {
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
  const leaves = names.leaves(module, module).map(({ leaf }) => leaf);
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
): SerdeTrait | undefined {
  const name = path.at(-1) ?? "";
  return path.length === 1 && isTrait(name) ? name : traitAt(path, module, names, visited);
}

function throughGlobs(
  name: string,
  leaves: readonly UseLeaf[],
  module: Module,
  names: Names,
  visited: Set<Module>,
): SerdeTrait | undefined {
  for (const { isGlob, path } of leaves) {
    const owner = isGlob ? moduleOf(names, module, path) : undefined;
    const found = owner && traitAt([name], owner, names, visited);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function isTrait(name: string): name is SerdeTrait {
  return name === "Serialize" || name === "Deserialize";
}

function isOther(codeName: string, module: Module, names: Names): boolean {
  const dependency = module.crate.node.dependencies.find((line) => line.codeName === codeName);
  const packageName = dependency?.packageName ?? codeName;
  const crate = names.graph.crates.get(dependency?.crateId ?? "");
  // A crate of macros has no re-exports: what it offers under serde's names is its own.
  const hasOnlyMacros = crate?.info.crateTypes.includes("proc-macro") === true;
  return otherSerializers.has(packageName) || (hasOnlyMacros && packageName !== "serde_derive");
}
