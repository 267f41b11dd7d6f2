// A metadata key that Fidius keeps for itself.

import { exampleLibrary } from "../../source/examples/example.ts";
import { metadataOf } from "../../source/attributes/metadataArguments.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const metadataKeyReserved: SourceRule = {
  id: "metadata-key-reserved",
  severity: "error",
  word: "macro",
  page: {
    finds: "A metadata key that begins with `fidius.`.",
    why: "Fidius keeps these keys for itself.",
    bad: exampleLibrary({
      methods:
        '    #[method_meta("fidius.kind", "v")]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: (subject, report) => {
    for (const { key } of metadataOf(subject).flat()) {
      if (key?.text.startsWith("fidius.") === true) {
        const own = key.text.slice("fidius.".length);
        report(
          key.token,
          `Fidius keeps keys that begin with \`fidius.\` for itself. Choose a prefix of your own.`,
          {
            fixes:
              own.trim() === ""
                ? []
                : textFix(subject.placed, `Write \`${own}\``, {
                    fragment: key.token,
                    newText: JSON.stringify(own),
                  }),
          },
        );
      }
    }
  },
};
