// A metadata attribute whose arguments are not two texts.

import { spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { closingParenthesis, hasParentheses } from "../../source/attributes/helperAttributes.ts";
import { metadataOf, type MetadataAttribute } from "../../source/attributes/metadataArguments.ts";
import { textFix } from "../../source/textFixes.ts";
import type { InterfaceSubject } from "../../source/subjects.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

export const metadataSyntax: SourceRule = {
  id: "metadata-syntax",
  severity: "error",
  word: "macro",
  page: {
    finds: 'A `#[method_meta(…)]` or `#[trait_meta(…)]` that is not `("key", "value")`.',
    why: "The macro takes two string literals: no constants, no numbers, no `key = value`.",
    bad: exampleLibrary({
      methods: '    #[method_meta("k", 1)]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "1")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: (subject, report) => {
    for (const metadata of metadataOf(subject).flat()) {
      check(metadata, subject, report);
    }
  },
};

function check(
  { name, attribute, key, value }: MetadataAttribute,
  { placed }: InterfaceSubject,
  report: Report,
): void {
  const wanted = `\`#[${name}("key", "value")]\``;
  const [first, comma, second, ...rest] = attribute.arguments;
  if (!hasParentheses(placed, attribute)) {
    report(attribute, `The macro takes a key and a value here: ${wanted}.`);
  } else if (first === undefined || (key !== null && comma === undefined)) {
    report(closingParenthesis(placed, attribute), `The macro takes a key and a value: ${wanted}.`);
  } else if (key === null) {
    report(first, `The key must be a text in quotes: ${wanted}.`, {
      fixes:
        first.kind === "literal"
          ? textFix(placed, "Put the key in quotes", {
              fragment: first,
              newText: `"${first.text}"`,
            })
          : [],
    });
  } else if (comma?.text !== ",") {
    report(comma ?? first, `The macro expects a comma behind the key: ${wanted}.`);
  } else if (second === undefined) {
    report(closingParenthesis(placed, attribute), `The value is missing: ${wanted}.`);
  } else if (value === null) {
    report(second, `The value must be a text in quotes: ${wanted}.`, {
      fixes:
        second.kind === "literal"
          ? textFix(placed, "Put the value in quotes", {
              fragment: second,
              newText: `"${second.text}"`,
            })
          : [],
    });
  } else if (rest.length > 0) {
    report(spanOfTokens(rest), `The macro takes one key and one value: ${wanted}.`, {
      fixes: textFix(placed, "Remove what is too much", {
        fragment: spanOfTokens(rest),
        newText: "",
      }),
    });
  }
}
