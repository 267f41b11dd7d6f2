// A macro call between the methods of an interface.

import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceMethodByMacro: SourceRule = {
  id: "interface-method-by-macro",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A macro call in an interface's trait.",
    why: "Fidius' macro reads the trait before other macros run. A method that one of them writes gets no slot, so no host can call it.",
    bad: exampleLibrary({
      items:
        "macro_rules! more {\n    () => {\n        fn more(&self) -> u8 {\n            1\n        }\n    };\n}",
      methods: "    fn run(&self, input: String) -> String;\n    more!();",
    }),
    good: exampleLibrary(),
  },
  interface: ({ item, placed }, report) => {
    for (const call of item.items) {
      if (call.kind === "macroCall") {
        const text = placed.chunk.text.slice(call.pathSpan.start);
        const whole = /^[^;{]*(?:;|\{[^}]*\})/u.exec(text)?.[0] ?? "";
        report(
          whole === ""
            ? call
            : { start: call.pathSpan.start, end: call.pathSpan.start + whole.length },
          `Fidius reads the trait before \`${call.path.join("::")}!\` runs: a method that it writes gets no slot, and no host can call it. Write the method out.`,
        );
      }
    }
  },
};
