// A method that became async, or is no longer.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

export const methodAsyncChanged: DriftRule = {
  id: "method-async-changed",
  category: "source",
  severity: "breaking",
  page: {
    finds: "A method that became `async`, or is not `async` any more.",
    why: "Nothing of it crosses, so what was built before keeps working. Plugins implement the method in the old way and do not compile.",
    instead: "Change the plugins together with the interface.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({
      methods: "    async fn run(&self, input: String) -> String;",
      version: 2,
    }),
  },
  compared: ({ kept }, report) => {
    for (const { before, after } of kept) {
      if (before.isAsync !== undefined && before.isAsync !== after.isAsync) {
        report(
          `\`${after.name}\` is ${after.isAsync === true ? "async now" : "no longer async"}. What was built before keeps working; plugins that implement it in the old way do not compile.`,
          { methods: [after.name] },
        );
      }
    }
  },
};
