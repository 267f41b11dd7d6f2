// The result of a `#[wire(raw)]` method: `Vec<u8>`, or a `Result` with it.

import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { FunctionItem, TypeSource } from "../../../rust/syntax/items/items.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { isRawReturn, onRawMethods } from "../../source/types/rawTypes.ts";
import { parameterList } from "../../source/methods/signature.ts";
import { textFix } from "../../source/textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

export const rawReturn: SourceRule = {
  id: "raw-return",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[wire(raw)]` method that returns neither `Vec<u8>` nor `Result<Vec<u8>, E>`.",
    why: "Raw methods pass the bytes as they are.",
    bad: exampleLibrary({
      methods: "    #[wire(raw)]\n    fn run(&self, a: Vec<u8>) -> String;",
      impl: "    #[wire(raw)]\n    fn run(&self, _a: Vec<u8>) -> String {\n        Default::default()\n    }",
    }),
    good: exampleLibrary({
      methods: "    #[wire(raw)]\n    fn run(&self, a: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(raw)]\n    fn run(&self, a: Vec<u8>) -> Vec<u8> {\n        a\n    }",
    }),
  },
  ...onRawMethods(check),
};

function check(
  method: FunctionItem,
  placed: Placed<unknown>,
  report: Report,
  fixType: (source: TypeSource, newText: string) => readonly TextFix[],
): void {
  const { name, nameSpan, returns } = method;
  const message = `The \`#[wire(raw)]\` method \`${name}\` must return \`Vec<u8>\` or \`Result<Vec<u8>, E>\`.`;
  if (returns === null) {
    const close = parameterList(placed, method)?.tokens.at(-1);
    const end = close === undefined ? -1 : placed.chunk.text.indexOf(")", close.end);
    report(nameSpan, message, {
      fixes:
        end === -1
          ? []
          : textFix(placed, "Return `Vec<u8>`", {
              fragment: { start: end + 1, end: end + 1 },
              newText: " -> Vec<u8>",
            }),
    });
    return;
  }
  const type = parseType(returns);
  if (!isRawReturn(type)) {
    report(returns, message, {
      fixes: fixType(returns, "Vec<u8>"),
    });
  }
}
