// A method whose arguments or result are not the trait's.

import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import type { TypeSource } from "../../../rust/syntax/items/items.ts";
import { compareTypes } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { ImplSubject } from "../../source/subjects.ts";
import { textFix } from "../../source/textFixes.ts";
import { implOfInterface, type ImplOfInterface } from "../../source/methods/traitMethods.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

export const methodSignatureDiffers: SourceRule = {
  id: "method-signature-differs",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A plugin's method with other arguments or another result than the interface has.",
    why: "rustc refuses it (E0050, E0053), and Fidius' code with it.",
    bad: exampleLibrary({
      impl: "    fn run(&self, input: u32) -> String {\n        input.to_string()\n    }",
    }),
    good: exampleLibrary(),
    limits:
      "Only types that differ for certain are told: aliases are followed, generic types are not compared in depth.",
  },
  impl: (subject, report) => {
    const found = implOfInterface(subject);
    for (const pair of found?.pairs ?? []) {
      checkPair(subject, pair, found?.interface.module ?? subject.module, report);
    }
  },
};

function checkPair(
  subject: ImplSubject,
  { own, declared: { item: declared } }: ImplOfInterface["pairs"][number],
  module: ImplSubject["module"],
  report: Report,
): void {
  if (own.parameters.length !== declared.parameters.length) {
    const count = declared.parameters.length;
    report(
      own.nameSpan,
      `\`${own.name}\` has ${String(own.parameters.length)} arguments here and ${String(count)} in the trait (E0050). Give it the trait's arguments.`,
    );
    return;
  }
  const types: readonly (readonly [TypeSource | null, TypeSource | null])[] = [
    ...own.parameters.map(
      ({ type }, index) => [type, declared.parameters[index]?.type ?? null] as const,
    ),
    [own.returns, declared.returns],
  ];
  for (const [here, there] of types) {
    if (here !== null && there !== null && isOther(subject, here, there, module)) {
      report(
        here,
        `The trait has \`${there.text}\` here (E0053). Write the trait's type, or change it there and in every plugin.`,
        {
          fixes: textFix(subject.placed, `Write \`${there.text}\``, {
            fragment: here,
            newText: there.text,
          }),
        },
      );
    }
  }
  if ((own.returns === null) !== (declared.returns === null)) {
    report(
      own.returns ?? own.nameSpan,
      `\`${own.name}\` returns ${own.returns === null ? "nothing" : "a value"} here, and ${declared.returns === null ? "nothing" : `\`${declared.returns.text}\``} in the trait (E0053). Give it the trait's result.`,
    );
  }
}

function isOther(
  { sources, module }: ImplSubject,
  here: TypeSource,
  there: TypeSource,
  traitModule: ImplSubject["module"],
): boolean {
  const own = { type: parseType(here), module };
  const declared = { type: parseType(there), module: traitModule };
  return compareTypes(sources.names, own, declared) === "different";
}
