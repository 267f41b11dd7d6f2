// `#[plugin_impl(Tool,)]`: unlike the interface's macro this one takes no comma at the end.

import { argumentList } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const implTrailingComma: SourceRule = {
  id: "impl-trailing-comma",
  severity: "error",
  word: "macro",
  page: {
    finds: "A comma behind the last argument of `#[plugin_impl(…)]`.",
    why: "The macro waits for another argument behind each comma. `#[plugin_interface(…)]` takes one, this macro does not.",
    bad: exampleLibrary({ plugin: "Tool," }),
    good: exampleLibrary(),
  },
  impl: ({ attribute, placed }, report) => {
    const { trailingComma } = argumentList(attribute.arguments);
    if (trailingComma !== null) {
      report(
        trailingComma,
        "`#[plugin_impl(…)]` takes no comma behind its last argument. Remove it.",
        { fixes: textFix(placed, "Remove the comma", { fragment: trailingComma, newText: "" }) },
      );
    }
  },
};
