// A stream behind an alias: the macros go by the name `Stream`.

import type { Definition } from "../../../rust/names/definitions.ts";
import { isFidiusPackage } from "../../../rust/names/stdNames.ts";
import { parseType, streamItem, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import type { AliasItem } from "../../../rust/syntax/items/items.ts";
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
      const text = streamBehind(sources.names, { type: parseType(source), module })?.replace(
        /^fidius::/u,
        `${rules.defaultPath}::`,
      );
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

/** The stream that a type stands for which is not called so; undefined for other types. */
function streamBehind(names: Names, written: WrittenType): string | undefined {
  const found = streamItem(written.type) === null ? definitionOf(names, written) : undefined;
  if (found?.kind !== "item") {
    return found?.kind === "external" ? importedStream(found, written.type) : undefined;
  }
  const { item } = found.placed;
  return item.kind === "alias"
    ? aliasedStream(item, written.type)
    : importedStream(found, written.type);
}

/** The stream as the alias has it, with the one argument of a generic alias in place. */
function aliasedStream({ type, generics }: AliasItem, written: TypeSyntax): string | undefined {
  const stream = type === null ? null : streamItem(parseType(type));
  const [parameter, ...others] = generics;
  if (type === null || stream === null || parameter === undefined) {
    return stream === null ? undefined : type?.text;
  }
  const given = onlyArgument(written);
  const isPlain = others.length === 0 && stream.text === parameter.name && given !== undefined;
  return isPlain ? type.text.replace(/<[^]*$/u, `<${given}>`) : undefined;
}

/** Fidius' stream under another name, `use fidius::Stream as Rows`. */
function importedStream(
  found: Definition & { readonly kind: "external" | "item" },
  type: TypeSyntax,
): string | undefined {
  const isStream =
    found.kind === "external"
      ? isFidiusPackage(found.origin.dependency.packageName) && found.path.at(-1) === "Stream"
      : isFidiusPackage(found.module.crate.node.info.name) && found.placed.item.name === "Stream";
  const given = isStream ? onlyArgument(type) : undefined;
  return given === undefined ? undefined : `fidius::Stream<${given}>`;
}

function onlyArgument(type: TypeSyntax): string | undefined {
  const [only, ...others] = type.kind === "path" ? (type.segments.at(-1)?.arguments ?? []) : [];
  return only?.kind === "type" && others.length === 0 ? only.type.text : undefined;
}
