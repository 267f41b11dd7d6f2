// A generic host function.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";

export const hostFunctionGeneric: SourceRule = {
  id: "host-function-generic",
  severity: "error",
  word: "macro",
  page: {
    finds:
      "A host function with generic parameters, lifetimes and `impl Trait` arguments included.",
    why: "It has one form on the wire, for all plugins.",
    bad: hostExample({ functions: "fn log<T: ToString>(&self, line: T);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ methods }, report) => {
    for (const { type } of methods.flatMap(({ parameters }) => parameters)) {
      if (/\bimpl\b/u.test(type.text)) {
        report(
          type,
          "An `impl Trait` argument makes the host function generic, and it has one form on the wire. Write a concrete type.",
          { isLiveInRustAnalyzer: false },
        );
      }
    }
    for (const method of methods.filter(({ generics }) => generics.length > 0)) {
      report(
        method.nameSpan,
        `The host function \`${method.name}\` cannot be generic: it has one form on the wire. Remove its parameters.`,
      );
    }
  },
};
