// A host interface without functions.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";

export const hostInterfaceEmpty: SourceRule = {
  id: "host-interface-empty",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host interface that declares no function.",
    why: "A plugin has nothing to ask of such a host, and the macro refuses it.",
    bad: hostExample({ functions: "" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ item, methods }, report) => {
    if (methods.length === 0) {
      report(
        item.nameSpan,
        `The host interface \`${item.name}\` has no function. Declare at least one.`,
      );
    }
  },
};
