// Methods in another order: the same hash, other slots.

import { exampleInterface } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { movedEntries } from "../../moved.ts";

export const methodsReordered: DriftRule = {
  id: "methods-reordered",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "Methods that stand in another order than before.",
    why: "A method is called by its place in the trait, and the hash is made of sorted signatures. Plugins that were built before are accepted, and another of their methods runs.",
    instead: "Put the methods back into their order. New ones go to the end.",
    before: exampleInterface({
      methods: "    fn start(&self) -> bool;\n    fn stop(&self) -> bool;",
    }),
    after: exampleInterface({
      methods: "    fn stop(&self) -> bool;\n    fn start(&self) -> bool;",
    }),
    limits:
      "Of methods that changed places the fewest that explain the new order are told. A library without symbols does not tell its order.",
  },
  compared: ({ before, after, kept }, report) => {
    if (!before.isOrderKnown) {
      return;
    }
    const order = kept.map((pair) => before.methods.indexOf(pair.before));
    for (const index of movedEntries(order)) {
      const pair = kept[index];
      if (pair === undefined) {
        continue;
      }
      const [then, now] = [before.methods.indexOf(pair.before), after.methods.indexOf(pair.after)];
      const other = before.methods[now];
      const instead =
        other === undefined || other === pair.before ? "another one" : `\`${other.name}\``;
      report(
        `\`${pair.after.name}\` was method ${String(then + 1)} and is ${String(now + 1)}, where plugins that were built before have ${instead}. The hash does not hold the order, so they are accepted and run the wrong method.`,
        { methods: [pair.after.name] },
      );
    }
  },
};
