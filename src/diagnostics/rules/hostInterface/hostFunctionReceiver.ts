// A host function that does not take `&self`.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { receiverOf } from "../../source/methods/signature.ts";
import { sharedReceiver } from "../../source/methods/receiverFix.ts";

export const hostFunctionReceiver: SourceRule = {
  id: "host-function-receiver",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host function whose receiver is not `&self`.",
    why: "All threads of a plugin share the host.",
    bad: hostExample({ functions: "fn log(&mut self, line: String);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: (subject, report) => {
    for (const method of subject.methods) {
      const receiver = receiverOf(subject.placed, method)?.text ?? "";
      if (!/^&\s*(?:'\w+\s+)?self$/u.test(receiver)) {
        report(
          method.nameSpan,
          `The host function \`${method.name}\` must take \`&self\`: all threads of a plugin share the host.`,
          { fixes: sharedReceiver(subject, method) },
        );
      }
    }
  },
};
