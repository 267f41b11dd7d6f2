// A plugin's type that its bare name does not make.

import { exampleLibrary } from "../../source/examples/example.ts";
import type { StructItem } from "../../../rust/syntax/items/items.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf } from "../../source/types/compareTypes.ts";
import { pluginType, type TypeItem } from "../../source/types/pluginType.ts";
import type { ImplSubject } from "../../source/subjects.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const pluginTypeNotUnit: SourceRule = {
  id: "plugin-type-not-unit",
  severity: "error",
  word: "silent",
  page: {
    finds: "A plugin without `config` whose type has fields, or is an enum.",
    why: "Fidius makes the plugin by its bare name. Of a tuple struct that name is a function: it compiles, the function's address is taken for the plugin, and reading a field ends the process. Other types do not compile (E0423).",
    bad: exampleLibrary({ type: "pub struct MyTool(pub String);" }),
    good: exampleLibrary(),
  },
  impl: (subject, report) => {
    const { typeName } = subject;
    const declared = subject.config === null ? pluginType(subject) : undefined;
    if (subject.config === null && typeName !== null && !isConstant(subject, typeName)) {
      const what = namesNoValue(subject, typeName);
      if (what !== undefined) {
        report(
          subject.item.selfType,
          `Fidius makes \`${typeName}\` by its bare name, which is no value of ${what} (E0423). Implement the interface on a unit struct.`,
        );
      }
    }
    if (
      declared === undefined ||
      typeName === null ||
      isMadeByName(declared.item) ||
      isConstant(subject, typeName)
    ) {
      return;
    }
    const { item } = declared;
    report(item.nameSpan, messageFor(item, typeName), {
      placed: declared,
      fixes:
        item.kind === "struct" && item.generics.length === 0 && fieldsOf(item) === 0
          ? textFix(declared, `Make \`${typeName}\` a unit struct`, {
              fragment: { start: item.nameSpan.end, end: item.end },
              newText: ";",
            })
          : [],
    });
  },
};

function fieldsOf({ body }: StructItem): number {
  return body.kind === "unit" ? 0 : body.fields.length;
}

/** A unit struct, or a tuple struct without fields, which compiles too. */
function isMadeByName(item: TypeItem): boolean {
  return item.kind === "struct" && item.body.kind !== "struct" && fieldsOf(item) === 0;
}

/** The bare name may be that of a constant or of a function. */
function isConstant({ module, sources }: ImplSubject, name: string): boolean {
  const value = sources.names.memberAround(module, name, "value");
  return (
    value?.kind === "unknown" ||
    (value?.kind === "item" && ["const", "function"].includes(value.placed.item.kind))
  );
}

/** What a name without a declaration of its own stands for: such a type has no value of that name. */
function namesNoValue({ item, module, sources }: ImplSubject, name: string): string | undefined {
  const found = definitionOf(sources.names, { type: parseType(item.selfType), module });
  if (found?.kind === "primitive") {
    return `the primitive \`${name}\``;
  }
  return found?.kind === "item" && found.placed.item.kind === "alias"
    ? "a type's alias"
    : undefined;
}

function messageFor(item: TypeItem, name: string): string {
  if (item.kind !== "struct") {
    return `Fidius makes \`${name}\` by its bare name, which is no value of ${item.kind === "enum" ? "an enum" : "a union"} (E0423). Implement the interface on a unit struct, or give it \`config = …\` and \`configure\`.`;
  }
  return item.body.kind === "tuple"
    ? `Fidius makes \`${name}\` by its bare name, which is a function here: it compiles, and reading a field then ends the process. Make it a unit struct, or give it \`config = …\` and \`configure\`.`
    : `Fidius makes \`${name}\` by its bare name, which a struct with braces does not have (E0423). Write \`struct ${name};\`, or give it \`config = …\` and \`configure\`.`;
}
