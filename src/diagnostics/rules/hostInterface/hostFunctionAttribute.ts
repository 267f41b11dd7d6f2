// A helper attribute of plugin interfaces on a host function.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { textFix } from "../../source/textFixes.ts";
import { wholeLine } from "../../source/attributes/helperAttributes.ts";

export const hostFunctionAttribute: SourceRule = {
  id: "host-function-attribute",
  severity: "error",
  word: "macro",
  page: {
    finds: "`optional`, `wire` or `method_meta` on a host function.",
    why: "They are for the methods of plugin interfaces; a host function has nothing like them.",
    bad: hostExample({ functions: "#[optional(since = 2)]\n    fn log(&self, line: String);" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ methods, placed }, report) => {
    for (const attribute of methods.flatMap(({ attributes }) => attributes)) {
      const helper = attribute.path.join("::");
      if (["optional", "wire", "method_meta"].includes(helper)) {
        const fragment = wholeLine(placed, attribute);
        report(
          attribute,
          `\`#[${helper}]\` is for methods of plugin interfaces; a host function has nothing like it. Remove it.`,
          { fixes: textFix(placed, `Remove \`#[${helper}]\``, { fragment, newText: "" }) },
        );
      }
    }
  },
};
