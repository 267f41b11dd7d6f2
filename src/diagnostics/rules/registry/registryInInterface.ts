// A registry in a library that others link and no host loads.

import { registryCalls, wholeCall } from "../../source/registryCalls.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const registryInInterface: SourceRule = {
  id: "registry-in-interface",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A `fidius_plugin_registry!()` in an interface crate without plugins.",
    why: "Every library that links the crate exports its registry too: two of them do not link, and a host gets one that it never asked for.",
    bad: "use fidius::plugin_interface;\n\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Tool: Send + Sync {\n    fn run(&self, input: String) -> String;\n}\n\nfidius::fidius_plugin_registry!();\n",
    good: "use fidius::plugin_interface;\n\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Tool: Send + Sync {\n    fn run(&self, input: String) -> String;\n}\n",
    isLinkedOnly: true,
    limits: "Only crates that are no cdylib are looked at.",
  },
  crate: ({ crate, interfaces, impls }, report) => {
    const isLoaded = crate.node.info.crateTypes.some((type) => ["cdylib", "dylib"].includes(type));
    if (
      isLoaded ||
      interfaces.length === 0 ||
      impls.length > 0 ||
      crate.node.info.target !== undefined
    ) {
      return;
    }
    for (const placed of registryCalls(crate)) {
      report(
        placed,
        wholeCall(placed),
        "This crate has interfaces and no plugins. Its registry becomes part of every library that links it, beside the library's own. Remove it.",
        {
          fixes: textFix(placed, "Remove the registry", {
            fragment: wholeCall(placed),
            newText: "",
          }),
        },
      );
    }
  },
};
