// A plugin that lacks methods of its interface.

import { exampleLibrary } from "../../source/examples/example.ts";
import { implementMissing } from "../../source/methods/methodStub.ts";
import { implOfInterface } from "../../source/methods/traitMethods.ts";
import type { SourceRule } from "../../sourceRule.ts";

const methods = "    fn run(&self, input: String) -> String;\n    fn stop(&self);";

const run = "    fn run(&self, input: String) -> String {\n        input\n    }";

export const methodMissing: SourceRule = {
  id: "method-missing",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A plugin that does not implement every method of its interface.",
    why: "Its vtable needs one function for each method, the optional ones and those with a default body too (E0046, E0061).",
    bad: exampleLibrary({ methods, impl: run }),
    good: exampleLibrary({ methods, impl: `${run}\n\n    fn stop(&self) {}` }),
    limits:
      "The fix puts each method at the slot that the trait gives it. It is not offered where a type of the trait is not known by the same name here.",
  },
  impl: (subject, report) => {
    const found = implOfInterface(subject);
    if (found === null || found.missing.length === 0) {
      return;
    }
    const { item } = subject;
    const list = found.missing.map(({ item: { name } }) => `\`${name}\``).join(", ");
    // What a macro writes into the block comes too late: Fidius' macro has read it by then.
    const call = item.items.find(({ kind }) => kind === "macroCall");
    report(
      call ?? item.trait ?? item.selfType,
      `This impl lacks ${list} of \`${found.interface.placed.item.name}\`. A plugin must implement every method, the optional ones and those with a default body too (E0046, E0061).`,
      {
        fixes: call === undefined ? implementMissing(subject, found) : [],
        // rust-analyzer sees what macros write, and asks for no method with a default body.
        isLiveInRustAnalyzer:
          call === undefined && found.missing.every(({ item: { body } }) => body === null),
      },
    );
  },
};
