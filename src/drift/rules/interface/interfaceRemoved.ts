// An interface that is gone, by name or altogether.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

export const interfaceRemoved: DriftRule = {
  id: "interface-removed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "An interface that is no longer there, or has another name.",
    why: "Plugins are found by the name of their interface. Those that were built before are found by nobody, and their sources do not compile.",
    instead: "Keep it beside the new one until nobody uses it.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({ methods: runMethod, name: "Worker" }),
  },
  removed: ({ name, kind, span }, report) => {
    report(
      kind === "plugin"
        ? `The interface \`${name}\` is gone. No host finds its plugins any more, and their sources do not compile.`
        : `The host interface \`${name}\` is gone. Plugins that were built before ask for it in vain, and their sources do not compile.`,
      { span },
    );
  },
};
