// `config = C` without a `configure` to make the plugin of it.

import { exampleLibrary } from "../../source/examples/example.ts";
import { inherentMethods, pluginType } from "../../source/types/pluginType.ts";
import { before, textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const config = {
  items: "#[derive(serde::Serialize, serde::Deserialize)]\npub struct Config {\n    pub n: u32,\n}",
  plugin: "Tool, config = Config",
};

export const configureMissing: SourceRule = {
  id: "configure-missing",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A configured plugin whose type has no `configure`.",
    why: "The generated code calls `<Type>::configure` with the configuration. rustc says so at the attribute (E0599).",
    bad: exampleLibrary(config),
    good: exampleLibrary({
      ...config,
      type: "pub struct MyTool;\n\nimpl MyTool {\n    pub fn configure(_config: Config) -> Self {\n        Self\n    }\n}",
    }),
    limits:
      "Silent where the type is declared elsewhere, or where a macro stands in one of its impl blocks.",
  },
  impl: (subject, report) => {
    const { config: wanted, typeName, item, placed } = subject;
    const declared = pluginType(subject);
    if (
      wanted === null ||
      !/^[\p{XID_Start}_:]/u.test(wanted.text) ||
      typeName === null ||
      declared?.origin !== undefined ||
      declared === undefined
    ) {
      return;
    }
    if (inherentMethods(subject).some(({ method }) => method.name === "configure")) {
      return;
    }
    const isInTrait = subject.sources.crate
      .modules()
      .some((module) =>
        module.items.some(
          ({ item: other }) =>
            other.kind === "trait" && other.items.some(({ name }) => name === "configure"),
        ),
      );
    const hasMacro = declared.item.attributes.some(({ path }) => path.length > 1);
    if (isInTrait || hasMacro) {
      return;
    }
    const stub = `impl ${typeName} {\n    fn configure(config: ${wanted.text}) -> Self {\n        todo!()\n    }\n}\n\n`;
    report(
      item.selfType,
      `\`${typeName}\` has no \`configure\`, which makes the plugin of its configuration. Add \`fn configure(config: ${wanted.text}) -> Self\` to an \`impl ${typeName}\`.`,
      { fixes: textFix(placed, "Add `configure`", { fragment: before(item), newText: stub }) },
    );
  },
};
