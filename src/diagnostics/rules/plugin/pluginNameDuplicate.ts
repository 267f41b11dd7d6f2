// Two plugins of one name in one library.

import { exampleLibrary } from "../../source/examples/example.ts";
import { spanOf } from "../../../rust/names/modules/modules.ts";
import { implSubject } from "../../source/subjects.ts";
import type { SourceRule } from "../../sourceRule.ts";

const second =
  "mod other {\n    use super::{Tool, __fidius_Tool};\n\n    pub struct MyTool;\n\n    #[fidius::plugin_impl(Tool)]\n    impl Tool for MyTool {\n        fn run(&self, input: String) -> String {\n            input\n        }\n    }\n}";

export const pluginNameDuplicate: SourceRule = {
  id: "plugin-name-duplicate",
  severity: "warning",
  word: "silent",
  page: {
    finds: "Two plugins of one crate whose types have one name.",
    why: "A plugin is known by the name of its type alone. Hosts that ask for it by name get the first in the library's order, which is the linker's.",
    bad: exampleLibrary({ after: second }),
    good: exampleLibrary({ after: second.replaceAll("MyTool", "OtherTool") }),
  },
  crate: (sources, report) => {
    const first = new Map<string, ReturnType<typeof implSubject>>();
    for (const found of sources.impls) {
      const subject = implSubject(sources, found);
      const { typeName } = subject;
      if (typeName === null) {
        continue;
      }
      const earlier = first.get(typeName);
      if (earlier === undefined) {
        first.set(typeName, subject);
      } else if (earlier.module !== subject.module) {
        report(
          subject.placed,
          subject.item.selfType,
          `This library has another plugin called \`${typeName}\`, and hosts know a plugin by the name of its type: which of the two they get is open. Rename one.`,
          {
            related: [
              { span: spanOf(earlier.placed, earlier.item.selfType), message: "The other plugin" },
            ],
          },
        );
      }
    }
  },
};
