// A method of a plugin that its interface does not have.

import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import { implOfInterface } from "../../source/methods/traitMethods.ts";
import type { SourceRule } from "../../sourceRule.ts";

const run = "fn run(&self, input: String) -> String {\n        input\n    }";

export const methodNotInTrait: SourceRule = {
  id: "method-not-in-trait",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A method in a plugin's impl block that the interface does not have.",
    why: "The macro gives every method of the block a slot, and rustc knows none of that name (E0407).",
    bad: exampleLibrary({ impl: `    ${run.replace("run", "runs")}` }),
    good: exampleLibrary({ impl: `    ${run}` }),
  },
  impl: (subject, report) => {
    const found = implOfInterface(subject);
    const traitName = found?.interface.placed.item.name ?? "";
    for (const { own, meant } of found?.strangers ?? []) {
      report(
        own.nameSpan,
        `\`${own.name}\` is no method of \`${traitName}\` (E0407). ${meant === undefined ? "Move it to an impl block of its own." : `Did you mean \`${meant}\`?`}`,
        {
          isLiveInRustAnalyzer: true,
          fixes:
            meant === undefined
              ? []
              : textFix(subject.placed, `Rename it to \`${meant}\``, {
                  fragment: own.nameSpan,
                  newText: meant,
                }),
        },
      );
    }
  },
};
