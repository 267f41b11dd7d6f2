// Two traits of the plugin's type that have a method of one name.

import { exampleLibrary } from "../../source/examples/example.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { functionsOf, type TraitItem } from "../../../rust/syntax/items/items.ts";
import { definitionOf } from "../../source/types/compareTypes.ts";
import { inherentMethods, otherImpls } from "../../source/types/pluginType.ts";
import type { ImplSubject } from "../../source/subjects.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const methodAmbiguous: SourceRule = {
  id: "method-ambiguous",
  severity: "error",
  word: "rustc",
  page: {
    finds: "Another trait in scope whose method has the name of one of the interface's.",
    why: "The generated code calls `plugin.run(…)` without naming a trait, and Rust cannot choose (E0034). rustc says so without naming the plugin.",
    bad: exampleLibrary({
      type: "pub struct MyTool;\n\npub trait Also {\n    fn run(&self, input: String) -> String;\n}\n\nimpl Also for MyTool {\n    fn run(&self, input: String) -> String {\n        input\n    }\n}",
    }),
    good: exampleLibrary(),
  },
  impl: (subject, report) => {
    const inherent = new Set(inherentMethods(subject).map(({ method }) => method.name));
    for (const trait of otherTraits(subject)) {
      const others = functionsOf(trait).filter(({ hasReceiver }) => hasReceiver);
      for (const { name, nameSpan } of subject.methods) {
        if (others.some((other) => other.name === name) && !inherent.has(name)) {
          report(
            nameSpan,
            `\`${subject.typeName ?? "The type"}\` has \`${name}\` from \`${subject.traitName ?? ""}\` and from \`${trait.name}\`, and the code that Fidius generates names neither (E0034). Rename one, or keep \`${trait.name}\` out of this module.`,
          );
        }
      }
    }
  },
};

/** The traits in scope that the plugin's type implements beside the interface. */
function otherTraits(subject: ImplSubject): readonly TraitItem[] {
  const own = subject.interface?.placed.item;
  const { names } = subject.sources;
  return otherImpls(subject).flatMap(({ placed, module }) => {
    const { trait } = placed.item;
    const found =
      trait === null || own === undefined
        ? undefined
        : definitionOf(names, { type: parseType(trait), module });
    const item = found?.kind === "item" ? found.placed.item : undefined;
    if (item?.kind !== "trait" || item === own) {
      return [];
    }
    const inScope = names.memberAround(subject.module, item.name, "type");
    return inScope?.kind === "item" && inScope.placed.item === item ? [item] : [];
  });
}
