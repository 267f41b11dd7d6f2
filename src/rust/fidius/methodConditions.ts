// `cfg` on methods: Fidius' macros do not look at it (reference 2.2), so a method that rustc takes away keeps its slot and its
// line in the hash, and the generated code names what is not there.

import type { RustProblem } from "./facts.ts";
import { functionsOf, type ImplItem, type TraitItem } from "../syntax/items.ts";
import { spanOf, type Module, type Placed } from "../names/modules.ts";

/** Problems of methods of an interface or a plugin whose `cfg` does not hold. */
export function checkMethodConditions(
  module: Module,
  placed: Placed<TraitItem | ImplItem>,
): readonly RustProblem[] {
  const { configuration } = module.crate;
  return functionsOf(placed.item)
    .filter(({ attributes }) => configuration.verdict(attributes) === false)
    .map(({ name, attributes, nameSpan }) => {
      const condition = attributes.find(({ path }) => path.join() === "cfg") ?? nameSpan;
      return {
        code: "methodNotInBuild",
        severity: "warning",
        message:
          placed.item.kind === "trait"
            ? `The \`cfg\` on \`${name}\` does not hold in this build, but Fidius' macro does not look at it: the method keeps its slot and its line in the interface hash, and no impl block compiles (E0061). Move it to a trait of its own under that \`cfg\`, or make it \`#[optional(since = N)]\` without one.`
            : `The \`cfg\` on \`${name}\` does not hold in this build, but Fidius' macro does not look at it and calls a method that is not there (E0599). Put the \`cfg\` on the whole impl block, or on what stands in the method's body.`,
        span: spanOf(placed, condition),
      };
    });
}
