// `Self` in the type of a plugin's argument.

import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const parts = {
  type: "#[derive(serde::Serialize, serde::Deserialize)]\npub struct MyTool;",
  methods: "    fn run(&self, other: Self) -> u8\n    where\n        Self: Sized;",
};

export const argumentNamesSelf: SourceRule = {
  id: "argument-names-self",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A plugin's method with `Self` in the type of an argument.",
    why: "The generated code reads the argument in a function outside of the impl block, where `Self` means nothing (E0411 at the attribute).",
    bad: exampleLibrary({
      ...parts,
      impl: "    fn run(&self, _other: Self) -> u8 {\n        1\n    }",
    }),
    good: exampleLibrary({
      ...parts,
      impl: "    fn run(&self, _other: MyTool) -> u8 {\n        1\n    }",
    }),
  },
  impl: ({ methods, placed, typeName }, report) => {
    for (const { type } of methods.flatMap(({ parameters }) => parameters)) {
      if (/\bSelf\b/u.test(type.text)) {
        const isPlain = typeName !== null && !/\bSelf\s*::/u.test(type.text);
        const newText = type.text.replaceAll(/\bSelf\b/gu, typeName ?? "");
        report(
          type,
          `The generated code reads this argument outside of the impl block, where \`Self\` means nothing (E0411). Write the type out.`,
          {
            fixes: isPlain
              ? textFix(placed, `Write \`${newText}\``, { fragment: type, newText })
              : [],
          },
        );
      }
    }
  },
};
