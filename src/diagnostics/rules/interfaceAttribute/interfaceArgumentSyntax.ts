// `version: 1`, `version = 1 buffer = …`: a sign that the macro waits for is missing.

import type { RustToken } from "../../../abi/rustTokens.ts";
import { argumentList, type Argument } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { behind, textFix, type Replacement } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const keys: readonly string[] = ["version", "buffer", "crate", "config"];

export const interfaceArgumentSyntax: SourceRule = {
  id: "interface-argument-syntax",
  severity: "error",
  word: "macro",
  page: {
    finds: "A missing `=` or `,` between the arguments of `#[plugin_interface(…)]`.",
    why: "The macro reads `key = value` pairs with commas between them and stops at the first other sign.",
    bad: exampleLibrary({ interface: "version: 1, buffer = PluginAllocated" }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    for (const comma of doubledCommas(attribute.arguments)) {
      report(comma, "The macro expects an argument between two commas. Remove one of them.", {
        fixes: textFix(placed, "Remove the comma", { fragment: comma, newText: "" }),
      });
    }
    for (const argument of argumentList(attribute.arguments).arguments) {
      const { key } = argument;
      const second = argument.tokens[1];
      if (key === null || !keys.includes(key.text)) {
        continue;
      }
      if (!argument.hasEquals) {
        const place = second ?? behind(key);
        const replacement =
          second?.text === ":"
            ? [{ fragment: second, newText: " =" }]
            : second?.text === "("
              ? withoutParentheses(argument, second)
              : [{ fragment: behind(key), newText: " =" }];
        report(place, `The macro expects \`=\` behind \`${key.text}\`.`, {
          fixes: second === undefined ? [] : textFix(placed, "Write `=`", ...replacement),
        });
        continue;
      }
      const next = missingComma(argument);
      if (next !== undefined) {
        const isSemicolon = next.before.text === ";";
        report(next.token, `The macro expects a comma before \`${next.token.text}\`.`, {
          fixes: textFix(placed, "Insert the comma", {
            fragment: isSemicolon ? next.before : behind(next.before),
            newText: ",",
          }),
        });
      }
    }
  },
};

/** Commas right behind another one, or before everything. */
function doubledCommas(tokens: readonly RustToken[]): readonly RustToken[] {
  return tokens.filter(
    ({ text }, index) => text === "," && (index === 0 || tokens[index - 1]?.text === ","),
  );
}

/** `version = 1` for `version(1)`. */
function withoutParentheses({ tokens }: Argument, open: RustToken): readonly Replacement[] {
  const close = tokens.at(-1);
  return close?.text === ")"
    ? [
        { fragment: open, newText: " = " },
        { fragment: close, newText: "" },
      ]
    : [{ fragment: open, newText: " = (" }];
}

/** The key of the next argument that stands where a comma should. */
function missingComma({
  value,
}: Argument):
  | { readonly token: Argument["value"][number]; readonly before: Argument["value"][number] }
  | undefined {
  const at = value.findIndex(
    ({ kind, text }, index) =>
      index > 0 && kind === "identifier" && keys.includes(text) && value[index + 1]?.text === "=",
  );
  const token = value[at];
  const last = value[at - 1];
  return token === undefined || last === undefined ? undefined : { token, before: last };
}
