// One type with two plugins in one module.

import { exampleLibrary } from "../../source/examples/example.ts";
import { implSubject } from "../../source/subjects.ts";
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
    const subjects = sources.impls.map((found) => implSubject(sources, found));
    for (const [index, subject] of subjects.entries()) {
      const isSecond = subjects
        .slice(0, index)
        .some(
          ({ typeName, module }) =>
            typeName !== null && typeName === subject.typeName && module === subject.module,
        );
      if (isSecond) {
        report(
          subject.placed,
          subject.item.selfType,
          `\`${subject.typeName ?? ""}\` is a plugin already in this module, and the generated names are made of the type's name alone (E0428). Implement this interface on a type of its own.`,
        );
      }
    }
  },
};
