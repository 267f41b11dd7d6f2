// `#[trait_meta(…)]` above `#[plugin_interface(…)]`.

import { helpersNamed, wholeLine } from "../../source/attributes/helperAttributes.ts";
import { behind, indentAt, textFix, textOf } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const trait = "pub trait Tool: Send + Sync {\n    fn run(&self, input: String) -> String;\n}\n";
const uses = "use fidius::plugin_interface;\n\n";
const own = "#[plugin_interface(version = 1, buffer = PluginAllocated)]\n";
const meta = '#[trait_meta("k", "v")]\n';

export const traitMetaAboveAttribute: SourceRule = {
  id: "trait-meta-above-attribute",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A `#[trait_meta(…)]` that stands above `#[plugin_interface(…)]`.",
    why: "rustc looks at attributes from the top, and only the interface's macro knows `trait_meta`.",
    bad: uses + meta + own + trait,
    good: uses + own + meta + trait,
  },
  interface: ({ item, attribute, placed }, report) => {
    for (const helper of helpersNamed(item, "trait_meta")) {
      if (helper.start < attribute.start) {
        report(
          helper,
          "`#[trait_meta]` must stand below `#[plugin_interface]`, whose macro reads it. Move it down.",
          {
            fixes: textFix(
              placed,
              "Move it below `#[plugin_interface]`",
              { fragment: wholeLine(placed, helper), newText: "" },
              {
                fragment: behind(attribute),
                newText: `\n${indentAt(placed, attribute.start)}${textOf(placed, helper)}`,
              },
            ),
          },
        );
      }
    }
  },
};
