// `#[plugin_impl]` without a trait.

import { argumentList } from "../../source/attributes/argumentList.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const implTraitMissing: SourceRule = {
  id: "impl-trait-missing",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[plugin_impl]` that names no trait.",
    why: "The macro finds the interface by the name in the attribute, not by the impl's header.",
    bad: exampleLibrary({ plugin: "" }),
    good: exampleLibrary(),
  },
  impl: ({ attribute, placed, headerName }, report) => {
    const [first] = argumentList(attribute.arguments).arguments;
    const name = headerName ?? "Trait";
    if (first !== undefined && (first.key === null || first.hasEquals)) {
      const isText = first.tokens.length === 1 && first.tokens[0]?.kind !== "punctuation";
      const place = isText ? first : { start: first.start, end: first.start };
      report(
        first,
        `\`#[plugin_impl(…)]\` begins with the name of the interface's trait. Write \`${name}\` there.`,
        {
          fixes:
            headerName === null
              ? []
              : textFix(placed, `Write \`${headerName}\``, {
                  fragment: place,
                  newText: isText ? headerName : `${headerName}, `,
                }),
        },
      );
    }
    if (first === undefined) {
      report(
        attribute,
        `\`#[plugin_impl]\` needs the name of the interface's trait. Write \`#[plugin_impl(${name})]\`.`,
        { fixes: headerName === null ? [] : addArgument(placed, attribute, headerName) },
      );
    }
  },
};
