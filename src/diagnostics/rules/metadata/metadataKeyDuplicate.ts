// One metadata key twice on one item.

import { exampleLibrary } from "../../source/examples/example.ts";
import { metadataOf } from "../../source/attributes/metadataArguments.ts";
import { wholeLine } from "../../source/attributes/helperAttributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const metadataKeyDuplicate: SourceRule = {
  id: "metadata-key-duplicate",
  severity: "error",
  word: "macro",
  page: {
    finds: "A metadata key that stands twice on one method or trait.",
    why: "A key has one value.",
    bad: exampleLibrary({
      methods:
        '    #[method_meta("k", "v")]\n    #[method_meta("k", "w")]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: (subject, report) => {
    for (const ofItem of metadataOf(subject)) {
      const seen = new Set<string>();
      for (const { name, key, attribute } of ofItem) {
        if (key !== null && seen.has(key.text)) {
          report(
            key.token,
            `\`#[${name}]\` has the key \`${key.text}\` here for the second time. Remove one.`,
            {
              fixes: textFix(subject.placed, "Remove this attribute", {
                fragment: wholeLine(subject.placed, attribute),
                newText: "",
              }),
            },
          );
        }
        seen.add(key?.text ?? "");
      }
    }
  },
};
