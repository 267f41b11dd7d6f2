// `#[optional(…)]` whose argument the macro does not take.

import { argumentList, spanOfTokens } from "../../source/argumentList.ts";
import { exampleLibrary } from "../../source/example.ts";
import { helpersNamed, wholeLine } from "../../source/helperAttributes.ts";
import { isU32 } from "../../source/numbers.ts";
import { literalText } from "../../../rust/syntax/attributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const more = {
  impl: "    fn run(&self, input: String) -> String {\n        input\n    }\n    fn more(&self) -> u8 {\n        1\n    }",
};
const method = (attribute: string): string =>
  `    fn run(&self, input: String) -> String;\n    ${attribute}\n    fn more(&self) -> u8;`;

export const optionalArgumentInvalid: SourceRule = {
  id: "optional-argument-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "An `#[optional(…)]` that is not `since = N`, or a second one on a method.",
    why: "The macro takes one whole number: the interface version that brought the method. Of two attributes the first counts, without a word.",
    bad: exampleLibrary({ methods: method('#[optional(since = "1")]'), ...more }),
    good: exampleLibrary({ methods: method("#[optional(since = 1)]"), ...more }),
  },
  interface: ({ methods, placed }, report) => {
    for (const { attributes, name } of methods) {
      const [first, second] = helpersNamed({ attributes }, "optional");
      const argument = first && argumentList(first.arguments).arguments[0];
      const value = argument?.value ?? [];
      const [token] = value;
      if (argument !== undefined && argument.key?.text !== "since") {
        report(argument.key ?? argument, "`#[optional(…)]` takes `since = N`.");
      } else if (argument !== undefined && !argument.hasEquals) {
        report(argument.key ?? argument, "`since` needs a number: write `since = N`.");
      } else if (token !== undefined && !isU32(value)) {
        const text = value.length === 1 ? literalText(token) : null;
        report(spanOfTokens(value), "`since` takes a whole number without quotes.", {
          fixes:
            text !== null && /^\d+$/u.test(text)
              ? textFix(placed, `Write \`${text}\` without quotes`, {
                  fragment: token,
                  newText: text,
                })
              : [],
        });
      }
      if (second !== undefined) {
        report(
          second,
          `\`${name}\` has a second \`#[optional]\`, and the first one counts. Remove one.`,
          {
            severity: "warning",
            fixes: textFix(placed, "Remove this attribute", {
              fragment: wholeLine(placed, second),
              newText: "",
            }),
          },
        );
      }
    }
  },
};
