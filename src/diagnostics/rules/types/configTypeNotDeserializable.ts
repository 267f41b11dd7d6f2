// A configuration that serde cannot read.

import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { borrows } from "../../source/types/borrows.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { reportLack } from "../../source/types/serdeLack.ts";
import type { SourceRule } from "../../sourceRule.ts";

const config = "pub struct Config {\n    pub times: u32,\n}";

const parts = {
  type: "pub struct MyTool {\n    times: u32,\n}\n\nimpl MyTool {\n    pub fn configure(config: Config) -> Self {\n        Self { times: config.times }\n    }\n}",
  plugin: "Tool, config = Config",
  impl: "    fn run(&self, input: String) -> String {\n        input.repeat(self.times as usize)\n    }",
};

export const configTypeNotDeserializable: SourceRule = {
  id: "config-type-not-deserializable",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A configuration whose type, or one inside of it, does not implement serde's `Deserialize`.",
    why: "The host hands the configuration over as bytes, and the plugin reads it before the first call.",
    bad: exampleLibrary({ items: config, ...parts }),
    good: exampleLibrary({
      items: `#[derive(serde::Serialize, serde::Deserialize)]\n${config}`,
      ...parts,
    }),
  },
  impl: ({ config, module, sources }, report) => {
    if (config !== null && borrows(parseType(config), module, sources.names)) {
      report(
        config,
        `\`${config.text}\` borrows, and the bytes of the configuration are gone once \`configure\` has run. Use a type that owns its parts.`,
      );
    }
  },
  type: (finding, report) => {
    if (finding.use === "config") {
      reportLack(finding, report);
    }
  },
};
