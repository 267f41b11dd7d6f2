// A new required method.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { refusal } from "../../words.ts";

export const methodInserted: DriftRule = {
  id: "method-inserted",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "A new required method, wherever it stands.",
    why: "It is part of the hash, so hosts refuse plugins that were built before, and every plugin has to implement it before it compiles again.",
    instead:
      "Make it optional, `#[optional(since = 2)]`, at the end of the trait, and raise the version to 2: plugins of version 1 keep working.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({ methods: `${runMethod}\n    fn stop(&self) -> bool;`, version: 2 }),
  },
  compared: ({ after, added }, report) => {
    for (const method of added.filter(({ isOptional }) => !isOptional)) {
      report(
        after.kind === "plugin"
          ? `\`${method.name}\` is a new required method. The hash is another one, so ${refusal(after)}, and plugins do not compile until they have it. Make it optional at the end of the trait if they are to keep working.`
          : `\`${method.name}\` is a new function. The hash is another one, so ${refusal(after)}.`,
        { methods: [method.name] },
      );
    }
  },
};
