// A variant behind those that an enum had.

import { exampleInterface } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

const derive = "#[derive(serde::Serialize, serde::Deserialize)]\n";
const methods = "    fn run(&self, mode: Mode) -> u8;";

export const variantAdded: DriftRule = {
  id: "variant-added",
  category: "source",
  severity: "breaking",
  page: {
    finds: "A new variant behind those that an enum had.",
    why: "The others keep their numbers, so what was built before reads them as ever and refuses only the new one. A `match` in a plugin does not cover it and does not compile.",
    instead:
      "Write `#[non_exhaustive]` on enums that will grow before they are published. Pass the new variant only to plugins that know it.",
    before: exampleInterface({ methods, items: `${derive}pub enum Mode {\n    Fast,\n}` }),
    after: exampleInterface({
      methods,
      items: `${derive}pub enum Mode {\n    Fast,\n    Careful,\n}`,
      version: 2,
    }),
    limits: "A variant between others changes their numbers: that is wire-form-changed.",
  },
  compared: ({ drift, placeOf }, report) => {
    for (const { effect, clause, member, methods: concerned } of drift.changes) {
      if (effect === "variant") {
        report(
          `${clause} at its end. What was built before reads the others and refuses this one; a \`match\` in a plugin no longer covers all of them.`,
          { methods: concerned, ...(member === undefined ? {} : { span: placeOf(member) }) },
        );
      }
    }
  },
};
