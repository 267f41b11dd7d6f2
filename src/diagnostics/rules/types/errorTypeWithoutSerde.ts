// An error of a method that serde cannot carry.

import { exampleLibrary } from "../../source/examples/example.ts";
import { reportLack } from "../../source/types/serdeLack.ts";
import type { SourceRule } from "../../sourceRule.ts";

const returning = (error: string): { readonly methods: string; readonly impl: string } => ({
  methods: `    fn run(&self) -> Result<u8, ${error}>;`,
  impl: `    fn run(&self) -> Result<u8, ${error}> {\n        Ok(1)\n    }`,
});

export const errorTypeWithoutSerde: SourceRule = {
  id: "error-type-without-serde",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A method whose `Result` has an error that implements no trait of serde.",
    why: "The error crosses to the host as bytes, as the value does. `Box<dyn Error>`, `std::io::Error` and most errors of other crates have no form as bytes.",
    bad: exampleLibrary(returning("std::io::Error")),
    good: exampleLibrary(returning("fidius::PluginError")),
  },
  type: (finding, report) => {
    if (finding.use === "error") {
      const advice =
        " Return Fidius' `PluginError`, or an error of your own that derives serde's traits.";
      reportLack(finding, report, advice);
    }
  },
};
