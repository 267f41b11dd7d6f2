// A receiver that may change the plugin.

import { exampleLibrary } from "../../source/examples/example.ts";
import { sharedReceiver } from "../../source/methods/receiverFix.ts";
import { receiverOf } from "../../source/methods/signature.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodReceiverMut: SourceRule = {
  id: "method-receiver-mut",
  severity: "error",
  word: "macro",
  page: {
    finds: "A method of an interface that takes `&mut self`, `mut self` or `self: &mut Self`.",
    why: "Hosts call one instance from many threads, so a method gets a shared reference. State that changes goes behind a `Mutex` or an atomic.",
    bad: exampleLibrary({
      methods: "    fn run(&mut self, input: String) -> String;",
      impl: "    fn run(&mut self, input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: (subject, report) => {
    for (const method of subject.methods) {
      const receiver = receiverOf(subject.placed, method);
      if (receiver !== null && /\bmut\b/u.test(receiver.text)) {
        report(
          receiver,
          `\`${method.name}\` must take \`&self\`: hosts call a plugin from many threads at once. Keep what changes behind a \`Mutex\` or an atomic.`,
          { fixes: sharedReceiver(subject, method) },
        );
      }
    }
  },
};
