// `crate = …` that is no text with a Rust path in it.

import type { Placed } from "../../../rust/names/modules/modules.ts";
import { literalText } from "../../../rust/syntax/items/attributes.ts";
import type { Attribute } from "../../../rust/syntax/items/items.ts";
import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix, textOf } from "../../source/textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

const path =
  /^\s*(?:::\s*)?(?:r#)?[\p{XID_Start}_]\p{XID_Continue}*(?:\s*::\s*(?:r#)?[\p{XID_Start}_]\p{XID_Continue}*)*\s*$/u;

export const cratePathInvalid: SourceRule = {
  id: "crate-path-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `crate = …` that is no text, or whose text is no path.",
    why: "The macro reads a Rust path out of a string literal.",
    bad: exampleLibrary({ interface: "version = 1, buffer = PluginAllocated, crate = fidius" }),
    good: exampleLibrary({ interface: 'version = 1, buffer = PluginAllocated, crate = "fidius"' }),
  },
  interface: ({ attribute, placed }, report) => {
    check(attribute, placed, report);
  },
  impl: ({ attribute, placed }, report) => {
    check(attribute, placed, report);
  },
  hostInterface: ({ attribute, placed }, report) => {
    check(attribute, placed, report);
  },
};

function check(attribute: Attribute, placed: Placed<unknown>, report: Report): void {
  const value = argumentNamed(argumentList(attribute.arguments), "crate")?.value ?? [];
  const [first] = value;
  if (first === undefined) {
    return;
  }
  const fragment = spanOfTokens(value);
  const written = value.length === 1 ? literalText(first) : null;
  if (written !== null && path.test(written)) {
    return;
  }
  const source = textOf(placed, fragment);
  report(fragment, `\`crate = …\` takes a path in quotes, such as \`crate = "fidius"\`.`, {
    fixes:
      written === null && path.test(source)
        ? textFix(placed, "Put the path in quotes", { fragment, newText: `"${source}"` })
        : [],
  });
}
