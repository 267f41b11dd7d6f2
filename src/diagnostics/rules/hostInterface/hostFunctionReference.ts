// A host function that borrows an argument.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { borrows } from "../../source/types/borrows.ts";
import { ownedText } from "../../source/types/ownedText.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { textFix } from "../../source/textFixes.ts";

export const hostFunctionReference: SourceRule = {
  id: "host-function-reference",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host function with an argument that is a reference, or a result that holds one.",
    why: "The argument is sent to the host as bytes, and the host owns what it reads.",
    bad: hostExample({ functions: "fn log(&self, line: &str);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ methods, module, placed, sources }, report) => {
    for (const { returns } of methods) {
      if (returns !== null && borrows(parseType(returns), module, sources.names)) {
        report(
          returns,
          "The plugin reads what a host function returns out of bytes that are gone after the call. Return a type that owns its parts.",
          { isLiveInRustAnalyzer: false },
        );
      }
    }
    for (const { type } of methods.flatMap(({ parameters }) => parameters)) {
      const syntax = parseType(type);
      const owned = syntax.kind === "reference" ? ownedText(syntax) : undefined;
      if (syntax.kind === "reference") {
        report(
          type,
          "An argument of a host function must be an owned type (`String`, `Vec<u8>`, …), not a reference: it is sent to the host.",
          {
            fixes:
              owned === undefined
                ? []
                : textFix(placed, `Write \`${owned}\``, { fragment: type, newText: owned }),
          },
        );
      }
    }
  },
};
