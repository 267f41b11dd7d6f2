// A receiver that takes the plugin away, or that needs a box around it.

import { exampleLibrary } from "../../source/examples/example.ts";
import { sharedReceiver } from "../../source/methods/receiverFix.ts";
import { receiverOf } from "../../source/methods/signature.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodReceiverOwned: SourceRule = {
  id: "method-receiver-owned",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A method of an interface that takes `self`, `self: Box<Self>`, `self: Arc<Self>` and the like.",
    why: "The generated code has a shared reference to the plugin and nothing else. rustc says so at the attribute of the impl block.",
    bad: exampleLibrary({
      methods: "    fn run(self: Box<Self>, input: String) -> String;",
      impl: "    fn run(self: Box<Self>, input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: (subject, report) => {
    for (const method of subject.methods) {
      const receiver = receiverOf(subject.placed, method);
      if (receiver === null || /\bmut\b/u.test(receiver.text) || isShared(receiver.text)) {
        continue;
      }
      report(
        receiver,
        `\`${method.name}\` must take \`&self\`: the code that Fidius generates has only a shared reference to the plugin.`,
        { fixes: sharedReceiver(subject, method) },
      );
    }
  },
};

/** `&self`, `&'a self`, `self: &Self`. */
function isShared(text: string): boolean {
  return /^(?:&\s*(?:'\w+\s+)?self|self\s*:\s*&.*)$/su.test(text);
}
