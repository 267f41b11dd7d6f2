// One type with two plugins in one module.

import { exampleLibrary } from "../../source/examples/example.ts";
import { implSubject } from "../../source/subjects.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const pluginDuplicate: SourceRule = {
  id: "plugin-duplicate",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A type with two `#[plugin_impl]` in one module.",
    why: "The generated items are named after the type alone, so each of them is there twice. rustc says E0428 many times.",
    bad: exampleLibrary({
      after:
        "#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Second: Send + Sync {\n    fn second(&self) -> u8;\n}\n\n#[plugin_impl(Second)]\nimpl Second for MyTool {\n    fn second(&self) -> u8 {\n        2\n    }\n}",
    }),
    good: exampleLibrary(),
  },
  crate: (sources, report) => {
    const names = new Map<Module, Set<string>>();
    for (const found of sources.impls) {
      const { typeName, module, placed, item } = implSubject(sources, found);
      const known = names.get(module) ?? new Set();
      const isSecond = typeName !== null && known.has(typeName);
      names.set(module, typeName === null ? known : known.add(typeName));
      if (isSecond) {
        report(
          placed,
          item.selfType,
          `\`${typeName}\` is a plugin already in this module, and the generated names are made of the type's name alone (E0428). Implement this interface on a type of its own.`,
        );
      }
    }
  },
};
