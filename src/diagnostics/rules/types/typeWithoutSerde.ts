// An argument or a result that serde cannot carry.

import { exampleLibrary } from "../../source/examples/example.ts";
import { reportLack } from "../../source/types/serdeLack.ts";
import type { SourceRule } from "../../sourceRule.ts";

const point = "pub struct Point {\n    pub x: u8,\n}";

const parts = {
  methods: "    fn run(&self, at: Point) -> u8;",
  impl: "    fn run(&self, at: Point) -> u8 {\n        at.x\n    }",
};

export const typeWithoutSerde: SourceRule = {
  id: "type-without-serde",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A type of an argument or a result, or one inside of it, that implements no trait of serde.",
    why: "Arguments and results cross as bytes that serde writes and reads. rustc says E0277 at the attribute; this points at the type.",
    bad: exampleLibrary({ items: point, ...parts }),
    good: exampleLibrary({
      items: `#[derive(serde::Serialize, serde::Deserialize)]\n${point}`,
      ...parts,
    }),
    limits:
      "A type whose traits may come from a macro or from another crate is left to the compiler.",
  },
  type: (finding, report) => {
    if (finding.use === "argument" || finding.use === "return") {
      reportLack(finding, report);
    }
  },
};
