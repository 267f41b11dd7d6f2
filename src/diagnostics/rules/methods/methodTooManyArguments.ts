// More arguments than serde's tuples have places.

import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

const most = 16;

const seventeen = Array.from({ length: most + 1 }, (_, index) => `a${String(index)}: u8`).join(
  ", ",
);
const unused = seventeen.replaceAll("a", "_a");

export const methodTooManyArguments: SourceRule = {
  id: "method-too-many-arguments",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A method of an interface with more than 16 arguments, streams not counted.",
    why: "The arguments cross as one tuple, and serde knows tuples of up to 16 elements.",
    bad: exampleLibrary({
      methods: `    fn run(&self, ${seventeen}) -> u8;`,
      impl: `    fn run(&self, ${unused}) -> u8 {\n        0\n    }`,
    }),
    good: exampleLibrary(),
  },
  interface: ({ methods, rules }, report) => {
    for (const { name, nameSpan, parameters } of methods) {
      const values = parameters.filter(
        ({ type }) => !rules.hasStreams || streamItem(parseType(type)) === null,
      );
      if (values.length > most) {
        report(
          nameSpan,
          `\`${name}\` has ${String(values.length)} arguments, and serde takes tuples of up to 16. Put them into a struct.`,
        );
      }
    }
  },
};
