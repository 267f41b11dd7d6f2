// An async method that returns a stream.

import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { removeAsync } from "../../source/methods/implementations.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const streamAsync: SourceRule = {
  id: "stream-async",
  severity: "error",
  word: "rustc",
  page: {
    finds: "An async method that returns a `Stream`.",
    why: "The method only makes the stream, and its items come later. The generated code does not await it (E0308).",
    bad: exampleLibrary({
      methods: "    async fn run(&self) -> fidius::Stream<u8>;",
      impl: "    async fn run(&self) -> fidius::Stream<u8> {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self) -> fidius::Stream<u8>;",
      impl: "    fn run(&self) -> fidius::Stream<u8> {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
    }),
  },
  interface: (subject, report) => {
    for (const method of subject.rules.hasStreams ? subject.methods : []) {
      if (
        method.isAsync &&
        method.returns !== null &&
        streamItem(parseType(method.returns)) !== null
      ) {
        report(
          method.nameSpan,
          `\`${method.name}\` returns a stream, so it must not be async: it makes the stream, and the items come later.`,
          { fixes: removeAsync(subject, method) },
        );
      }
    }
  },
};
