// Another buffer strategy.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

export const bufferChanged: DriftRule = {
  id: "buffer-changed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "An interface with another `buffer`.",
    why: "The functions in a plugin take other parameters then. The hash does not hold the strategy; hosts compare it apart and refuse plugins that were built before. Plugins name it too and do not compile.",
    instead: "Make a new interface for the other strategy.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({ methods: runMethod, buffer: "Arena", version: 2 }),
  },
  compared: ({ before, after }, report) => {
    if (
      before.buffer !== undefined &&
      after.buffer !== undefined &&
      before.buffer !== after.buffer
    ) {
      report(
        `The buffer strategy was \`${before.buffer}\` and is \`${after.buffer}\`. Plugins that were built before have functions with other parameters, and plugins that name the old one do not compile.`,
      );
    }
  },
};
