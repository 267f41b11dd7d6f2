// A method that is async in the trait or in the impl block only.

import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { asyncKeyword } from "../../source/methods/signature.ts";
import type { ImplSubject } from "../../source/subjects.ts";
import { textFix, textOf, type Replacement } from "../../source/textFixes.ts";
import { implOfInterface } from "../../source/methods/traitMethods.ts";
import type { SourceRule } from "../../sourceRule.ts";

const future =
  /^impl\s+(?:\w+\s*::\s*)*Future\s*<\s*Output\s*=\s*(?<output>[\s\S]+)>\s*(?:\+[\s\S]*)?$/u;

export const methodAsyncDiffers: SourceRule = {
  id: "method-async-differs",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A method that is `async` in the trait and not in the impl block, or the other way round.",
    why: "The macros look for the keyword on each side. `impl Future` is none for them, although Rust takes one for the other.",
    bad: exampleLibrary({
      impl: "    async fn run(&self, input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary(),
  },
  impl: (subject, report) => {
    const found = implOfInterface(subject);
    for (const { own, declared } of found?.pairs ?? []) {
      const { item } = declared;
      const returnsFuture = item.returns !== null && future.test(item.returns.text);
      if (own.isAsync && returnsFuture && found !== null) {
        report(
          item.returns,
          "Fidius does not take `impl Future` for an async method: the text goes into the interface hash as it stands. Write `async fn` in the trait.",
          { placed: found.interface.placed, severity: "warning" },
        );
      } else if (own.isAsync !== item.isAsync) {
        report(
          own.nameSpan,
          item.isAsync
            ? `\`${own.name}\` is async in the trait, and here it is not. Write \`async fn\`.`
            : `\`${own.name}\` is async here, and in the trait it is not. Remove \`async\`, or write it in the trait and in every plugin.`,
          { fixes: item.isAsync ? addAsync(subject, own) : dropAsync(subject, own) },
        );
      }
    }
  },
};

function addAsync({ placed }: ImplSubject, own: FunctionItem): ReturnType<typeof textFix> {
  const keyword = /(?:unsafe\s+|extern\s+(?:"[^"]*"\s*)?)*fn\s*$/u.exec(
    textOf(placed, { start: own.start, end: own.nameSpan.start }),
  );
  if (keyword === null) {
    return [];
  }
  const start = own.start + keyword.index;
  const output =
    own.returns === null ? undefined : future.exec(own.returns.text)?.groups?.["output"];
  const changes: Replacement[] = [{ fragment: { start, end: start }, newText: "async " }];
  if (output !== undefined && own.returns !== null) {
    changes.push({ fragment: own.returns, newText: output.trim() });
    const block = own.body === null ? null : asyncBlock(textOf(placed, own.body));
    if (block !== null && own.body !== null) {
      changes.push({ fragment: own.body, newText: block });
    }
  }
  return textFix(placed, "Write `async fn`", ...changes);
}

/** The text of a body that is one `async` block, without that block around it. */
function asyncBlock(body: string): string | null {
  const found = /^\{\s*async\s+(?:move\s+)?(?<block>\{[\s\S]*\})\s*\}$/u.exec(body);
  return found?.groups?.["block"] ?? null;
}

function dropAsync({ placed }: ImplSubject, own: FunctionItem): ReturnType<typeof textFix> {
  const fragment = asyncKeyword(placed, own);
  return fragment === null ? [] : textFix(placed, "Remove `async`", { fragment, newText: "" });
}
