// `buffer = …` of an impl that names no strategy.

import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { interfaceArguments } from "../../../rust/fidius/fidiusArguments.ts";
import type { SourceRule } from "../../sourceRule.ts";
import { bufferFixes, isBuffer } from "../interfaceAttribute/bufferValue.ts";

export const implBufferInvalid: SourceRule = {
  id: "impl-buffer-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "A buffer strategy of a plugin that Fidius does not have.",
    why: "The macro takes the bare name `PluginAllocated` or `Arena`, the one that the interface has.",
    bad: exampleLibrary({ plugin: "Tool, buffer = CallerAllocated" }),
    good: exampleLibrary(),
  },
  impl: ({ attribute, placed, interface: found }, report) => {
    const value = argumentNamed(argumentList(attribute.arguments), "buffer")?.value ?? [];
    if (value.length > 0 && !isBuffer(value)) {
      report(
        spanOfTokens(value),
        "Fidius has the buffer strategies `PluginAllocated` and `Arena`. Write the one that the interface has, as a bare name.",
        { fixes: bufferFixes(placed, value, found && interfaceArguments(found.attribute).buffer) },
      );
    }
  },
};
