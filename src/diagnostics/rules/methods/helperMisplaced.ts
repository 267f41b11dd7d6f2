// A helper attribute where no macro looks for it.

import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute, ItemHead } from "../../../rust/syntax/items/items.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { helpersNamed, pathFragment, wholeLine } from "../../source/attributes/helperAttributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

export const helperMisplaced: SourceRule = {
  id: "helper-misplaced",
  severity: "error",
  word: "silent",
  page: {
    finds:
      "`optional` or `method_meta` on a plugin's method, `trait_meta` on a method, or `method_meta` on a trait.",
    why: "Methods are described in the interface. On a plugin's method rustc does not know the attribute; on the wrong part of a trait it can vanish without a word.",
    bad: exampleLibrary({
      impl: "    #[optional(since = 1)]\n    fn run(&self, input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: ({ item, methods, placed }, report) => {
    checkAll(item, ["method_meta", "optional", "wire"], "methods", placed, report);
    for (const method of methods) {
      checkAll(method, ["trait_meta"], "the trait itself", placed, report);
    }
  },
  impl: ({ item, methods, placed }, report) => {
    for (const part of [item, ...methods]) {
      checkAll(part, ["optional", "method_meta"], "the interface's methods", placed, report);
      checkAll(part, ["trait_meta"], "the interface", placed, report);
    }
  },
};

function checkAll(
  item: ItemHead,
  names: readonly string[],
  place: string,
  placed: Placed<unknown>,
  report: Report,
): void {
  for (const name of names) {
    for (const attribute of helpersNamed(item, name)) {
      reportOne(attribute, name, place, placed, report);
    }
  }
}

function reportOne(
  attribute: Attribute,
  name: string,
  place: string,
  placed: Placed<unknown>,
  report: Report,
): void {
  report(
    pathFragment(placed, attribute),
    `\`#[${name}]\` belongs on ${place}; here it has no effect or does not compile. Move it there, or remove it.`,
    {
      fixes: textFix(placed, `Remove \`#[${name}]\``, {
        fragment: wholeLine(placed, attribute),
        newText: "",
      }),
    },
  );
}
