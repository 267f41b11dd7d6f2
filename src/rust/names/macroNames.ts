// Recognises Fidius' attribute macros: by the last segment of their path, and through `use … as` and re-exports.

import type { Attribute, ItemHead } from "../syntax/items/items.ts";
import type { Module } from "./modules/modules.ts";
import { moduleBehind } from "./definitions.ts";
import type { Names } from "./names.ts";
import type { NameTable } from "./nameTable.ts";

type FidiusMacro = "plugin_interface" | "plugin_impl" | "host_interface";

/** Attributes that are no macros of Fidius, to spare following their names. */
export const wellKnownAttributes: ReadonlySet<string> = new Set(
  (
    "allow async_trait automatically_derived cfg cfg_attr cold deny deprecated derive doc diagnostic expect forbid inline " +
    "link_section macro_export macro_use method_meta must_use no_mangle non_exhaustive optional path repr rustfmt serde " +
    "test track_caller trait_meta warn wire"
  ).split(" "),
);

/** The `plugin_interface` attribute of a trait. */
export function interfaceAttribute(
  names: Names,
  module: Module,
  item: ItemHead,
): Attribute | undefined {
  return find(names, module, item, "plugin_interface");
}

/** The `plugin_impl` attribute of an impl block. */
export function implAttribute(names: Names, module: Module, item: ItemHead): Attribute | undefined {
  return find(names, module, item, "plugin_impl");
}

/** The `host_interface` attribute of a trait. */
export function hostInterfaceAttribute(
  names: Names,
  module: Module,
  item: ItemHead,
): Attribute | undefined {
  return find(names, module, item, "host_interface");
}

function find(
  names: Names,
  module: Module,
  item: ItemHead,
  wanted: FidiusMacro,
): Attribute | undefined {
  return item.attributes.find(({ path }) => fidiusMacroOf(names, module, path) === wanted);
}

/** The macro of Fidius that `path` means in `module`. */
export function fidiusMacroOf(
  names: Names,
  module: Module,
  path: readonly string[],
): FidiusMacro | undefined {
  const last = path.at(-1) ?? "";
  if (isFidiusMacro(last)) {
    return last;
  }
  if (wellKnownAttributes.has(path[0] ?? "")) {
    return undefined;
  }
  return names.within(module.crate, (table) => {
    const known =
      knownMacros.get(table) ?? new WeakMap<Module, Map<string, FidiusMacro | undefined>>();
    knownMacros.set(table, known);
    const inModule = known.get(module) ?? new Map<string, FidiusMacro | undefined>();
    known.set(module, inModule);
    const key = path.join("::");
    if (!inModule.has(key)) {
      const owner = path.length === 1 ? module : moduleOf(names, module, path.slice(0, -1));
      const found = owner && followUse(names, owner, last, module, new Set());
      const around = path.length === 1 && module.isBody ? module.parent : null;
      inModule.set(
        key,
        found ?? (around === null ? undefined : fidiusMacroOf(names, around, path)),
      );
    }
    return inModule.get(key);
  });
}

const knownMacros = new WeakMap<NameTable, WeakMap<Module, Map<string, FidiusMacro | undefined>>>();

/** `visited` holds each name of a module that was followed before: circles end, and no glob is followed twice. */
function followUse(
  names: Names,
  module: Module,
  name: string,
  viewer: Module,
  visited: Set<string>,
): FidiusMacro | undefined {
  const place = `${String(names.idOf(module))} ${name}`;
  if (visited.has(place)) {
    return undefined;
  }
  visited.add(place);
  for (const { leaf } of names.leaves(module, viewer)) {
    const last = leaf.path.at(-1) ?? "";
    if (!leaf.isGlob && leaf.binding !== name) {
      continue;
    }
    if (!leaf.isGlob && isFidiusMacro(last)) {
      return last;
    }
    const owner = leaf.isGlob
      ? moduleBehind(names.target(leaf, module, "type"))
      : leaf.path.length > 1
        ? moduleOf(names, module, leaf.path.slice(0, -1))
        : undefined;
    const next = leaf.isGlob ? name : last;
    const found = owner && followUse(names, owner, next, module, visited);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The module, or another crate's root, that a path leads to. */
export function moduleOf(
  names: Names,
  module: Module,
  segments: readonly string[],
): Module | undefined {
  return moduleBehind(names.resolve({ segments, isGlobal: false, module, namespace: "type" }));
}

function isFidiusMacro(name: string): name is FidiusMacro {
  return name === "plugin_interface" || name === "plugin_impl" || name === "host_interface";
}
