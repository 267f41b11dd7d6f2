// An impl block with another buffer strategy than its interface.

import { interfaceArguments } from "../../../rust/fidius/fidiusArguments.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const bufferMismatch: SourceRule = {
  id: "buffer-mismatch",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A plugin with another buffer strategy than its interface.",
    why: "The functions of the two strategies differ, so the vtable does not take them (E0308 at the attribute). A plugin that says nothing has `PluginAllocated`.",
    bad: exampleLibrary({ interface: "version = 1, buffer = Arena" }),
    good: exampleLibrary({
      interface: "version = 1, buffer = Arena",
      plugin: "Tool, buffer = Arena",
    }),
  },
  impl: (subject, report) => {
    if (subject.interface === undefined) {
      return;
    }
    const { attribute, placed } = subject;
    const { buffer } = interfaceArguments(subject.interface.attribute);
    if (buffer === subject.buffer) {
      return;
    }
    const written = argumentNamed(argumentList(attribute.arguments), "buffer");
    report(
      attribute,
      `The interface \`${subject.interface.placed.item.name}\` uses the buffer strategy ${buffer}, this impl ${subject.buffer}, which does not compile (E0308). Write \`buffer = ${buffer}\` here.`,
      {
        fixes:
          written === undefined
            ? addArgument(placed, attribute, `buffer = ${buffer}`)
            : textFix(placed, `Write \`buffer = ${buffer}\``, {
                fragment: spanOfTokens(written.value),
                newText: buffer,
              }),
      },
    );
  },
};
