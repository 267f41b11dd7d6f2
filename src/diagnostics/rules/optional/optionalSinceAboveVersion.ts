// `since = 3` in version 2 of the interface.

import { interfaceArguments } from "../../../rust/fidius/fidiusArguments.ts";
import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { helpersNamed } from "../../source/attributes/helperAttributes.ts";
import { integerOf } from "../../source/attributes/numbers.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const more = {
  methods:
    "    fn run(&self, input: String) -> String;\n    #[optional(since = 2)]\n    fn more(&self) -> u8;",
  impl: "    fn run(&self, input: String) -> String {\n        input\n    }\n    fn more(&self) -> u8 {\n        1\n    }",
};

export const optionalSinceAboveVersion: SourceRule = {
  id: "optional-since-above-version",
  severity: "warning",
  word: "silent",
  page: {
    finds: "An optional method that is newer than the interface's version.",
    why: "The macro reads the number and forgets it. Readers and tools take it for the version that brings the method.",
    bad: exampleLibrary(more),
    good: exampleLibrary({ ...more, interface: "version = 2, buffer = PluginAllocated" }),
  },
  interface: ({ attribute: own, methods, placed }, report) => {
    const { version } = interfaceArguments(own);
    const versionValue = argumentNamed(argumentList(own.arguments), "version")?.value ?? [];
    for (const { attributes, name } of methods) {
      const [attribute] = helpersNamed({ attributes }, "optional");
      const value =
        attribute === undefined
          ? []
          : (argumentNamed(argumentList(attribute.arguments), "since")?.value ?? []);
      const since = value.length === 1 && value[0] !== undefined ? integerOf(value[0]) : null;
      if (since !== null && versionValue.length === 1 && since > BigInt(version)) {
        report(
          spanOfTokens(value),
          `\`${name}\` is said to come with version ${String(since)}, and the interface has version ${String(version)}. Raise the version.`,
          {
            fixes: textFix(placed, `Raise the version to ${String(since)}`, {
              fragment: spanOfTokens(versionValue),
              newText: String(since),
            }),
          },
        );
      }
    }
  },
};
