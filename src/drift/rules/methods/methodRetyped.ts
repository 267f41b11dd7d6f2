// A method with another signature.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { refusal, signatureTexts } from "../../words.ts";

export const methodRetyped: DriftRule = {
  id: "method-retyped",
  category: "binary",
  severity: "breaking",
  page: {
    finds:
      "A method with other arguments, another result, or with `Stream` or `#[wire(raw)]` where there was none.",
    why: "The signatures of required methods are what the hash is made of, spelling included, so hosts refuse plugins that were built before. Those of optional methods are not in it: old plugins are accepted and misread their arguments.",
    instead:
      "Leave the method as it is and append an optional one with the new signature, or raise the version and build every plugin again.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({
      methods: "    fn run(&self, input: String, limit: u32) -> String;",
      version: 2,
    }),
    limits:
      "Names of arguments do not count. A type that is only spelled in another way, such as `std::string::String`, changes the hash too.",
  },
  compared: ({ after, kept }, report) => {
    for (const pair of kept) {
      const { signature } = pair.before;
      if (signature === undefined || pair.after.signature === undefined) {
        continue;
      }
      const [then, now] = [signature, pair.after.signature].map((line) =>
        line.slice(line.indexOf(":")),
      );
      if (then === now) {
        continue;
      }
      const [before, today] = signatureTexts(pair.before, pair.after);
      const clause = `\`${pair.after.name}\` was \`${before}\` and is \`${today}\``;
      report(
        pair.before.isOptional && pair.after.isOptional
          ? `${clause}. The hash does not hold optional methods, so old plugins are accepted and misread the call.`
          : `${clause}. The hash is another one, so ${refusal(after)}.`,
        { methods: [pair.after.name] },
      );
    }
  },
};
