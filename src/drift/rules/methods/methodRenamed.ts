// A method of the same slot and types under another name.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { refusal } from "../../words.ts";

export const methodRenamed: DriftRule = {
  id: "method-renamed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "A method with another name and the same place and types.",
    why: "Names of required methods are part of the hash, so hosts refuse plugins that were built before. Code that implements or calls the method does not compile.",
    instead:
      "Keep the name, or append an optional method with the new one that does the same and leave the old one in its place.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({
      methods: "    fn execute(&self, input: String) -> String;",
      version: 2,
    }),
    limits:
      "An optional method's name is in nothing that was built, so renaming one breaks sources alone. A method that changed its types or its place as well is told as removed and inserted.",
  },
  compared: ({ after, renamed }, report) => {
    for (const pair of renamed) {
      const methods = [pair.after.name];
      const clause = `\`${pair.before.name}\` is called \`${pair.after.name}\` now`;
      if (pair.after.isOptional) {
        report(
          `${clause}. What was built before keeps working, since names of optional methods are in no hash; code that implements or calls it does not compile.`,
          { methods, category: "source" },
        );
      } else {
        report(
          `${clause}. The hash is another one, so ${refusal(after)}, and code that implements or calls it does not compile.`,
          { methods },
        );
      }
    }
  },
};
