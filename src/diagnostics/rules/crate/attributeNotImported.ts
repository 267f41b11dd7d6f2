// `#[plugin_impl]` and the like, which nothing brings into scope.

import { before, indentAt, textFix } from "../../source/textFixes.ts";
import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import { moduleBehind } from "../../../rust/names/definitions.ts";
import type { Module, Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute, Item } from "../../../rust/syntax/items/items.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import { pathFragment } from "../../source/attributes/helperAttributes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const attributeNotImported: SourceRule = {
  id: "attribute-not-imported",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A macro of Fidius that is named without its path and imported by no `use`.",
    why: "rustc finds no attribute of that name, and then none of what the macro would make.",
    bad: exampleLibrary({ uses: "use fidius::plugin_interface;" }),
    good: exampleLibrary(),
    limits: "Silent where a glob, a macro or `#[macro_use]` may bring the name.",
  },
  crate: (sources, report) => {
    const { crate, interfaces, impls, hostInterfaces } = sources;
    const isOpen = crate.root?.items.some(({ item }) => isMacroUse(item)) ?? true;
    for (const { attribute, module, placed } of isOpen
      ? []
      : [...interfaces, ...impls, ...hostInterfaces]) {
      const [name = ""] = attribute.path;
      const isBare = attribute.path.length === 1 && attribute.conditions.length === 0;
      if (isBare && placed.origin === undefined && !mayBeIn(sources, module, name, new Set())) {
        report(
          placed,
          pathFragment(placed, attribute),
          `Nothing here is called \`${name}\`. Import it from Fidius.`,
          { fixes: importFix(sources, module, { placed, attribute }, name) },
        );
      }
    }
  },
};

function isMacroUse(item: Item): boolean {
  return item.kind === "externCrate" && item.attributes.some(({ path }) => path[0] === "macro_use");
}

/** False where nothing can bring the name into the module. */
function mayBeIn(
  { names }: CrateSources,
  module: Module,
  name: string,
  visited: Set<Module>,
): boolean {
  const brings = (from: Module): boolean => {
    if (visited.has(from)) {
      return false;
    }
    visited.add(from);
    return (
      from.hidesNames ||
      from.named(name).length > 0 ||
      names.leaves(from, module).some(({ leaf }) => {
        if (!leaf.isGlob) {
          return leaf.binding === name;
        }
        const found = names.target(leaf, from, "type");
        const next = moduleBehind(found);
        return next === undefined ? found?.kind !== "std" && found?.kind !== "item" : brings(next);
      }) ||
      (from.isBody && from.parent !== null && brings(from.parent))
    );
  };
  return brings(module);
}

interface Marked {
  readonly placed: Placed;
  readonly attribute: Attribute;
}

function importFix(
  { names }: CrateSources,
  module: Module,
  { placed, attribute }: Marked,
  name: string,
): readonly TextFix[] {
  const dependency = module.crate.node.dependencies.find(
    ({ packageName, kind, target }) =>
      ["fidius", "fidius-macro"].includes(packageName) &&
      kind === "normal" &&
      (target === null || names.appliesTo(target)),
  );
  if (dependency === undefined) {
    return [];
  }
  const path = `${dependency.codeName}::${name}`;
  const first = module.declared.find(({ item }) => item.kind === "use");
  const at = first ?? placed;
  const start = first === undefined ? Math.min(attribute.start, placed.item.start) : at.item.start;
  const fragment = before({ start, end: start });
  const newText = `use ${path};\n${indentAt(at, start)}${first === undefined ? "\n" : ""}`;
  return textFix(at, `Import \`${path}\``, { fragment, newText });
}
