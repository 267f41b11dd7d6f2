// One key twice: the macro takes the last without a word.

import { removeArgument } from "../../source/attributes/attributeFixes.ts";
import { argumentList } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceArgumentDuplicate: SourceRule = {
  id: "interface-argument-duplicate",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A key that stands twice in `#[plugin_interface(…)]`.",
    why: "It compiles, and the last one counts. A version that someone reads at the front is then not the library's.",
    bad: exampleLibrary({ interface: "version = 1, version = 2, buffer = PluginAllocated" }),
    good: exampleLibrary({ interface: "version = 2, buffer = PluginAllocated" }),
  },
  interface: ({ attribute, placed }, report) => {
    const { arguments: list } = argumentList(attribute.arguments);
    for (const [index, argument] of list.entries()) {
      const name = argument.key?.text;
      const first = list.findIndex(({ key }) => key !== null && key.text === name);
      const earlier = list[first];
      if (argument.key !== null && earlier !== undefined && first < index) {
        report(
          argument.key,
          `\`${argument.key.text}\` stands here for the second time, and the last one counts. Remove one.`,
          { fixes: removeArgument(placed, attribute, earlier) },
        );
      }
    }
  },
};
