// A new optional method at the end.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

export const optionalAdded: DriftRule = {
  id: "optional-added",
  category: "binary",
  severity: "safe",
  page: {
    finds: "A new optional method at the end of the trait.",
    why: "Plugins that were built before keep working: hosts see that they do not have it. Plugins that are built again have to implement it.",
    instead: "Raise the version of the interface, so that `since` names one that exists.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({
      methods: `${runMethod}\n    #[optional(since = 2)]\n    fn stop(&self) -> bool;`,
      version: 2,
    }),
    limits: "An impl block has to list every method of the trait, also the optional ones.",
  },
  compared: ({ after, added, kept }, report) => {
    const last = Math.max(-1, ...kept.map((pair) => after.methods.indexOf(pair.after)));
    for (const method of added.filter(({ isOptional }) => isOptional)) {
      if (after.methods.indexOf(method) > last) {
        report(
          `\`${method.name}\` is a new optional method at the end: what was built before keeps working.`,
          { methods: [method.name] },
        );
      }
    }
  },
};
