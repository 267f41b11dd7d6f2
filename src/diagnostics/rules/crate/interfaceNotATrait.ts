// `#[plugin_interface]` on something that is no trait.

import { misplacedMacro } from "../../source/attributes/misplacedMacro.ts";
import type { SourceRule } from "../../sourceRule.ts";

const plugin =
  "use fidius::plugin_impl;\nuse fidius::plugin_interface;\n\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Tool: Send + Sync {\n    fn run(&self) -> u8;\n}\n\npub struct MyTool;\n\n#[plugin_impl(Tool)]\nimpl Tool for MyTool {\n    fn run(&self) -> u8 {\n        1\n    }\n}\n\nfidius::fidius_plugin_registry!();\n";

export const interfaceNotATrait: SourceRule = {
  id: "interface-not-a-trait",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[plugin_interface]` on a struct, a function or anything else that is no trait.",
    why: "An interface is a trait, whose methods become the slots of the vtable.",
    bad: plugin.replace(
      "pub struct MyTool;",
      "#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub struct MyTool;",
    ),
    good: plugin,
  },
  crate: misplacedMacro(
    "plugin_interface",
    "trait",
    "`#[plugin_interface]` belongs on a trait, whose methods plugins implement.",
  ),
};
