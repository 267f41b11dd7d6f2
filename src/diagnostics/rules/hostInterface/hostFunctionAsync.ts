// An async host function.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { removeAsync } from "../../source/methods/implementations.ts";

export const hostFunctionAsync: SourceRule = {
  id: "host-function-async",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host function that is async.",
    why: "The plugin waits for its answer. A host that needs to await uses its own runtime.",
    bad: hostExample({ functions: "async fn log(&self, line: String);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: (subject, report) => {
    for (const method of subject.methods.filter(({ isAsync }) => isAsync)) {
      report(
        method.nameSpan,
        `The host function \`${method.name}\` cannot be async: the plugin waits for its answer. Remove \`async\`; a host that needs to await uses its own runtime.`,
        { fixes: removeAsync(subject, method) },
      );
    }
  },
};
