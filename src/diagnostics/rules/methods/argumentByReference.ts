// An argument that borrows.

import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { methodEverywhere } from "../../source/methods/implementations.ts";
import { borrows } from "../../source/types/borrows.ts";
import { ownedText } from "../../source/types/ownedText.ts";
import { textFixIn } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const argumentByReference: SourceRule = {
  id: "argument-by-reference",
  severity: "error",
  word: "rustc",
  page: {
    finds: "An argument that is a reference or holds one.",
    why: "The plugin reads its arguments out of bytes that belong to the host and are gone after the call. rustc says that an implementation of `Deserialize` is not general enough.",
    bad: exampleLibrary({
      methods: "    fn run(&self, input: &str) -> String;",
      impl: "    fn run(&self, input: &str) -> String {\n        input.to_owned()\n    }",
    }),
    good: exampleLibrary(),
    limits: "`Cow<'_, T>` is owned once it is read, and fine.",
  },
  interface: (subject, report) => {
    const { methods, module, sources } = subject;
    for (const method of methods) {
      for (const [index, { type: source }] of method.parameters.entries()) {
        const type = parseType(source);
        if (!borrows(type, module, sources.names)) {
          continue;
        }
        const owned = ownedText(type);
        const changes = methodEverywhere(subject, method).flatMap(({ placed, method: own }) => {
          const written = own.parameters[index]?.type;
          const newText = written === undefined ? undefined : ownedText(parseType(written));
          return written === undefined || newText === undefined
            ? []
            : [{ placed, fragment: written, newText }];
        });
        report(
          source,
          `\`${method.name}\` cannot borrow its argument: the bytes belong to the host and are gone after the call. ${owned === undefined ? "Use a type that owns its parts." : `Write \`${owned}\`.`}`,
          {
            fixes:
              owned === undefined
                ? []
                : textFixIn(`Write \`${owned}\` in the trait and in its impl blocks`, ...changes),
          },
        );
      }
    }
  },
};
