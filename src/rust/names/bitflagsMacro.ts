// Whether a macro call calls the macro of the crate bitflags, and of which version: by path, `use`, re-export, rename,
// `#[macro_use] extern crate`.

import type { Definition } from "./definitions.ts";
import type { Module } from "./modules/modules.ts";
import type { Names } from "./names.ts";

/** The version of bitflags, or the requirement on it where no lock file was read; undefined when it is another macro. */
export function flagsMacroVersion(
  names: Names,
  module: Module,
  path: readonly string[],
): string | undefined {
  const name = path.at(-1) ?? "";
  if (path.length > 1) {
    const prefix = path[0] === "" ? path.slice(1, -1) : path.slice(0, -1);
    return ownerVersion(names, module, prefix, name, new Set());
  }
  return throughUses(names, module, name, module, new Set()) ?? preludeVersion(names, module, name);
}

/** `name` as a member of what `prefix` leads to. */
function ownerVersion(
  names: Names,
  module: Module,
  prefix: readonly string[],
  name: string,
  visited: Set<Module>,
): string | undefined {
  const owner = names.resolve({ segments: prefix, isGlobal: false, module, namespace: "type" });
  const version = versionOf(owner);
  if (version !== undefined) {
    return name === "bitflags" ? version : undefined;
  }
  const next =
    owner?.kind === "module"
      ? owner.module
      : owner?.kind === "crate"
        ? owner.crate?.root
        : undefined;
  return next ? throughUses(names, next, name, module, visited) : undefined;
}

function throughUses(
  names: Names,
  module: Module,
  name: string,
  viewer: Module,
  visited: Set<Module>,
): string | undefined {
  if (visited.has(module)) {
    return undefined;
  }
  visited.add(module);
  for (const { leaf } of names.leaves(module, viewer)) {
    const isMeant = leaf.isGlob || leaf.binding === name;
    const prefix = leaf.isGlob ? leaf.path : leaf.path.slice(0, -1);
    const wanted = leaf.isGlob ? name : (leaf.path.at(-1) ?? name);
    const found =
      isMeant && prefix.length > 0
        ? ownerVersion(names, module, prefix, wanted, visited)
        : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** `#[macro_use] extern crate bitflags;` at the root. */
function preludeVersion(names: Names, { crate }: Module, name: string): string | undefined {
  for (const { item } of crate.root?.items ?? []) {
    const brings = item.attributes.some(({ path }) => path.join() === "macro_use");
    if (item.kind === "externCrate" && brings && name === "bitflags") {
      const version = versionOf(names.externCrate(crate, item.crateName));
      if (version !== undefined) {
        return version;
      }
    }
  }
  return undefined;
}

function versionOf(definition: Definition | undefined): string | undefined {
  // After `use bitflags::bitflags` the crate's name may look like a type of the crate, which it has none of.
  if (definition?.kind !== "crate" && definition?.kind !== "external") {
    return undefined;
  }
  const { dependency } = definition.origin;
  const crate = definition.kind === "crate" ? definition.crate : null;
  return dependency.packageName === "bitflags"
    ? (crate?.node.info.version ?? dependency.requirement ?? "")
    : undefined;
}
