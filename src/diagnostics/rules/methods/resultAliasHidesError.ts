// An alias of `Result` under another name: its error is an ordinary value to Fidius.

import type { Names } from "../../../rust/names/names.ts";
import { parseType, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf, type WrittenType } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { partsOf } from "../../source/types/streamTypes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const resultAliasHidesError: SourceRule = {
  id: "result-alias-hides-error",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A method that returns a `Result` under another name, or inside of an `Option`.",
    why: "The macro knows a `Result` by its name. Behind an alias the call succeeds, and hosts get the error as part of the value.",
    bad: exampleLibrary({
      items: "pub type Answer<T> = Result<T, fidius::PluginError>;",
      methods: "    fn run(&self) -> Answer<u8>;",
      impl: "    fn run(&self) -> Answer<u8> {\n        Ok(1)\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self) -> Result<u8, fidius::PluginError>;",
      impl: "    fn run(&self) -> Result<u8, fidius::PluginError> {\n        Ok(1)\n    }",
    }),
  },
  interface: ({ methods, module, sources }, report) => {
    for (const { name, returns } of methods) {
      const type = returns === null ? undefined : parseType(returns);
      if (returns === null || type?.kind !== "path" || isResult(type)) {
        continue;
      }
      if (isAliasOfResult(sources.names, { type, module })) {
        report(
          returns,
          `Fidius does not see that \`${returns.text}\` is a \`Result\`: when \`${name}\` fails, the call succeeds and the error is part of the value. Write the \`Result\` out.`,
        );
      } else if (type.segments.at(-1)?.name === "Option" && partsOf(type).some(isResult)) {
        report(
          returns,
          `An error inside of the \`Option\` is part of the value: the call of \`${name}\` succeeds all the same.`,
          { severity: "hint" },
        );
      }
    }
  },
};

function isResult(type: TypeSyntax): boolean {
  return type.kind === "path" && type.segments.at(-1)?.name === "Result";
}

function isAliasOfResult(names: Names, written: WrittenType): boolean {
  const found = definitionOf(names, written);
  const item = found?.kind === "item" ? found.placed.item : undefined;
  return item?.kind === "alias" && item.type !== null && isResult(parseType(item.type));
}
