// A new interface.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

export const interfaceAdded: DriftRule = {
  id: "interface-added",
  category: "binary",
  severity: "safe",
  page: {
    finds: "A new interface.",
    why: "Nobody knows it yet, so nobody breaks.",
    instead: "Nothing has to be done.",
    before: "pub const NOTHING: u8 = 0;\n",
    after: exampleInterface({ methods: runMethod }),
  },
  added: ({ name, kind, span }, report) => {
    report(`The ${kind === "plugin" ? "interface" : "host interface"} \`${name}\` is new.`, {
      span,
    });
  },
};
