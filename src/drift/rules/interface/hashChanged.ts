// Another hash, and nothing that tells why.

import type { DriftRule } from "../../driftRule.ts";
import { exampleInterface, runMethod } from "../../example.ts";
import { refusal } from "../../words.ts";

const text = exampleInterface({ methods: runMethod });

export const hashChanged: DriftRule = {
  id: "hash-changed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "An interface with another hash where no method tells why.",
    why: "Hosts refuse plugins that were built before. A library holds the hash of its interface and not what it was made of, and more changed than could be found out from it.",
    instead: "Compare with the revision that the library was built from.",
    before: text,
    after: text,
  },
  concluded: ({ before, after }, changes, report) => {
    if (before.hash !== after.hash && changes.every(({ rule }) => !explaining.has(rule))) {
      report(
        `The hash was ${before.hash} and is ${after.hash}, so ${refusal(after)}. What changed does not show.`,
      );
    }
  },
};

const explaining: ReadonlySet<string> = new Set([
  "method-inserted",
  "method-optional-changed",
  "method-removed",
  "method-renamed",
  "method-retyped",
]);
