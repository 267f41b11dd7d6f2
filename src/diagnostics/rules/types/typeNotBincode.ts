// A type that compiles and that bincode cannot carry.

import { exampleLibrary } from "../../source/examples/example.ts";
import { relatedTo } from "../../source/types/serdeLack.ts";
import type { SourceRule } from "../../sourceRule.ts";

const shapeEnum = "pub enum Shape {\n    Circle(u8),\n    Name(String),\n}";

const derive = "#[derive(serde::Serialize, serde::Deserialize)]\n";

const parts = {
  methods: "    fn run(&self, shape: Shape) -> u8;",
  impl: "    fn run(&self, _shape: Shape) -> u8 {\n        1\n    }",
};

export const typeNotBincode: SourceRule = {
  id: "type-not-bincode",
  severity: "warning",
  word: "silent",
  page: {
    finds:
      "A type whose serde form needs names or kinds in its bytes: `untagged`, `tag`, `flatten`, `skip_serializing_if`, `serde_json::Value` and their like.",
    why: "Bincode writes values without names and kinds. It compiles; calls then fail or misread what follows.",
    bad: exampleLibrary({ items: `${derive}#[serde(untagged)]\n${shapeEnum}`, ...parts }),
    good: exampleLibrary({ items: `${derive}${shapeEnum}`, ...parts }),
  },
  type: (finding, report) => {
    if (finding.cause.kind === "notBincode") {
      report(finding.message, { related: relatedTo(finding) });
    }
  },
};
