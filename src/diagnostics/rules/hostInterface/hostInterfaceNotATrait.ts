// `#[host_interface]` on something that is no trait.

import { misplacedMacro } from "../../source/attributes/misplacedMacro.ts";
import type { SourceRule } from "../../sourceRule.ts";

const host =
  "#[fidius::host_interface(version = 1)]\npub trait Host: Send + Sync {\n    fn log(&self, line: String);\n}\n\npub struct Other;\n";

export const hostInterfaceNotATrait: SourceRule = {
  id: "host-interface-not-a-trait",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[host_interface]` on anything that is no trait.",
    why: "A host interface is a trait, whose functions the host implements.",
    bad: host.replace("pub struct", "#[fidius::host_interface(version = 1)]\npub struct"),
    good: host,
  },
  crate: misplacedMacro(
    "host_interface",
    "trait",
    "`#[host_interface]` belongs on a trait, whose functions the host implements.",
  ),
};
