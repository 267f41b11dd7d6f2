// A method that is no longer there.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { quotedList, refusal } from "../../words.ts";

export const methodRemoved: DriftRule = {
  id: "method-removed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "A method that the interface had and has no longer.",
    why: "A required method is part of the hash, so hosts refuse plugins that were built before. An optional one is not: where it stood above others, these are in other slots now and old plugins run the wrong method. Plugins that implement it do not compile any more.",
    instead:
      "Keep the method, say in its documentation that it is not called any more, and remove it together with the next change that breaks anyway.",
    before: exampleInterface({ methods: `${runMethod}\n    fn stop(&self) -> bool;` }),
    after: exampleInterface({ methods: runMethod, version: 2 }),
    limits:
      "The last optional method breaks only the code of plugins, as long as no other takes its slot: hosts that ask for it are told that it is not implemented.",
  },
  compared: ({ before, after, removed }, report) => {
    for (const method of removed) {
      const below = before.methods
        .slice(before.methods.indexOf(method) + 1)
        .filter(({ name }) => after.methods.some((each) => each.name === name));
      const successor = before.isOrderKnown
        ? after.methods[before.methods.indexOf(method)]
        : undefined;
      const name = `\`${method.name}\``;
      const details = { methods: [method.name], span: after.span };
      if (!method.isOptional) {
        report(
          `${name} is gone. The hash is another one, so ${refusal(after)}, and code that implements or calls it does not compile.`,
          details,
        );
      } else if (below.length > 0 && before.isOrderKnown) {
        report(
          `The optional method ${name} is gone, and ${quotedList(below.map((each) => each.name))} moved up a slot. The hash does not hold optional methods, so old plugins are accepted and run the wrong method.`,
          details,
        );
      } else if (successor !== undefined) {
        report(
          `The optional method ${name} is gone, and \`${successor.name}\` took its slot. Old plugins say that they have it, are accepted and run ${name} instead.`,
          details,
        );
      } else {
        report(
          `The optional method ${name} is gone. Plugins that implement it do not compile; hosts that call it are told that it is not implemented.`,
          { ...details, category: "source" },
        );
      }
    }
  },
};
