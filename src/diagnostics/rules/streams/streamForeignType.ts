// Another type of the name `Stream`.

import type { Names } from "../../../rust/names/names.ts";
import { isFidiusPackage } from "../../../rust/names/stdNames.ts";
import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf, type WrittenType } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { typesOf } from "../../source/types/streamTypes.ts";
import { typeFix } from "../../source/methods/implementations.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const streamForeignType: SourceRule = {
  id: "stream-foreign-type",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A type called `Stream<T>` that is not Fidius' own.",
    why: "The macros go by the name, and the generated code then expects `fidius::Stream` (E0308 at the attribute).",
    bad: exampleLibrary({
      items: "pub struct Stream<T>(pub Vec<T>);",
      methods: "    fn run(&self) -> Stream<u8>;",
      impl: "    fn run(&self) -> Stream<u8> {\n        todo!()\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self) -> fidius::Stream<u8>;",
      impl: "    fn run(&self) -> fidius::Stream<u8> {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
    }),
  },
  interface: (subject, report) => {
    const { methods, module, rules, sources } = subject;
    for (const source of rules.hasStreams ? methods.flatMap(typesOf) : []) {
      const type = parseType(source);
      const item = streamItem(type);
      if (item !== null && isForeign(sources.names, { type, module })) {
        const newText = `${rules.defaultPath}::Stream<${item.text}>`;
        report(
          source,
          `The macro takes every \`Stream<T>\` for Fidius' own, and this one is another. Write \`${newText}\`, or rename the other type.`,
          { fixes: typeFix(subject, source, newText) },
        );
      }
    }
  },
};

/** Aliases of aliases that are followed. */
const longestChain = 8;

/** An item of this crate, or of a crate that is known to have a stream of its own. */
function isForeign(names: Names, written: WrittenType, depth = 0): boolean {
  const found = definitionOf(names, written);
  if (found?.kind === "item") {
    const { item } = found.placed;
    if (item.kind === "alias") {
      return (
        item.type !== null &&
        depth < longestChain &&
        isForeign(names, { type: parseType(item.type), module: found.module }, depth + 1)
      );
    }
    return !isFidiusPackage(found.module.crate.node.info.name);
  }
  return (
    found?.kind === "external" &&
    /^(?:futures|tokio-stream|async-stream)/u.test(found.origin.dependency.packageName)
  );
}
