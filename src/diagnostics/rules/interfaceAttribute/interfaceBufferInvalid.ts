// `buffer = …` of an interface that names no strategy.

import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";
import { bufferFixes, isBuffer } from "./bufferValue.ts";
import { isRemovedBuffer } from "./interfaceBufferRemoved.ts";

export const interfaceBufferInvalid: SourceRule = {
  id: "interface-buffer-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "A buffer strategy that Fidius does not have.",
    why: "The macro takes the bare name `PluginAllocated` or `Arena`: no path, no text.",
    bad: exampleLibrary({ interface: 'version = 1, buffer = "PluginAllocated"' }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    const value = argumentNamed(argumentList(attribute.arguments), "buffer")?.value ?? [];
    if (value.length > 0 && !isBuffer(value) && !isRemovedBuffer(value)) {
      report(
        spanOfTokens(value),
        "Fidius has the buffer strategies `PluginAllocated` and `Arena`. Write one of them as a bare name.",
        { fixes: bufferFixes(placed, value) },
      );
    }
  },
};
