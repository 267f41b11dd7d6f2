// A required method that is optional now, or the reverse.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { refusal } from "../../words.ts";

export const methodOptionalChanged: DriftRule = {
  id: "method-optional-changed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "A required method that became optional, or an optional one that became required.",
    why: "Only required methods are part of the hash, so it is another one and hosts refuse plugins that were built before.",
    instead: "Leave it as it is until the next version that breaks anyway.",
    before: exampleInterface({
      methods: `${runMethod}\n    #[optional(since = 1)]\n    fn stop(&self) -> bool;`,
    }),
    after: exampleInterface({
      methods: `${runMethod}\n    fn stop(&self) -> bool;`,
      version: 2,
    }),
  },
  compared: ({ after, kept }, report) => {
    for (const pair of kept) {
      if (pair.before.isOptional !== pair.after.isOptional) {
        const [then, now] = pair.after.isOptional
          ? ["required", "optional"]
          : ["optional", "required"];
        report(
          `\`${pair.after.name}\` was ${then} and is ${now}. Only required methods are part of the hash, so it is another one and ${refusal(after)}.`,
          { methods: [pair.after.name] },
        );
      }
    }
  },
};
