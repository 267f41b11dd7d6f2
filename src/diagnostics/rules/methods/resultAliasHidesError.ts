// An alias of `Result` under another name: its error is an ordinary value to Fidius.

import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf } from "../../source/compareTypes.ts";
import { exampleLibrary } from "../../source/example.ts";
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
      const last = type?.kind === "path" ? type.segments.at(-1) : undefined;
      if (returns === null || type === undefined || last === undefined || last.name === "Result") {
        continue;
      }
      const [argument] = last.name === "Option" ? last.arguments : [];
      const inner =
        argument?.kind === "type" && argument.type.kind === "path" ? argument.type : undefined;
      const found = definitionOf(sources.names, { type, module });
      const item = found?.kind === "item" ? found.placed.item : undefined;
      const target =
        item?.kind === "alias" && item.type !== null ? parseType(item.type) : undefined;
      if (target?.kind === "path" && target.segments.at(-1)?.name === "Result") {
        report(
          returns,
          `Fidius does not see that \`${last.name}\` is a \`Result\`: when \`${name}\` fails, the call succeeds and the error is part of the value. Write the \`Result\` out.`,
        );
      } else if (inner?.segments.at(-1)?.name === "Result") {
        report(
          returns,
          `An error inside of the \`Option\` is part of the value: the call of \`${name}\` succeeds all the same.`,
          { severity: "hint" },
        );
      }
    }
  },
};
