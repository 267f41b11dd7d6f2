// Where the code that the macros generate finds Fidius (reference 1.3, 1.4), and whether the trait's companion module is
// in scope of an impl (reference 2.2).

import type { FidiusPath, FidiusPathTarget, TraitImport } from "./facts.ts";
import type { CrateArgument } from "./fidiusArguments.ts";
import type { Attribute } from "../syntax/items/items.ts";
import { spanOf, type Module, type Placed } from "../names/modules/modules.ts";
import type { CrateOrigin, Definition } from "../names/definitions.ts";
import type { Names } from "../names/names.ts";
import { isFidiusPackage } from "../names/stdNames.ts";
import { parseTypeText, pathNames } from "../syntax/typeSyntax.ts";

/** The attribute's crate path and where it leads, seen from `module`. */
export function fidiusPath(
  names: Names,
  module: Module,
  placed: Placed<unknown>,
  attribute: Attribute,
  path: { readonly written: CrateArgument | null; readonly defaultPath: string },
): FidiusPath {
  const { written } = path;
  const text = written?.path ?? path.defaultPath;
  return {
    text,
    span: spanOf(placed, written ?? attribute),
    isDefault: written === null,
    target: pathTarget(names, module, text),
  };
}

function pathTarget(names: Names, module: Module, text: string): FidiusPathTarget {
  const path = parseTypeText(text);
  if (path.kind !== "path") {
    return { kind: "unresolved" };
  }
  const request = { segments: pathNames(path), isGlobal: path.isGlobal, module };
  const found = names.resolve({ ...request, namespace: "type" });
  switch (found?.kind) {
    case "crate":
      return crateTarget(names, module, found);
    case "module":
      return reexportTarget(names, found.module, module);
    case "external":
    case "unknown":
      return { kind: "unknown" };
    case "item":
    case "variant":
    case "companion":
    case "std":
    case "primitive":
    case undefined:
      return { kind: "unresolved" };
  }
}

function crateTarget(
  names: Names,
  viewer: Module,
  found: Definition & { kind: "crate" },
): FidiusPathTarget {
  const { origin, crate } = found;
  if (isFidiusPackage(origin.dependency.packageName)) {
    return dependencyTarget(origin);
  }
  const root = crate?.root ?? null;
  return root === null ? { kind: "unknown" } : reexportTarget(names, root, viewer);
}

/** A module stands for Fidius when it brings in all of it: `pub use fidius::*;`. */
function reexportTarget(names: Names, module: Module, viewer: Module): FidiusPathTarget {
  let target: FidiusPathTarget = { kind: "unresolved" };
  for (const { leaf } of names.leaves(module, viewer)) {
    const found = leaf.isGlob ? names.target(leaf, module, "type") : undefined;
    if (found?.kind === "crate" && isFidiusPackage(found.origin.dependency.packageName)) {
      return dependencyTarget(found.origin);
    }
    if (found?.kind === "unknown" || found?.kind === "external") {
      target = { kind: "unknown" };
    }
  }
  return target;
}

function dependencyTarget(origin: CrateOrigin): FidiusPathTarget {
  return {
    kind: "dependency",
    owner: origin.owner,
    dependencyKey: origin.dependency.key,
    packageName: origin.dependency.packageName,
  };
}

/** Name of the module that `plugin_interface` makes beside the trait. */
export function companionName(traitName: string): string {
  return `__fidius_${traitName}`;
}

/** Whether `__fidius_<Trait>` means something in `module`. */
export function companionInScope(
  names: Names,
  module: Module,
  traitName: string,
): "yes" | "no" | "unknown" {
  const found = names.memberAround(module, companionName(traitName), "type");
  if (found === undefined) {
    return "no";
  }
  return found.kind === "unknown" ? "unknown" : "yes";
}

/** From where `module` can import the companion: where its trait came from, or where the trait is declared. */
export function companionPath(
  names: Names,
  module: Module,
  traitName: string,
  imported: TraitImport | null,
  declaring: Module | undefined,
): string | null {
  const declared = declaring === undefined ? null : pathSeenFrom(module, declaring);
  const candidates = [imported?.prefix ?? null, declared].filter((path) => path !== null);
  return (
    candidates.find((path) => {
      const isGlobal = path.startsWith("::");
      const parents = (isGlobal ? path.slice(2) : path).split("::");
      const segments = [...parents, companionName(traitName)];
      return names.resolve({ segments, isGlobal, module, namespace: "type" }) !== undefined;
    }) ?? null
  );
}

/** How code in `viewer` names a module of its own crate or of a dependency. */
function pathSeenFrom(viewer: Module, module: Module): string | null {
  const root =
    viewer.crate === module.crate
      ? "crate"
      : viewer.crate.node.dependencies.find(
          ({ crateId, kind }) => crateId === module.crate.node.id && kind === "normal",
        )?.codeName;
  return root === undefined ? null : [root, ...module.path.split("::").slice(1)].join("::");
}

/** The `use` leaf in `module` that binds the trait's name. */
export function traitImport(names: Names, module: Module, traitName: string): TraitImport | null {
  for (const { leaf, placed } of module.leavesAround) {
    if (!leaf.isGlob && leaf.binding === traitName) {
      names.tables.lookInto(placed);
      return {
        span: spanOf(placed, placed.item),
        leafSpan: spanOf(placed, leaf),
        prefix: leaf.prefix,
        isInBraces: leaf.isInBraces,
      };
    }
  }
  return null;
}
