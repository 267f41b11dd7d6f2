// A key of `#[host_interface(…)]` that the macro does not know.

import type { SourceRule } from "../../sourceRule.ts";
import { argumentList } from "../../source/attributes/argumentList.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { removeArgument } from "../../source/attributes/attributeFixes.ts";

export const hostInterfaceArgument: SourceRule = {
  id: "host-interface-argument",
  severity: "error",
  word: "macro",
  page: {
    finds: "A key in `#[host_interface(…)]` that the macro does not have.",
    why: "The macro takes `version` and `crate`; a host interface has no buffer strategy.",
    bad: hostExample({ attribute: "version = 1, buffer = PluginAllocated" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ attribute, placed }, report) => {
    for (const argument of argumentList(attribute.arguments).arguments) {
      const { key } = argument;
      if (key !== null && key.text !== "version" && key.text !== "crate") {
        report(
          key,
          `\`host_interface\` has no argument \`${key.text}\`; it takes \`version\` and \`crate\`. Remove it.`,
          { fixes: removeArgument(placed, attribute, argument) },
        );
      }
    }
  },
};
