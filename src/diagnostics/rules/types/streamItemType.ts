// Items of a stream that serde cannot carry.

import { exampleLibrary } from "../../source/examples/example.ts";
import { reportLack } from "../../source/types/serdeLack.ts";
import type { SourceRule } from "../../sourceRule.ts";

const row = "pub struct Row(pub u8);";

const parts = {
  methods: "    fn run(&self) -> fidius::Stream<Row>;",
  impl: "    fn run(&self) -> fidius::Stream<Row> {\n        fidius::Stream::from_iter([Row(1)])\n    }",
};

export const streamItemType: SourceRule = {
  id: "stream-item-type",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A stream whose items implement no trait of serde.",
    why: "Each item crosses as bytes. rustc says it at the attribute, in terms of generated code (E0599, E0277).",
    bad: exampleLibrary({ items: row, ...parts }),
    good: exampleLibrary({
      items: `#[derive(serde::Serialize, serde::Deserialize)]\n${row}`,
      ...parts,
    }),
  },
  type: (finding, report) => {
    if (finding.use === "streamItem") {
      reportLack(finding, report);
    }
  },
};
