// Streams under the strategy `Arena`.

import type { RustToken } from "../../../abi/rustTokens.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { ImplSubject, InterfaceSubject } from "../../source/subjects.ts";
import { implementationsOf } from "../../source/methods/implementations.ts";
import { textFixIn } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const stream = {
  methods: "    fn run(&self) -> fidius::Stream<u8>;",
  impl: "    fn run(&self) -> fidius::Stream<u8> {\n        fidius::Stream::from_iter(vec![1u8])\n    }",
};

export const streamArena: SourceRule = {
  id: "stream-arena",
  severity: "error",
  word: "silent",
  page: {
    finds: "A stream in an interface or a plugin with `buffer = Arena`.",
    why: "Streams need `PluginAllocated`. The interface compiles, and then no plugin of it does.",
    bad: exampleLibrary({
      interface: "version = 1, buffer = Arena",
      plugin: "Tool, buffer = Arena",
      ...stream,
    }),
    good: exampleLibrary(stream),
  },
  interface: (subject, report) => {
    const first = isArena(subject) ? subject.methods.find(hasStream) : undefined;
    if (first !== undefined) {
      report(
        first.nameSpan,
        `\`${first.name}\` has a stream, and no plugin of an \`Arena\` interface can. Write \`buffer = PluginAllocated\`.`,
        { fixes: fixesOf(subject, ...implementationsOf(subject)) },
      );
    }
  },
  impl: (subject, report) => {
    if (isArena(subject) && subject.methods.some(hasStream)) {
      report(
        subject.attribute,
        "Streams need the buffer strategy `PluginAllocated`, in the interface as well.",
        { fixes: fixesOf(subject), isLiveInRustAnalyzer: true },
      );
    }
  },
};

type Attributed = Pick<ImplSubject, "attribute"> & { readonly placed: Placed<unknown> };

function valueOf({ attribute }: Pick<Attributed, "attribute">): readonly RustToken[] {
  return argumentNamed(argumentList(attribute.arguments), "buffer")?.value ?? [];
}

function isArena(subject: InterfaceSubject | ImplSubject): boolean {
  const value = valueOf(subject);
  return subject.rules.hasStreams && value.length === 1 && value[0]?.text === "Arena";
}

/** The strategy written in all of them. */
function fixesOf(...subjects: readonly Attributed[]): readonly TextFix[] {
  const changes = subjects.flatMap((subject) => {
    const value = valueOf(subject);
    const newText = "PluginAllocated";
    return value.length === 0
      ? []
      : [{ placed: subject.placed, fragment: spanOfTokens(value), newText }];
  });
  return textFixIn("Write `buffer = PluginAllocated`", ...changes);
}

function hasStream({ parameters, returns }: FunctionItem): boolean {
  return [...parameters.map(({ type }) => type), returns].some(
    (type) => type !== null && streamItem(parseType(type)) !== null,
  );
}
