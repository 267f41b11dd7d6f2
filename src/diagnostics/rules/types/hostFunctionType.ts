// A type of a host function that serde cannot carry.

import { reportLack } from "../../source/types/serdeLack.ts";
import type { SourceRule } from "../../sourceRule.ts";

const line = "pub struct Line(pub String);";

const host =
  "#[fidius::host_interface(version = 1)]\npub trait Host: Send + Sync {\n    fn log(&self, line: Line);\n}";

export const hostFunctionType: SourceRule = {
  id: "host-function-type",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A host function with an argument or a result that lacks a trait of serde.",
    why: "What a plugin asks of its host crosses as bytes in both directions (E0277 at the attribute).",
    bad: `${line}\n\n${host}\n`,
    good: `#[derive(serde::Serialize, serde::Deserialize)]\n${line}\n\n${host}\n`,
    isLinkedOnly: true,
  },
  type: (finding, report) => {
    if (finding.use === "hostFunction") {
      reportLack(finding, report);
    }
  },
};
