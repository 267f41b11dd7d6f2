// A metadata key with space at its ends.

import { exampleLibrary } from "../../source/examples/example.ts";
import { metadataOf } from "../../source/attributes/metadataArguments.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const metadataKeyWhitespace: SourceRule = {
  id: "metadata-key-whitespace",
  severity: "error",
  word: "macro",
  page: {
    finds: "A metadata key that begins or ends with space.",
    why: "A key that looks like another one would never be found, so the macro refuses it.",
    bad: exampleLibrary({
      methods: '    #[method_meta(" k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: (subject, report) => {
    for (const { name, key } of metadataOf(subject).flat()) {
      const trimmed = key?.text.trim() ?? "";
      if (key !== null && trimmed !== key.text) {
        report(key.token, `A key of \`#[${name}]\` must not begin or end with space.`, {
          fixes:
            trimmed === ""
              ? []
              : textFix(subject.placed, "Remove the space", {
                  fragment: key.token,
                  newText: JSON.stringify(trimmed),
                }),
        });
      }
    }
  },
};
