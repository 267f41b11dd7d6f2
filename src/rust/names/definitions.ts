// What names can lead to, and the small questions about it.

import type { CrateDependency, CrateGraph, CrateId } from "../../model/crateGraph.ts";
import type { EnumItem, Item, TraitItem } from "../syntax/items/items.ts";
import type { Crate, Module, Placed } from "./modules/modules.ts";
import type { NameTable } from "./nameTable.ts";
import { isCType } from "./cTypes.ts";
import { isPrimitive, knownMembers, preludePath, stdHas, stdHome } from "./stdNames.ts";

export type Namespace = "type" | "value";

export interface PathRequest {
  readonly segments: readonly string[];
  readonly isGlobal: boolean;
  readonly module: Module;
  readonly namespace: Namespace;
}

/** The crates of one build. */
export interface BuildCrates {
  readonly graph: CrateGraph;
  open(id: CrateId): Crate | null;
  /** What names in the crate mean, as far as it was asked in builds that see it in the same way. */
  tableOf(crate: Crate): NameTable;
  featuresOf(id: CrateId): ReadonlySet<string>;
  /** Whether a `[target.'…']` key covers the build's target. */
  appliesTo(key: string | null): boolean;
}

/** The dependency through which a crate's name is known. */
export interface CrateOrigin {
  readonly owner: CrateId;
  readonly dependency: CrateDependency;
}

/** Of `$crate` in a macro of another crate, which need be no dependency of the one that calls the macro. */
export function dollarCrateOrigin(owner: Crate, { node }: Crate, codeName: string): CrateOrigin {
  const { name } = node.info;
  const dependency: CrateDependency = {
    key: name,
    codeName,
    packageName: name,
    kind: "normal",
    target: null,
    isOptional: false,
    usesDefaultFeatures: true,
    features: [],
    requirement: null,
    crateId: node.id,
  };
  return { owner: owner.node.id, dependency };
}

/** What a path leads to. */
export type Definition =
  | { readonly kind: "module"; readonly module: Module }
  /** The root of another crate; `crate` is null when its sources are not at hand. */
  | { readonly kind: "crate"; readonly crate: Crate | null; readonly origin: CrateOrigin }
  | { readonly kind: "item"; readonly module: Module; readonly placed: Placed }
  /** Only as a value: in types a variant means nothing. */
  | {
      readonly kind: "variant";
      readonly module: Module;
      readonly placed: Placed<EnumItem>;
      readonly variant: string;
    }
  /** The module `__fidius_<Trait>` that the macro makes beside the trait. */
  | { readonly kind: "companion"; readonly module: Module; readonly placed: Placed<TraitItem> }
  /** Something inside a crate without sources. */
  | { readonly kind: "external"; readonly origin: CrateOrigin; readonly path: readonly string[] }
  | { readonly kind: "std"; readonly path: readonly string[] }
  | { readonly kind: "primitive"; readonly name: string }
  /** Several declarations under different `cfg`, or a glob that cannot be followed. */
  | {
      readonly kind: "unknown";
      readonly reason: string;
      /** It may as well be nothing: the name then means what it means without the glob. */
      readonly mayBeAbsent?: true;
      /** A module of which nothing was read: a glob of it may as well bring nothing. */
      readonly isUnread?: true;
      /** The first of several declarations: a catalogue of crates may know them all by their name. */
      readonly declared?: { readonly module: Module; readonly placed: Placed };
    };

/** What a name means that may be declared where the source is too large to be read. */
export const behindLimit: Definition & { readonly kind: "unknown" } = {
  kind: "unknown",
  mayBeAbsent: true,
  reason:
    "This name may be declared where the source is too large to analyse, so what it stands for is not known. Move its declaration to a file of its own.",
};

/** What a name leads to in a module of which nothing was read. */
export function unreadModule(name: string): Definition {
  const reason = `The file of the module \`${name}\` is not read, so nothing in it is known.`;
  return { kind: "unknown", isUnread: true, reason };
}

/** A glob of a crate without sources: what it holds is known for few crates only. */
function externalMember(
  from: Definition & { kind: "external" },
  name: string,
): Definition | undefined {
  const { packageName } = from.origin.dependency;
  const members = knownMembers(packageName);
  if (members !== undefined) {
    return members.has(name) ? { ...from, path: [...from.path, name] } : undefined;
  }
  return {
    kind: "unknown",
    mayBeAbsent: true,
    reason: `\`${name}\` may come from \`${packageName}\`, whose sources are not at hand.`,
  };
}

/** C's number types in the crate libc, which declares them where macros decide on the target. */
export function cTypeIn({ crate, parent }: Module, name: string): Definition | undefined {
  const path = ["ffi", name];
  const isLibc = parent === null && crate.node.info.name === "libc";
  return isLibc && isCType(path) ? { kind: "std", path } : undefined;
}

/** What a name means that nothing declares: a primitive or a type of the prelude. */
export function preludeDefinition(name: string): Definition | undefined {
  if (isPrimitive(name)) {
    return { kind: "primitive", name };
  }
  const path = preludePath(name);
  return path && { kind: "std", path };
}

/** Whether the item's name lives in the namespace. */
export function isIn(item: Item, namespace: Namespace): boolean {
  switch (item.kind) {
    case "module":
    case "externCrate":
    case "struct":
    case "enum":
    case "union":
    case "alias":
    case "trait":
      return namespace === "type";
    case "const":
    case "function":
      return namespace === "value";
    case "use":
    case "impl":
    case "macroDefinition":
    case "macroCall":
      return false;
  }
}

/** A variant of the enum that `parent` is. */
export function variantOf(
  { module, placed }: Definition & { kind: "item" },
  name: string,
  namespace: Namespace,
): Definition | undefined {
  return namespace === "value" &&
    isEnum(placed) &&
    placed.item.variants.some((variant) => variant.name === name)
    ? { kind: "variant", module, placed, variant: name }
    : undefined;
}

function isEnum(placed: Placed): placed is Placed<EnumItem> {
  return placed.item.kind === "enum";
}

/** What a glob of something that is no module brings under the name. */
export function inGlob(
  from: Definition,
  name: string,
  namespace: Namespace,
): Definition | undefined {
  switch (from.kind) {
    case "std":
      return stdHas([...from.path, name]) ? { kind: "std", path: [...from.path, name] } : undefined;
    case "crate":
      return externalMember({ kind: "external", origin: from.origin, path: [] }, name);
    case "external":
      return externalMember(from, name);
    case "unknown":
      return from.isUnread === true ? { ...from, mayBeAbsent: true } : from;
    case "item":
      return variantOf(from, name, namespace);
    case "module":
    case "variant":
    case "companion":
    case "primitive":
      return undefined;
  }
}

/** The module whose names a path through the definition reaches; undefined where it is none or its sources are not at hand. */
export function moduleBehind(definition: Definition | undefined): Module | undefined {
  if (definition?.kind === "module") {
    return definition.module;
  }
  return definition?.kind === "crate" ? (definition.crate?.root ?? undefined) : undefined;
}

/** The item that the definition is, or is made of; undefined where it is none. */
export function itemBehind(definition: Definition): Placed | undefined {
  switch (definition.kind) {
    case "item":
    case "variant":
    case "companion":
      return definition.placed;
    case "unknown":
      return definition.declared?.placed;
    case "module":
    case "crate":
    case "external":
    case "std":
    case "primitive":
      return undefined;
  }
}

/** Two routes to one thing. */
export function isSame(a: Definition, b: Definition): boolean {
  return a.kind === b.kind && identityOf(a) === identityOf(b);
}

function identityOf(definition: Definition): unknown {
  switch (definition.kind) {
    case "module":
      return definition.module;
    case "crate":
      return definition.origin.dependency;
    case "item":
    case "companion":
      return definition.placed.item;
    case "variant":
      return `${definition.module.uniquePath}::${definition.placed.item.name}::${definition.variant}`;
    case "external":
      return definition.path.join("::");
    case "std":
      return stdHome(definition.path).join("::");
    case "primitive":
      return definition.name;
    case "unknown":
      return definition.kind;
  }
}

/** Where a path of `self` and `super` begins, and the segment after them. */
export function relativeStart(
  segments: readonly string[],
  module: Module,
): { definition: Definition | undefined; next: number } {
  let current: Module | null = module.nearestModule;
  let next = segments[0] === "self" ? 1 : 0;
  while (segments[next] === "super" && current !== null) {
    current = current.parent?.nearestModule ?? null;
    next += 1;
  }
  return { definition: current === null ? undefined : { kind: "module", module: current }, next };
}
