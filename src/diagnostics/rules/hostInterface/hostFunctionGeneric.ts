// A generic host function.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";

export const hostFunctionGeneric: SourceRule = {
  id: "host-function-generic",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host function with generic parameters, lifetimes included.",
    why: "It has one form on the wire, for all plugins.",
    bad: hostExample({ functions: "fn log<T: ToString>(&self, line: T);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ methods }, report) => {
    for (const method of methods.filter(({ generics }) => generics.length > 0)) {
      report(
        method.nameSpan,
        `The host function \`${method.name}\` cannot be generic: it has one form on the wire. Remove its parameters.`,
      );
    }
  },
};
