// A generic host interface.

import type { SourceRule } from "../../sourceRule.ts";
import { genericsOf } from "../../source/methods/signature.ts";
import { hostExample } from "../../source/examples/hostExample.ts";

export const hostInterfaceGeneric: SourceRule = {
  id: "host-interface-generic",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host interface with generic parameters, constants or types of its own.",
    why: "Its functions have one form on the wire, for all plugins.",
    bad: hostExample({ bounds: "<T>: Send + Sync", functions: "fn log(&self, line: T);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ item, placed }, report) => {
    for (const part of item.items) {
      if (part.kind === "const" || part.kind === "alias") {
        report(
          part.nameSpan,
          `Plugins reach the host through \`dyn ${item.name}\`, which cannot have a ${part.kind === "const" ? "constant" : "type"} of its own (E0038). Put it outside of the trait.`,
          { isLiveInRustAnalyzer: false },
        );
      }
    }
    if (item.generics.length > 0) {
      report(
        genericsOf(placed, item) ?? item.nameSpan,
        `The host interface \`${item.name}\` cannot be generic: its functions have one form on the wire. Remove its parameters.`,
      );
    }
  },
};
