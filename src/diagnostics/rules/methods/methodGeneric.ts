// Type or const parameters on a method, written out or as `impl Trait`.

import { exampleLibrary } from "../../source/examples/example.ts";
import { genericsOf } from "../../source/methods/signature.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodGeneric: SourceRule = {
  id: "method-generic",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A method of an interface with type or const parameters, `impl Trait` arguments included.",
    why: "A vtable slot holds one function, and the bytes of its arguments must have one form. Lifetimes are allowed.",
    bad: exampleLibrary({
      methods: "    fn run<const N: usize>(&self, input: [u8; N]) -> String;",
      impl: "    fn run<const N: usize>(&self, _input: [u8; N]) -> String {\n        String::new()\n    }",
    }),
    good: exampleLibrary(),
  },
  interface: ({ methods, placed }, report) => {
    for (const method of methods) {
      const generics = genericsOf(placed, method);
      if (generics !== null && method.generics.some(({ kind }) => kind !== "lifetime")) {
        report(
          generics,
          `\`${method.name}\` has parameters of its own, and a vtable slot holds one function. Write a concrete type, or a method for each type.`,
        );
      }
      for (const { type } of method.parameters) {
        if (/^(?:&\s*(?:'\w+\s+)?(?:mut\s+)?)?impl\b/u.test(type.text)) {
          report(
            type,
            `An \`impl Trait\` argument makes \`${method.name}\` generic, and a vtable slot holds one function. Write a concrete type.`,
          );
        }
      }
      const { returns } = method;
      if (
        returns !== null &&
        /\bimpl\b/u.test(returns.text) &&
        // An async method may implement one that returns a future.
        !/\b(?:Serialize|Future)\b/u.test(returns.text)
      ) {
        report(
          returns,
          `\`${method.name}\` gives back an \`impl Trait\`, of which serde knows nothing. Write a concrete type.`,
        );
      }
    }
  },
};
