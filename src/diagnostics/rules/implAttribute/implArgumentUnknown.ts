// A key of `#[plugin_impl(…)]` that the macro does not know.

import { argumentList } from "../../source/attributes/argumentList.ts";
import { removeArgument } from "../../source/attributes/attributeFixes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { nearestName } from "../../source/nearestName.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const known: readonly string[] = ["crate", "buffer", "config"];

export const implArgumentUnknown: SourceRule = {
  id: "impl-argument-unknown",
  severity: "error",
  word: "macro",
  page: {
    finds: "A key in `#[plugin_impl(…)]` that the macro does not have.",
    why: "The macro refuses the attribute. A version, for one, belongs to the interface.",
    bad: exampleLibrary({ plugin: "Tool, version = 1" }),
    good: exampleLibrary(),
  },
  impl: ({ attribute, placed }, report) => {
    for (const argument of argumentList(attribute.arguments).arguments.slice(1)) {
      const { key } = argument;
      if (key === null || known.includes(key.text)) {
        continue;
      }
      const nearest = nearestName(key.text, known);
      report(
        key,
        `\`#[plugin_impl]\` has no argument \`${key.text}\`, only \`crate\`, \`buffer\` and \`config\`. ${nearest === undefined ? "Remove it." : `Did you mean \`${nearest}\`?`}`,
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
