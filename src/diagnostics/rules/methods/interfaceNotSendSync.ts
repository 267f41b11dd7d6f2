// An interface without `Send + Sync`.

import { exampleLibrary } from "../../source/examples/example.ts";
import { boundsOf } from "../../source/types/bounds.ts";
import { behind, textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceNotSendSync: SourceRule = {
  id: "interface-not-send-sync",
  severity: "warning",
  word: "silent",
  page: {
    finds: "An interface whose trait does not ask for `Send + Sync`.",
    why: "Hosts call one instance from many threads. With the bounds rustc refuses a plugin that cannot bear that; without them it compiles.",
    bad: exampleLibrary({ supertraits: "" }),
    good: exampleLibrary(),
    limits: "Other supertraits may bring the bounds, so a trait that has any is left alone.",
  },
  interface: ({ item, placed }, report) => {
    const { colon, hasWhere } = boundsOf(placed, item);
    if (colon === null && !hasWhere && item.generics.length === 0) {
      report(
        item.nameSpan,
        `Hosts call one \`${item.name}\` from many threads, and nothing here asks for that. Write \`trait ${item.name}: Send + Sync\`.`,
        {
          fixes: textFix(placed, "Add `Send + Sync`", {
            fragment: behind(item.nameSpan),
            newText: ": Send + Sync",
          }),
        },
      );
    }
  },
};
