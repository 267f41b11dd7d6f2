// Two interfaces of one name in one module.

import { exampleLibrary } from "../../source/examples/example.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import type { SourceRule } from "../../sourceRule.ts";

const second =
  "#[plugin_interface(version = 2, buffer = PluginAllocated)]\npub trait Tool: Send + Sync {\n    fn other(&self) -> u8;\n}";

export const interfaceDuplicate: SourceRule = {
  id: "interface-duplicate",
  severity: "error",
  word: "rustc",
  page: {
    finds: "Two interfaces of one name in one module.",
    why: "Trait and companion module are there twice. rustc says E0428 for each generated item.",
    bad: exampleLibrary({ after: second }),
    good: exampleLibrary({ after: second.replace("trait Tool", "trait Other") }),
    limits: "Silent where one of them stands under a `cfg` that cannot be decided.",
  },
  crate: ({ interfaces }, report) => {
    const names = new Map<Module, Set<string>>();
    for (const { module, placed } of interfaces) {
      const { name } = placed.item;
      const known = names.get(module) ?? new Set();
      const isSecond = known.has(name);
      names.set(module, known.add(name));
      const isConditional = placed.item.attributes.some(({ path }) => path.join() === "cfg");
      if (isSecond && !isConditional) {
        report(
          placed,
          placed.item.nameSpan,
          `This module has an interface \`${name}\` already (E0428). Rename one, or move it to another module.`,
        );
      }
    }
  },
};
