// `#[plugin_impl]` without a trait.

import { argumentList } from "../../source/attributes/argumentList.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
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
    if (argumentList(attribute.arguments).arguments.length === 0) {
      const name = headerName ?? "Trait";
      report(
        attribute,
        `\`#[plugin_impl]\` needs the name of the interface's trait. Write \`#[plugin_impl(${name})]\`.`,
        { fixes: headerName === null ? [] : addArgument(placed, attribute, headerName) },
      );
    }
  },
};
