// Two host functions whose names are one in capitals.

import { reportSameInCapitals } from "../../source/methods/sameInCapitals.ts";
import type { SourceRule } from "../../sourceRule.ts";

const host = (second: string): string =>
  `#[fidius::host_interface(version = 1)]\npub trait Host: Send + Sync {\n    fn abc(&self);\n    #[allow(non_snake_case)]\n    fn ${second}(&self);\n}\n`;

export const hostFunctionNameCase: SourceRule = {
  id: "host-function-name-case",
  severity: "error",
  word: "rustc",
  page: {
    finds: "Two functions of a host interface whose names differ only in capital letters.",
    why: "The generated constants, such as `HOST_FN_ABC`, are in capitals, so both get one name (E0428).",
    bad: host("aBC"),
    good: host("other"),
  },
  hostInterface: ({ methods }, report) => {
    reportSameInCapitals(methods, report);
  },
};
