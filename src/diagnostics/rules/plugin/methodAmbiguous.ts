// Two traits of the plugin's type that have a method of one name.

import { exampleLibrary } from "../../source/example.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { functionsOf } from "../../../rust/syntax/items.ts";
import { definitionOf } from "../../source/compareTypes.ts";
import { inherentMethods, otherImpls } from "../../source/pluginType.ts";
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
    const own = subject.interface?.placed.item;
    const { names } = subject.sources;
    const inherent = new Set(inherentMethods(subject).map(({ method }) => method.name));
    for (const { placed, module } of otherImpls(subject)) {
      const { trait } = placed.item;
      const type = trait === null ? null : parseType(trait);
      const found = type === null ? undefined : definitionOf(names, { type, module });
      if (
        found?.kind !== "item" ||
        found.placed.item.kind !== "trait" ||
        found.placed.item === own ||
        own === undefined
      ) {
        continue;
      }
      const { item } = found.placed;
      const inScope = names.memberAround(subject.module, item.name, "type");
      if (inScope?.kind !== "item" || inScope.placed.item !== item) {
        continue;
      }
      const others = new Set(
        functionsOf(item)
          .filter(({ hasReceiver }) => hasReceiver)
          .map(({ name }) => name),
      );
      for (const { name, nameSpan } of subject.methods) {
        if (others.has(name) && !inherent.has(name)) {
          report(
            nameSpan,
            `\`${subject.typeName ?? "The type"}\` has \`${name}\` from \`${subject.traitName ?? ""}\` and from \`${item.name}\`, and the code that Fidius generates names neither (E0034). Rename one, or keep \`${item.name}\` out of this module.`,
          );
        }
      }
    }
  },
};
