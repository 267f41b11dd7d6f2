// A host function whose error is not Fidius' own.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { parseType, placeOfPart } from "../../../rust/syntax/typeSyntax.ts";
import { textFix } from "../../source/textFixes.ts";

export const hostFunctionError: SourceRule = {
  id: "host-function-error",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host function that returns a `Result` with another error than `PluginError`.",
    why: "Both sides know that error: its code, message and details say what went wrong.",
    bad: hostExample({ functions: "fn log(&self, line: String) -> Result<(), String>;" }),
    good: hostExample({
      functions: "fn log(&self, line: String) -> Result<(), fidius::PluginError>;",
    }),
    isLinkedOnly: true,
  },
  hostInterface: ({ methods, placed, rules }, report) => {
    for (const returns of methods.flatMap((method) => method.returns ?? [])) {
      const syntax = parseType(returns);
      const last = syntax.kind === "path" ? syntax.segments.at(-1) : undefined;
      const types = last?.arguments.flatMap((given) => (given.kind === "type" ? [given.type] : []));
      const failure = types?.[1];
      const isOwn = failure?.kind === "path" && failure.segments.at(-1)?.name === "PluginError";
      if (last?.name === "Result" && failure !== undefined && !isOwn) {
        const fragment = placeOfPart(returns, failure);
        const newText = `${rules.defaultPath}::PluginError`;
        report(
          fragment,
          "A host function that can fail returns `Result<T, PluginError>`, the one error that both sides know. Put what went wrong into its code, message and details.",
          { fixes: textFix(placed, `Write \`${newText}\``, { fragment, newText }) },
        );
      }
    }
  },
};
