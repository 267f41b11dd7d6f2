// A helper attribute under `cfg_attr`.

import { exampleLibrary } from "../../source/examples/example.ts";
import { helperNames } from "../../source/attributes/helperAttributes.ts";
import { textOf } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const helperConditional: SourceRule = {
  id: "helper-conditional",
  severity: "error",
  word: "rustc",
  page: {
    finds: "`#[cfg_attr(…, optional(…))]` and other helper attributes under a condition.",
    why: "The macro reads its helpers before rustc decides the condition, so it does not see them.",
    bad: exampleLibrary({
      methods:
        "    fn run(&self, input: String) -> String;\n    #[cfg_attr(all(), optional(since = 1))]\n    fn more(&self) -> u8;",
      impl: "    fn run(&self, input: String) -> String {\n        input\n    }\n    fn more(&self) -> u8 {\n        1\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: ({ item, methods, placed }, report) => {
    for (const part of [item, ...methods]) {
      for (const attribute of part.attributes) {
        const name = attribute.path.join("::");
        if (/^#\s*\[\s*cfg_attr\b/u.test(textOf(placed, attribute)) && helperNames.includes(name)) {
          report(
            attribute,
            `Fidius reads \`${name}\` before the condition is decided, so it does not see it here. Write \`#[${name}(…)]\` without \`cfg_attr\`.`,
          );
        }
      }
    }
  },
};
