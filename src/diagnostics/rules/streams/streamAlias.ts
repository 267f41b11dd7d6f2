// A stream behind an alias: the macros go by the name `Stream`.

import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import type { Names } from "../../../rust/names/names.ts";
import { definitionOf, type WrittenType } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { typesOf } from "../../source/types/streamTypes.ts";
import { typeFix } from "../../source/methods/implementations.ts";
import type { SourceRule } from "../../sourceRule.ts";

const alias = "type Rows = fidius::Stream<u8>;";

export const streamAlias: SourceRule = {
  id: "stream-alias",
  severity: "error",
  word: "rustc",
  page: {
    finds: "An argument or a result whose type is an alias of a `Stream`.",
    why: "The macros recognise a stream by its name, `Stream<T>`. Behind an alias they take it for a value, which has no bytes.",
    bad: exampleLibrary({
      items: alias,
      methods: "    fn run(&self) -> Rows;",
      impl: "    fn run(&self) -> Rows {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self) -> fidius::Stream<u8>;",
      impl: "    fn run(&self) -> fidius::Stream<u8> {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
    }),
  },
  interface: (subject, report) => {
    const { methods, module, rules, sources } = subject;
    for (const source of rules.hasStreams ? methods.flatMap(typesOf) : []) {
      const text = streamBehind(sources.names, { type: parseType(source), module });
      if (text !== undefined) {
        report(
          source,
          `\`${source.text}\` is a stream, which the macro knows by the name \`Stream\` only. Write \`${text}\`.`,
          { fixes: typeFix(subject, source, text) },
        );
      }
    }
  },
};

/** The stream that an alias stands for, as the alias has it; undefined for other types. */
function streamBehind(names: Names, written: WrittenType): string | undefined {
  const found = streamItem(written.type) === null ? definitionOf(names, written) : undefined;
  const item = found?.kind === "item" ? found.placed.item : undefined;
  if (item?.kind !== "alias" || item.type === null || item.generics.length > 0) {
    return undefined;
  }
  return streamItem(parseType(item.type)) === null ? undefined : item.type.text;
}
