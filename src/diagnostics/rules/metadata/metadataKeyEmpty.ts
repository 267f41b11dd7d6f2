// A metadata key without a character.

import { exampleLibrary } from "../../source/examples/example.ts";
import { metadataOf } from "../../source/attributes/metadataArguments.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const metadataKeyEmpty: SourceRule = {
  id: "metadata-key-empty",
  severity: "error",
  word: "macro",
  page: {
    finds: "A metadata key that is empty.",
    why: "Hosts find metadata by key, so the macro refuses an empty one.",
    bad: exampleLibrary({
      methods: '    #[method_meta("", "v")]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: (subject, report) => {
    for (const { name, key } of metadataOf(subject).flat()) {
      if (key !== null && key.text === "") {
        report(key.token, `A key of \`#[${name}]\` must not be empty.`);
      }
    }
  },
};
