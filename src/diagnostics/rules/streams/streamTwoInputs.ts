// Two streams as arguments.

import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const streamTwoInputs: SourceRule = {
  id: "stream-two-inputs",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A method that takes two streams.",
    why: "A call carries one stream in and one out. rustc says so at the attribute, in terms of serde.",
    bad: exampleLibrary({
      methods: "    fn run(&self, a: fidius::Stream<u8>, b: fidius::Stream<u8>) -> u64;",
      impl: "    fn run(&self, _a: fidius::Stream<u8>, _b: fidius::Stream<u8>) -> u64 {\n        0\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self, a: fidius::Stream<(u8, u8)>) -> u64;",
      impl: "    fn run(&self, _a: fidius::Stream<(u8, u8)>) -> u64 {\n        0\n    }",
    }),
  },
  interface: ({ methods, rules }, report) => {
    for (const { name, parameters } of rules.hasInstances ? methods : []) {
      const streams = parameters.filter(({ type }) => streamItem(parseType(type)) !== null);
      for (const { type } of streams.slice(1)) {
        report(
          type,
          `\`${name}\` can take one stream. Send both kinds of item through one stream, or add a method.`,
        );
      }
    }
  },
};
