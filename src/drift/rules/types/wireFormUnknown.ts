// Types that cannot be compared.

import { exampleInterface } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { quotedList } from "../../words.ts";

const text = exampleInterface({ methods: "    fn run(&self, value: other::Value) -> u8;" });

export const wireFormUnknown: DriftRule = {
  id: "wire-form-unknown",
  category: "binary",
  severity: "warning",
  page: {
    finds: "A type that the sources do not tell, so that nobody knows whether its bytes changed.",
    why: "A change in it would be silent: the hash holds only its name.",
    instead:
      "Look at the type yourself. `fidius-call types --verify` compares what is known of it with the compiler's word.",
    before: text,
    after: text.replace("-> u8;", "-> u8;\n    #[optional(since = 1)]\n    fn more(&self);"),
    limits: "It is told only where something else changed in the same interface or its package.",
  },
  compared: ({ drift }, report) => {
    const byType = new Map<string, string[]>();
    for (const { method, rustType } of drift.unknown) {
      byType.set(rustType, [...(byType.get(rustType) ?? []), method]);
    }
    for (const [rustType, methods] of byType) {
      report(
        `\`${rustType}\` is not known from the sources, so the wire form of ${quotedList(methods)} was not compared.`,
        { methods },
      );
    }
  },
};
