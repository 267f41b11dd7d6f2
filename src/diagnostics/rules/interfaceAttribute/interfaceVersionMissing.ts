// `#[plugin_interface]` without `version`.

import { argumentList, isMeant } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceVersionMissing: SourceRule = {
  id: "interface-version-missing",
  severity: "error",
  word: "macro",
  page: {
    finds: "An interface whose attribute gives no version.",
    why: "The version is part of the library's descriptor. Hosts compare it before they call anything, so the macro does not choose one.",
    bad: exampleLibrary({ interface: "buffer = PluginAllocated" }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    const list = argumentList(attribute.arguments);
    if (isMeant(list, "version")) {
      return;
    }
    const added = isMeant(list, "buffer") ? "version = 1" : "version = 1, buffer = PluginAllocated";
    report(
      attribute,
      "This interface has no version, which the macro needs. Write `version = 1`, and raise it when the interface changes.",
      { fixes: addArgument(placed, attribute, added) },
    );
  },
};
