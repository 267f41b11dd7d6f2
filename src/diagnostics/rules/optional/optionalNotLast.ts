// An optional method above a required one, or above an older optional one: a slot that older plugins fill with another method.

import { optionalMark } from "../../../rust/fidius/fidiusArguments.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { argumentList, argumentNamed } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { helpersNamed } from "../../source/attributes/helperAttributes.ts";
import { integerOf } from "../../source/attributes/numbers.ts";
import type { SourceRule } from "../../sourceRule.ts";

const impl = {
  impl: "    fn run(&self, input: String) -> String {\n        input\n    }\n    fn more(&self) -> u8 {\n        1\n    }",
};

export const optionalNotLast: SourceRule = {
  id: "optional-not-last",
  severity: "warning",
  word: "silent",
  page: {
    finds:
      "An optional method that stands before a required one, or before an optional one of an older version.",
    why: "Slots follow the trait's order. Plugins that were built before the method came have another method in its slot, and hosts that go by the trait call that one.",
    bad: exampleLibrary({
      methods:
        "    #[optional(since = 1)]\n    fn more(&self) -> u8;\n    fn run(&self, input: String) -> String;",
      impl: "    fn more(&self) -> u8 {\n        1\n    }\n    fn run(&self, input: String) -> String {\n        input\n    }",
    }),
    good: exampleLibrary({
      methods:
        "    fn run(&self, input: String) -> String;\n    #[optional(since = 1)]\n    fn more(&self) -> u8;",
      ...impl,
    }),
  },
  interface: ({ methods }, report) => {
    const isOptional = (method: FunctionItem): boolean => optionalMark(method) === "optional";
    const lastRequired = methods.findLastIndex((method) => !isOptional(method));
    for (const [index, method] of methods.entries()) {
      if (!isOptional(method)) {
        continue;
      }
      const since = sinceOf(method);
      const older = methods
        .slice(index + 1)
        .find((later) => isOptional(later) && since !== null && (sinceOf(later) ?? since) < since);
      if (index < lastRequired) {
        report(
          method.nameSpan,
          `The optional method \`${method.name}\` stands before required ones, so plugins built without it run another method in its slot. Move it to the end of the trait.`,
        );
      } else if (older !== undefined) {
        report(
          method.nameSpan,
          `\`${method.name}\` is newer than \`${older.name}\` below it, so plugins of the version before have \`${older.name}\` in its slot. Move it to the end of the trait.`,
        );
      }
    }
  },
};

function sinceOf(method: FunctionItem): bigint | null {
  const [attribute] = helpersNamed(method, "optional");
  const [value] =
    attribute === undefined
      ? []
      : (argumentNamed(argumentList(attribute.arguments), "since")?.value ?? []);
  return value === undefined ? null : integerOf(value);
}
