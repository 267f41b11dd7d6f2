// `#[async_trait]` above Fidius' attribute: it has rewritten the methods by the time that Fidius' macro reads them.

import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute, FunctionItem, ItemHead } from "../../../rust/syntax/items/items.ts";
import { wholeLine } from "../../source/attributes/helperAttributes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { implementationsOf } from "../../source/methods/implementations.ts";
import { textFixIn } from "../../source/textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

const run = "    async fn run(&self, input: String) -> String";

const async = { methods: `${run};`, impl: `${run} {\n        input\n    }` };

const below = exampleLibrary(async);

export const asyncTraitMacro: SourceRule = {
  id: "async-trait-macro",
  severity: "error",
  word: "rustc",
  page: {
    finds: "`#[async_trait]` above `#[plugin_interface]` or `#[plugin_impl]`.",
    why: "Attributes run from the top. Fidius' macro then finds methods that return a boxed future, which has no form as bytes (E0277). Fidius needs no `async_trait`: async methods are its own. Below Fidius' attribute it is harmless.",
    bad: below.replaceAll("#[plugin_", "#[async_trait::async_trait]\n#[plugin_"),
    good: below,
  },
  interface: (subject, report) => {
    check(subject, () => [subject, ...implementationsOf(subject)], report);
  },
  impl: (subject, report) => {
    check(subject, () => [subject], report);
  },
};

interface Written {
  readonly placed: Placed<ItemHead>;
  /** Fidius' own. */
  readonly attribute: Attribute;
}

function check(
  subject: Written & { readonly methods: readonly FunctionItem[] },
  everywhere: () => readonly Written[],
  report: Report,
): void {
  const above = asyncTraitAbove(subject);
  if (above !== undefined && subject.methods.some(({ isAsync }) => isAsync)) {
    const changes = everywhere().flatMap((written) => {
      const found = asyncTraitAbove(written);
      const { placed } = written;
      return found === undefined
        ? []
        : [{ placed, fragment: wholeLine(placed, found), newText: "" }];
    });
    report(
      above,
      "`#[async_trait]` runs before Fidius' macro here and turns the async methods into others (E0277). Fidius needs no `async_trait`: remove it.",
      { fixes: textFixIn("Remove `#[async_trait]`", ...changes) },
    );
  }
}

function asyncTraitAbove({ placed, attribute }: Written): Attribute | undefined {
  return placed.item.attributes.find(
    ({ path, start }) => path.at(-1) === "async_trait" && start < attribute.start,
  );
}
