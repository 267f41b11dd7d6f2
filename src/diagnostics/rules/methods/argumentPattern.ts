// More than one argument that is a pattern.

import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const argumentPattern: SourceRule = {
  id: "argument-pattern",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A second argument of a plugin's method that is a pattern, `_` included.",
    why: "The generated code calls every such argument `_arg`, so two of them are one name twice (E0416).",
    bad: exampleLibrary({
      methods: "    fn run(&self, a: (u8, u8), b: (u8, u8)) -> u8;",
      impl: "    fn run(&self, (a, _): (u8, u8), (b, _): (u8, u8)) -> u8 {\n        a + b\n    }",
    }),
    good: exampleLibrary({
      methods: "    fn run(&self, a: (u8, u8), b: (u8, u8)) -> u8;",
      impl: "    fn run(&self, (a, _): (u8, u8), second: (u8, u8)) -> u8 {\n        a + second.0\n    }",
    }),
  },
  impl: ({ methods }, report) => {
    for (const { parameters } of methods) {
      const patterns = parameters.filter(({ pattern }) => !isName(pattern));
      for (const { patternSpan } of patterns.slice(1)) {
        report(
          patternSpan,
          "Fidius calls every argument that is a pattern `_arg`, and a method can have one of that name. Give this argument a name, and take it apart in the body.",
        );
      }
    }
  },
};

/** `x`, `mut x`, `ref x`, `x @ …`; `_` alone is a pattern. */
function isName(pattern: string): boolean {
  return /^(?:ref\s+)?(?:mut\s+)?(?!_$)(?:r#)?[\p{XID_Start}_]\p{XID_Continue}*(?:\s*@.*)?$/su.test(
    pattern.trim(),
  );
}
