// `#[optional(…)]` whose argument the macro does not take.

import { argumentList, spanOfTokens, type Argument } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { helpersNamed, wholeLine } from "../../source/attributes/helperAttributes.ts";
import { isU32 } from "../../source/attributes/numbers.ts";
import { literalText } from "../../../rust/syntax/items/attributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute } from "../../../rust/syntax/items/items.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

const more = {
  impl: "    fn run(&self, input: String) -> String {\n        input\n    }\n    fn more(&self) -> u8 {\n        1\n    }",
};
const withMore = (attribute: string): string =>
  `    fn run(&self, input: String) -> String;\n    ${attribute}\n    fn more(&self) -> u8;`;

export const optionalArgumentInvalid: SourceRule = {
  id: "optional-argument-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "An `#[optional(…)]` that is not `since = N`, or a second one on a method.",
    why: "The macro takes one whole number: the interface version that brought the method. Of two attributes the first counts, without a word.",
    bad: exampleLibrary({ methods: withMore('#[optional(since = "1")]'), ...more }),
    good: exampleLibrary({ methods: withMore("#[optional(since = 1)]"), ...more }),
  },
  interface: ({ methods, placed }, report) => {
    for (const method of methods) {
      const [first, second] = helpersNamed(method, "optional");
      if (first !== undefined) {
        checkArgument(first, placed, report);
      }
      if (second !== undefined) {
        report(
          second,
          `\`${method.name}\` has a second \`#[optional]\`, and the first one counts. Remove one.`,
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

function checkArgument(attribute: Attribute, placed: Placed<unknown>, report: Report): void {
  for (const argument of argumentList(attribute.arguments).arguments) {
    checkOne(argument, placed, report);
  }
}

function checkOne(argument: Argument, placed: Placed<unknown>, report: Report): void {
  const { key, value, hasEquals } = argument;
  const [token] = value;
  if (key?.text !== "since") {
    report(key ?? argument, "`#[optional(…)]` takes `since = N`.");
  } else if (!hasEquals) {
    report(key, "`since` needs a number: write `since = N`.");
  } else if (token !== undefined && !isU32(value)) {
    const text = value.length === 1 ? literalText(token) : null;
    report(spanOfTokens(value), "`since` takes a whole number without quotes.", {
      fixes:
        text !== null && /^\d+$/u.test(text)
          ? textFix(placed, `Write \`${text}\` without quotes`, { fragment: token, newText: text })
          : [],
    });
  }
}
