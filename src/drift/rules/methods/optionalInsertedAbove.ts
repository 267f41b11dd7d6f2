// A new optional method above others: the same hash, other slots.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { quotedList } from "../../words.ts";

export const optionalInsertedAbove: DriftRule = {
  id: "optional-inserted-above",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "A new optional method that stands above methods which were there before.",
    why: "Those below it move down a slot. The hash does not hold optional methods, so plugins that were built before are accepted, and another of their methods runs. Among optional methods the bits that tell which of them a plugin has move too.",
    instead: "Move it to the end of the trait.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({
      methods: `    #[optional(since = 2)]\n    fn stop(&self) -> bool;\n${runMethod}`,
      version: 2,
    }),
  },
  compared: ({ before, after, added, kept }, report) => {
    for (const method of added.filter(({ isOptional }) => isOptional)) {
      const index = after.methods.indexOf(method);
      const below = kept.filter((pair) => after.methods.indexOf(pair.after) > index);
      if (below.length > 0) {
        const verb = below.length === 1 ? "moves" : "move";
        const reason =
          before.hash === after.hash
            ? "The hash does not hold optional methods, so plugins that were built before are accepted and run the wrong method"
            : "Plugins that were built before have other methods in these slots";
        report(
          `The optional method \`${method.name}\` is new above ${quotedList(below.map((pair) => pair.after.name))}, which ${verb} down a slot. ${reason}. Move \`${method.name}\` to the end of the trait.`,
          { methods: [method.name] },
        );
      }
    }
  },
};
