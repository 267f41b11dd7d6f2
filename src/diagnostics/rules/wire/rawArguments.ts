// The arguments of a `#[wire(raw)]` method: exactly one `Vec<u8>`.

import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { FunctionItem, TypeSource } from "../../../rust/syntax/items/items.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { isByteVector, onRawMethods } from "../../source/types/rawTypes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

export const rawArguments: SourceRule = {
  id: "raw-arguments",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[wire(raw)]` method whose arguments are not exactly one `Vec<u8>`.",
    why: "Raw methods pass the bytes as they are. The macro goes by the name `Vec<u8>`: an alias does not count.",
    bad: exampleLibrary({
      methods: "    #[wire(raw)]\n    fn run(&self, a: String) -> Vec<u8>;",
      impl: "    #[wire(raw)]\n    fn run(&self, a: String) -> Vec<u8> {\n        a.into()\n    }",
    }),
    good: exampleLibrary({
      methods: "    #[wire(raw)]\n    fn run(&self, a: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(raw)]\n    fn run(&self, a: Vec<u8>) -> Vec<u8> {\n        a\n    }",
    }),
  },
  ...onRawMethods(check),
};

function check(
  { name, nameSpan, parameters }: FunctionItem,
  _placed: Placed<unknown>,
  report: Report,
  fixType: (source: TypeSource, newText: string) => readonly TextFix[],
): void {
  const [only] = parameters;
  if (only === undefined || parameters.length > 1) {
    report(
      nameSpan,
      `\`${name}\` is \`#[wire(raw)]\` and must take exactly one argument, a \`Vec<u8>\`.`,
    );
  } else if (!isByteVector(parseType(only.type))) {
    report(
      only.type,
      `The argument of the \`#[wire(raw)]\` method \`${name}\` must be a \`Vec<u8>\`.`,
      { fixes: fixType(only.type, "Vec<u8>") },
    );
  }
}
