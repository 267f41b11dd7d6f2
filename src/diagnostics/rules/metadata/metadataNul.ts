// A NUL in metadata.

import { exampleLibrary } from "../../source/examples/example.ts";
import { metadataOf } from "../../source/attributes/metadataArguments.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const metadataNul: SourceRule = {
  id: "metadata-nul",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A metadata key or value with a NUL character.",
    why: "The descriptor holds C strings, which end at the first NUL. It compiles, and hosts read a shorter text.",
    bad: exampleLibrary({
      methods: '    #[method_meta("k", "a\\0b")]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: (subject, report) => {
    for (const { key, value } of metadataOf(subject).flat()) {
      for (const part of [key, value]) {
        if (part?.text.includes("\0") === true) {
          report(
            part.token,
            "Hosts read this text up to its first NUL only, because the descriptor holds C strings. Remove the NUL.",
          );
        }
      }
    }
  },
};
