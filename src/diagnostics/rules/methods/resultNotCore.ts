// A result called `Result` that is not std's.

import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { typeFix } from "../../source/methods/implementations.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const resultNotCore: SourceRule = {
  id: "result-not-core",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A method that returns `std::fmt::Result`, or an own type called `Result`.",
    why: "The macro takes every type of that name for std's `Result` and matches on `Ok` and `Err`.",
    bad: exampleLibrary({
      methods: "    fn run(&self) -> std::fmt::Result;",
      impl: "    fn run(&self) -> std::fmt::Result {\n        Ok(())\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self) -> Result<(), fidius::PluginError>;",
      impl: "    fn run(&self) -> Result<(), fidius::PluginError> {\n        Ok(())\n    }",
    }),
  },
  interface: (subject, report) => {
    const { methods, module, rules, sources } = subject;
    for (const { name, returns } of methods) {
      const type = returns === null ? undefined : parseType(returns);
      if (returns === null || type?.kind !== "path" || type.segments.at(-1)?.name !== "Result") {
        continue;
      }
      const found = definitionOf(sources.names, { type, module });
      const isFmt = found?.kind === "std" && found.path.join("::") === "fmt::Result";
      const isOwn =
        found?.kind === "item" && ["struct", "enum", "union"].includes(found.placed.item.kind);
      const wanted = `Result<(), ${rules.defaultPath}::PluginError>`;
      if (isFmt) {
        report(
          returns,
          `The error of \`std::fmt::Result\` has no bytes, so \`${name}\` cannot return it. Write \`${wanted}\`.`,
          { fixes: typeFix(subject, returns, wanted) },
        );
      } else if (isOwn) {
        report(
          returns,
          "Fidius takes every type called `Result` for std's, and this one is another. Rename it.",
        );
      }
    }
  },
};
