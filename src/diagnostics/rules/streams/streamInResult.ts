// A stream inside of another type.

import { parseType, streamItem, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { holdsStream, typesOf } from "../../source/types/streamTypes.ts";
import { typeFix } from "../../source/methods/implementations.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const streamInResult: SourceRule = {
  id: "stream-in-result",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A `Stream` inside of a `Result`, an `Option`, a tuple or another type.",
    why: "A stream is no value that can be written down: it must be the whole argument or the whole result. rustc says so at the attribute, in terms of serde.",
    bad: exampleLibrary({
      methods: "    fn run(&self) -> Result<fidius::Stream<u8>, fidius::PluginError>;",
      impl: "    fn run(&self) -> Result<fidius::Stream<u8>, fidius::PluginError> {\n        todo!()\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self) -> fidius::Stream<u8>;",
      impl: "    fn run(&self) -> fidius::Stream<u8> {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
    }),
  },
  interface: (subject, report) => {
    const { methods, rules } = subject;
    for (const source of rules.hasStreams ? methods.flatMap(typesOf) : []) {
      const type = parseType(source);
      const item = streamItem(type);
      if (
        type.kind === "reference" || // another rule speaks of it
        !holdsStream(type) ||
        (item !== null && streamItem(item) === null && !holdsStream(item))
      ) {
        continue;
      }
      const wanted = streamOfResults(type);
      report(
        source,
        wanted === undefined
          ? "A stream must be the whole argument or the whole result, not a part of it."
          : `A stream must be the whole result. Send the error as an item: \`${wanted}\`.`,
        {
          fixes: wanted === undefined ? [] : typeFix(subject, source, wanted),
        },
      );
    }
  },
};

/** `Stream<Result<T, E>>` for `Result<Stream<T>, E>`. */
function streamOfResults(type: TypeSyntax): string | undefined {
  const last = type.kind === "path" ? type.segments.at(-1) : undefined;
  const [stream, error] = last?.name === "Result" ? last.arguments : [];
  if (stream?.kind !== "type" || error?.kind !== "type") {
    return undefined;
  }
  const item = streamItem(stream.type);
  const path = /^[^<]*/u.exec(stream.type.text)?.[0].trim() ?? "";
  return item === null ? undefined : `${path}<Result<${item.text}, ${error.type.text}>>`;
}
