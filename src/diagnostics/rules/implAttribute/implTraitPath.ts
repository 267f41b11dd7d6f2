// `#[plugin_impl(module::Trait)]`: the macro takes one identifier.

import { argumentList } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const implTraitPath: SourceRule = {
  id: "impl-trait-path",
  severity: "error",
  word: "macro",
  page: {
    finds: "A path where `#[plugin_impl(…)]` takes the bare name of a trait.",
    why: "The generated code makes the name of the companion module out of it, `__fidius_<Trait>`, which must be in scope as well.",
    bad: exampleLibrary({ plugin: "self::Tool" }),
    good: exampleLibrary(),
  },
  impl: ({ attribute, placed }, report) => {
    const [first] = argumentList(attribute.arguments).arguments;
    const last = first?.tokens.at(-1);
    if (
      first !== undefined &&
      last?.kind === "identifier" &&
      first.tokens.length > 1 &&
      first.tokens.every(({ kind, text }) => kind === "identifier" || text === ":")
    ) {
      report(
        first,
        `\`#[plugin_impl(…)]\` takes the bare name of the trait. Write \`${last.text}\`, and import it with \`__fidius_${last.text}\`.`,
        {
          fixes: textFix(placed, `Write \`${last.text}\``, { fragment: first, newText: last.text }),
        },
      );
    }
  },
};
