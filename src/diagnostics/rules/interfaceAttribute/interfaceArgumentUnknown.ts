// A key of `#[plugin_interface(…)]` that the macro does not know.

import { removeArgument } from "../../source/attributes/attributeFixes.ts";
import { argumentList } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { nearestName } from "../../source/nearestName.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const known: readonly string[] = ["version", "buffer", "crate"];

export const interfaceArgumentUnknown: SourceRule = {
  id: "interface-argument-unknown",
  severity: "error",
  word: "macro",
  page: {
    finds: "A key in `#[plugin_interface(…)]` that the macro does not have.",
    why: "The macro refuses the whole attribute. rustc marks all of it; this diagnostic marks the key.",
    bad: exampleLibrary({ interface: "version = 1, buffers = PluginAllocated" }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    const { arguments: list } = argumentList(attribute.arguments);
    for (const argument of list) {
      const { key } = argument;
      if (key === null || known.includes(key.text)) {
        continue;
      }
      const nearest = nearestName(
        key.text,
        known.filter((name) => !list.some((other) => other.key?.text === name)),
      );
      report(
        key,
        `\`#[plugin_interface]\` has no argument \`${key.text}\`, only \`version\`, \`buffer\` and \`crate\`. ${nearest === undefined ? "Remove it." : `Did you mean \`${nearest}\`?`}`,
        {
          fixes:
            nearest === undefined
              ? removeArgument(placed, attribute, argument)
              : textFix(placed, `Write \`${nearest}\``, { fragment: key, newText: nearest }),
        },
      );
    }
  },
};
