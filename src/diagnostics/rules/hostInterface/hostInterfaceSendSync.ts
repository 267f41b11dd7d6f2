// A host interface without `Send + Sync`.

import type { SourceRule } from "../../sourceRule.ts";
import { behind, textFix } from "../../source/textFixes.ts";
import { boundsOf } from "../../source/types/bounds.ts";
import { hostExample } from "../../source/examples/hostExample.ts";

export const hostInterfaceSendSync: SourceRule = {
  id: "host-interface-send-sync",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host interface whose trait does not ask for `Send + Sync` by these bare names.",
    why: "Threads of a plugin call a host at the same time. The macro looks for the names themselves; `std::marker::Send` does not count.",
    bad: hostExample({ bounds: "" }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ item, placed }, report) => {
    const bounds = boundsOf(placed, item);
    const missing = ["Send", "Sync"].filter((name) => !bounds.names.includes(name));
    if (missing.length === 0) {
      return;
    }
    const added = missing.join(" + ");
    report(
      item.nameSpan,
      `Threads of a plugin call a host at the same time, so a host interface must say \`trait ${item.name}: Send + Sync\`, by these bare names. ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing.`,
      {
        fixes: textFix(placed, `Add \`${added}\``, {
          fragment: behind(bounds.colon ?? item.nameSpan),
          newText: bounds.colon === null ? `: ${added}` : ` ${added}${bounds.isEmpty ? "" : " +"}`,
        }),
      },
    );
  },
};
