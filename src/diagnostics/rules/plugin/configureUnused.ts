// A `configure` that Fidius never calls, because the attribute names no configuration.

import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { inherentMethods } from "../../source/types/pluginType.ts";
import type { SourceRule } from "../../sourceRule.ts";

const configure =
  "pub struct MyTool;\n\nimpl MyTool {\n    pub fn configure(_limit: u32) -> Self {\n        Self\n    }\n}";

export const configureUnused: SourceRule = {
  id: "configure-unused",
  severity: "hint",
  word: "silent",
  page: {
    finds: "A type with `configure`, implemented without `config = …`.",
    why: "Fidius then makes the plugin by its bare name and never calls `configure`.",
    bad: exampleLibrary({ type: configure }),
    good: exampleLibrary({ type: configure, plugin: "Tool, config = u32" }),
  },
  impl: (subject, report) => {
    if (subject.config !== null) {
      return;
    }
    for (const { placed, method } of inherentMethods(subject)) {
      const [only] = method.parameters;
      const type = method.returns === null ? null : parseType(method.returns);
      const makesPlugin = type?.kind === "path" && ["Self", subject.typeName].includes(type.text);
      if (
        method.name === "configure" &&
        makesPlugin &&
        only !== undefined &&
        method.parameters.length === 1 &&
        !method.hasReceiver
      ) {
        report(
          method.nameSpan,
          `Fidius never calls this \`configure\`: \`#[plugin_impl]\` of \`${subject.typeName ?? ""}\` names no configuration. Write \`config = ${only.type.text}\` there.`,
          {
            placed,
            fixes: addArgument(subject.placed, subject.attribute, `config = ${only.type.text}`),
          },
        );
      }
    }
  },
};
