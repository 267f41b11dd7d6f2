// `#[host_interface]` in a crate that is built with a Fidius before 0.5.7.

import { isBefore } from "../../../rust/fidius/fidiusRelease.ts";
import { pathFragment } from "../../source/attributes/helperAttributes.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const hostInterfaceFidiusTooOld: SourceRule = {
  id: "host-interface-fidius-too-old",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A host interface in a crate that is built with a Fidius before 0.5.7.",
    why: "Host functions came with 0.5.7; before that there is no such macro (E0433).",
    fidius: "0.4.2",
    bad: hostExample(),
    good: "pub trait Host: Send + Sync {\n    fn log(&self, line: String);\n}\n",
    isLinkedOnly: true,
  },
  hostInterface: ({ attribute, module, placed, sources }, report) => {
    if (isBefore("0.5.7", sources.names.graph, module.crate.node)) {
      const path = pathFragment(placed, attribute);
      const start = path.end - (attribute.path.at(-1)?.length ?? 0);
      report(
        { start, end: path.end },
        "Host interfaces need Fidius 0.5.7, and this crate is built with an older release. Raise the requirement on Fidius in Cargo.toml.",
      );
    }
  },
};
