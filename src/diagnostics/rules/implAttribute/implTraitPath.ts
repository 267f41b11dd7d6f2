// `#[plugin_impl(module::Trait)]`: the macro takes one identifier.

import type { RustToken } from "../../../abi/rustTokens.ts";
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
    const bare = first && bareName(first.tokens);
    if (first !== undefined && bare !== undefined) {
      const { name, advice } = bare;
      report(
        first,
        `\`#[plugin_impl(…)]\` takes the bare name of the trait. Write \`${name}\`${advice}.`,
        {
          fixes: textFix(placed, `Write \`${name}\``, { fragment: first, newText: name }),
        },
      );
    }
  },
};

/** The name that was meant, where it is not bare. */
function bareName(
  tokens: readonly RustToken[],
): { readonly name: string; readonly advice: string } | undefined {
  const [first, second] = tokens;
  const last = tokens.at(-1);
  if (first?.kind === "identifier" && second?.text === "<") {
    return { name: first.text, advice: "; the header of the impl has what it is given" };
  }
  if (second === undefined) {
    const name = first?.kind === "identifier" ? /^r#(.+)$/u.exec(first.text)?.[1] : undefined;
    return name === undefined ? undefined : { name, advice: "" };
  }
  return last?.kind === "identifier" &&
    tokens.every(({ kind, text }) => kind === "identifier" || text === ":")
    ? { name: last.text, advice: `, and import it with \`__fidius_${last.text}\`` }
    : undefined;
}
