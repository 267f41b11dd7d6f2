// An inherent method with the name of one of the interface: the generated code calls it instead.

import { exampleLibrary } from "../../source/examples/example.ts";
import { inherentMethods } from "../../source/types/pluginType.ts";
import { receiverOf } from "../../source/methods/signature.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const inherentMethodShadows: SourceRule = {
  id: "inherent-method-shadows",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A method of the plugin's type that has the name of one of the interface's methods.",
    why: "The generated code calls `plugin.run(…)`, and Rust prefers a type's own method to a trait's. The host then gets its result, not the one of the trait's method.",
    bad: exampleLibrary({
      type: "pub struct MyTool;\n\nimpl MyTool {\n    pub fn run(&self, input: String) -> String {\n        input.to_uppercase()\n    }\n}",
    }),
    good: exampleLibrary({
      type: "pub struct MyTool;\n\nimpl MyTool {\n    pub fn run_loudly(&self, input: String) -> String {\n        input.to_uppercase()\n    }\n}",
    }),
  },
  impl: (subject, report) => {
    const names = new Set(subject.methods.map(({ name }) => name));
    for (const { placed, method } of inherentMethods(subject)) {
      const receiver = receiverOf(placed, method);
      const isShared =
        receiver !== null && !/\bmut\b/u.test(receiver.text) && receiver.text.includes("&");
      if (names.has(method.name) && isShared) {
        report(
          method.nameSpan,
          `Hosts that call \`${method.name}\` of \`${subject.traitName ?? ""}\` get this method: the generated code names it without the trait, and a type's own method comes first. Rename it.`,
          { placed },
        );
      }
    }
  },
};
