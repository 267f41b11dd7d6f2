// An associated function in an interface.

import { exampleLibrary } from "../../source/examples/example.ts";
import { sharedReceiver } from "../../source/methods/receiverFix.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodReceiverMissing: SourceRule = {
  id: "method-receiver-missing",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A function of an interface without a receiver.",
    why: "Fidius gives every function of the trait a vtable slot and calls it on the plugin. rustc says so at the attribute of the impl block.",
    bad: exampleLibrary({
      methods: "    fn run(input: String) -> String;",
      impl: "    fn run(input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: (subject, report) => {
    for (const method of subject.methods.filter(({ hasReceiver }) => !hasReceiver)) {
      report(
        method.nameSpan,
        `\`${method.name}\` takes no \`&self\`, and Fidius calls every function of the trait on the plugin. Add \`&self\`, or move the function out of the trait.`,
        { fixes: sharedReceiver(subject, method) },
      );
    }
  },
};
