// An interface in another module or crate, or under another name.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

const before = exampleInterface({ methods: runMethod });

export const interfaceMoved: DriftRule = {
  id: "interface-moved",
  category: "source",
  severity: "warning",
  page: {
    finds: "An interface that stands in another module or crate.",
    why: "Nothing of it crosses. Plugins import the trait and its companion by their path, which leads nowhere unless both are re-exported at the old place.",
    instead: "Re-export the trait and `__fidius_…` where they were.",
    before,
    after: `pub mod tools {\n${before
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? line : `    ${line}`))
      .join("\n")}\n}\n`,
    limits: "Whether the old path still leads to it is not looked at.",
  },
  compared: ({ before: then, after: now }, report) => {
    if (then.crate !== undefined && then.id !== now.id && then.name === now.name) {
      report(
        `\`${then.id}\` is \`${now.id}\` now. Plugins that import it by the old path do not compile unless it is re-exported there with its companion \`__fidius_${now.name}\`.`,
      );
    }
  },
};
