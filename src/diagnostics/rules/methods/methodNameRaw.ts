// A method named by a raw identifier.

import { exampleLibrary } from "../../source/examples/example.ts";
import { textOf } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodNameRaw: SourceRule = {
  id: "method-name-raw",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A method of an interface whose name is a raw identifier, such as `r#match`.",
    why: "The macro makes other names out of it and panics. rustc marks the whole attribute.",
    bad: exampleLibrary({
      methods: "    fn r#match(&self, input: String) -> String;",
      impl: "    fn r#match(&self, input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: ({ methods, placed }, report) => {
    for (const { nameSpan, name } of methods) {
      if (textOf(placed, nameSpan).startsWith("r#")) {
        report(
          nameSpan,
          `Fidius' macro panics at the raw name \`r#${name}\`. Rename the method, to \`${name}_\` for one.`,
        );
      }
    }
  },
};
