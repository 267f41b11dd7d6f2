// `#[plugin_impl]` on something that is no impl block.

import { misplacedMacro } from "../../source/attributes/misplacedMacro.ts";
import { interfaceNotATrait } from "./interfaceNotATrait.ts";
import type { SourceRule } from "../../sourceRule.ts";

const { good } = interfaceNotATrait.page;

export const implNotAnImpl: SourceRule = {
  id: "impl-not-an-impl",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[plugin_impl]` on a struct or anything else that is no impl block.",
    why: "The macro makes the plugin out of the methods of an `impl Trait for Type` block.",
    bad: good.replace("pub struct MyTool;", "#[plugin_impl(Tool)]\npub struct MyTool;"),
    good,
  },
  crate: misplacedMacro(
    "plugin_impl",
    "impl",
    "`#[plugin_impl]` belongs on an `impl Trait for Type` block, not on the type.",
  ),
};
