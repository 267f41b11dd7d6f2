// `buffer = CallerAllocated`, which Fidius 0.1.0 took away.

import type { RustToken } from "../../../abi/rustTokens.ts";
import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceBufferRemoved: SourceRule = {
  id: "interface-buffer-removed",
  severity: "error",
  word: "macro",
  page: {
    finds: "The buffer strategy `CallerAllocated`.",
    why: "Fidius 0.1.0 removed it; before that no release could build it.",
    bad: exampleLibrary({ interface: "version = 1, buffer = CallerAllocated" }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    const value = argumentNamed(argumentList(attribute.arguments), "buffer")?.value ?? [];
    if (isRemovedBuffer(value)) {
      report(
        spanOfTokens(value),
        "Fidius 0.1.0 removed the buffer strategy `CallerAllocated`. Write `PluginAllocated`.",
        {
          fixes: textFix(placed, "Write `buffer = PluginAllocated`", {
            fragment: spanOfTokens(value),
            newText: "PluginAllocated",
          }),
        },
      );
    }
  },
};

/** The strategy that is gone. */
export function isRemovedBuffer(value: readonly RustToken[]): boolean {
  return value.length === 1 && value[0]?.text === "CallerAllocated";
}
