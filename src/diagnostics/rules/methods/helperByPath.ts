// `#[fidius::optional(…)]`: the macros know their helpers by the bare name only.

import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { ItemHead } from "../../../rust/syntax/items/items.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { helperNames, pathFragment } from "../../source/attributes/helperAttributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

export const helperByPath: SourceRule = {
  id: "helper-by-path",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A helper attribute such as `optional` or `method_meta` that is named by a path.",
    why: "Helper attributes are no macros of their own. The macro around takes them away by their bare names, and nobody knows them by a path (E0433).",
    bad: exampleLibrary({
      methods: '    #[fidius::method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
    good: exampleLibrary({
      methods: '    #[method_meta("k", "v")]\n    fn run(&self, input: String) -> String;',
    }),
  },
  interface: ({ item, methods, placed }, report) => {
    [item, ...methods].forEach((part) => {
      check(part, placed, report);
    });
  },
  impl: ({ methods, placed }, report) => {
    methods.forEach((part) => {
      check(part, placed, report);
    });
  },
};

function check({ attributes }: ItemHead, placed: Placed<unknown>, report: Report): void {
  for (const attribute of attributes) {
    const last = attribute.path.at(-1) ?? "";
    const isFidius = attribute.path[0]?.startsWith("fidius") === true;
    if (attribute.path.length > 1 && isFidius && helperNames.includes(last)) {
      const fragment = pathFragment(placed, attribute);
      report(fragment, `Fidius knows \`${last}\` by its bare name only. Write \`#[${last}(…)]\`.`, {
        fixes: textFix(placed, `Write \`${last}\``, { fragment, newText: last }),
      });
    }
  }
}
