// Two methods whose names are one in capitals.

import { exampleLibrary } from "../../source/examples/example.ts";
import { reportSameInCapitals } from "../../source/methods/sameInCapitals.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodNameCase: SourceRule = {
  id: "method-name-case",
  severity: "error",
  word: "rustc",
  page: {
    finds: "Two methods of an interface whose names differ only in capital letters.",
    why: "The generated constants, such as `METHOD_ABC`, are in capitals, so both get one name (E0428).",
    bad: exampleLibrary({
      methods: "    fn abc(&self) -> u8;\n    #[allow(non_snake_case)]\n    fn aBC(&self) -> u8;",
      impl: "    fn abc(&self) -> u8 {\n        1\n    }\n    fn aBC(&self) -> u8 {\n        2\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: ({ methods }, report) => {
    reportSameInCapitals(methods, report);
  },
};
