// `cfg` on a method that does not hold. Fidius' macros do not look at it (reference 2.2): the method keeps its slot and its line
// in the hash, and the generated code names what is not there.

import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

const run = "    fn run(&self, input: String) -> String";

const stop = '    #[cfg(feature = "never")]\n    fn stop(&self)';

const body = " {\n        input\n    }";

export const methodConditional: SourceRule = {
  id: "method-conditional",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A method of an interface or of a plugin under a `cfg` that does not hold in this build.",
    why: "Fidius' macros do not look at the condition. The method keeps its slot and its line in the interface hash, and the generated code names what is not there (E0599, E0061).",
    bad: exampleLibrary({ methods: `${run};\n${stop};`, impl: `${run}${body}\n\n${stop} {}` }),
    good: exampleLibrary({ impl: `${run}${body}` }),
  },
  interface: ({ methods, module }, report) => {
    check(
      methods,
      module,
      report,
      (name) =>
        `The \`cfg\` on \`${name}\` does not hold in this build, but Fidius' macro does not look at it: the method keeps its slot and its line in the interface hash, and no impl block compiles (E0061). Move it to a trait of its own under that \`cfg\`, or make it \`#[optional(since = N)]\` without one.`,
    );
  },
  impl: ({ methods, module }, report) => {
    check(
      methods,
      module,
      report,
      (name) =>
        `The \`cfg\` on \`${name}\` does not hold in this build, but Fidius' macro does not look at it and calls a method that is not there (E0599). Put the \`cfg\` on the whole impl block, or on what stands in the method's body.`,
    );
  },
};

function check(
  methods: readonly FunctionItem[],
  { crate }: Module,
  report: Report,
  sentence: (name: string) => string,
): void {
  for (const { name, attributes, nameSpan } of methods) {
    if (crate.configuration.verdict(attributes) === false) {
      const condition = attributes.find(({ path }) => path.join() === "cfg") ?? nameSpan;
      report(condition, sentence(name));
    }
  }
}
