// A plugin's type that its bare name does not make.

import { exampleLibrary } from "../../source/example.ts";
import { pluginType } from "../../source/pluginType.ts";
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
    const { config, typeName, module, sources } = subject;
    const declared = config === null && typeName !== null ? pluginType(subject) : undefined;
    if (declared === undefined || typeName === null) {
      return;
    }
    const value = sources.names.memberAround(module, typeName, "value");
    if (
      value?.kind === "unknown" ||
      (value?.kind === "item" && value.placed.item.kind === "const")
    ) {
      return; // the bare name is a constant's
    }
    const { item } = declared;
    if (item.kind === "struct") {
      if (
        item.body.kind === "unit" ||
        (item.body.kind === "tuple" && item.body.fields.length === 0)
      ) {
        return;
      }
      const isEmpty = item.body.fields.length === 0 && item.generics.length === 0;
      const isTuple = item.body.kind === "tuple";
      report(
        item.nameSpan,
        isTuple
          ? `Fidius makes \`${typeName}\` by its bare name, which is a function here: it compiles, and reading a field then ends the process. Make it a unit struct, or give it \`config = …\` and \`configure\`.`
          : `Fidius makes \`${typeName}\` by its bare name, which a struct with braces does not have (E0423). Write \`struct ${typeName};\`, or give it \`config = …\` and \`configure\`.`,
        {
          placed: declared,
          fixes: isEmpty
            ? textFix(declared, `Make \`${typeName}\` a unit struct`, {
                fragment: { start: item.nameSpan.end, end: item.end },
                newText: ";",
              })
            : [],
        },
      );
      return;
    }
    report(
      item.nameSpan,
      `Fidius makes \`${typeName}\` by its bare name, which is no value of ${item.kind === "enum" ? "an enum" : "a union"} (E0423). Implement the interface on a unit struct, or give it \`config = …\` and \`configure\`.`,
      { placed: declared },
    );
  },
};
