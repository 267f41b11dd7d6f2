// A plugin on a type that is not a plain identifier.

import { exampleLibrary } from "../../source/examples/example.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const pluginTypePath: SourceRule = {
  id: "plugin-type-path",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A `#[plugin_impl]` on a path, a generic type or a reference.",
    why: "The macro makes names out of the type's name and panics when that is no identifier. rustc marks the attribute.",
    bad: exampleLibrary({ header: "impl Tool for self::MyTool" }),
    good: exampleLibrary(),
  },
  impl: ({ item, typeName }, report) => {
    const type = parseType(item.selfType);
    const isPlain = typeName !== null && type.text.trim() === typeName;
    if (isPlain || item.selfType.text.startsWith("r#")) {
      return;
    }
    const isPath =
      type.kind === "path" && type.segments.every(({ arguments: given }) => given.length === 0);
    report(
      item.selfType,
      isPath
        ? `The macro takes the bare name of a type and panics at \`${item.selfType.text}\`. Import the type, and name it alone.`
        : `The macro takes the bare name of a type and panics at \`${item.selfType.text}\`. Implement the interface on a struct that holds it.`,
    );
  },
};
