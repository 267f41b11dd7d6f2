// `#[plugin_interface]` without `buffer`.

import { argumentList, isMeant } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceBufferMissing: SourceRule = {
  id: "interface-buffer-missing",
  severity: "error",
  word: "macro",
  page: {
    finds: "An interface whose attribute names no buffer strategy.",
    why: "The strategy decides who owns the memory of results. Host and plugin must agree on it, so the macro does not choose one.",
    bad: exampleLibrary({ interface: "version = 1" }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    const list = argumentList(attribute.arguments);
    if (isMeant(list, "version") && !isMeant(list, "buffer")) {
      report(
        attribute,
        "This interface has no buffer strategy, which the macro needs. Write `buffer = PluginAllocated`.",
        { fixes: addArgument(placed, attribute, "buffer = PluginAllocated") },
      );
    }
  },
};
