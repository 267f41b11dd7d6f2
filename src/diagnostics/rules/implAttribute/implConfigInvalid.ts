// `config = …` that is no path of a type.

import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { literalText } from "../../../rust/syntax/items/attributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const configured = {
  items: "#[derive(serde::Deserialize)]\npub struct Config {\n    pub n: u32,\n}",
  type: "pub struct MyTool;\n\nimpl MyTool {\n    pub fn configure(_config: Config) -> Self {\n        Self\n    }\n}",
};

export const implConfigInvalid: SourceRule = {
  id: "impl-config-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `config = …` that is no path of a type.",
    why: "The macro takes a path such as `Config` or `Vec<u8>`: no tuple, no reference, no text.",
    bad: exampleLibrary({ ...configured, plugin: 'Tool, config = "Config"' }),
    good: exampleLibrary({ ...configured, plugin: "Tool, config = Config" }),
  },
  impl: ({ attribute, placed }, report) => {
    const list = argumentList(attribute.arguments);
    const bare = list.arguments
      .slice(1)
      .find(({ key, tokens }) => key?.text === "config" && tokens.length === 1);
    if (bare !== undefined) {
      report(bare, "`config` needs the type behind it: write `config = Config`.");
    }
    const value = argumentNamed(list, "config")?.value ?? [];
    const [first] = value;
    if (first === undefined || first.kind === "identifier" || first.text === ":") {
      return;
    }
    const text = literalText(first);
    report(
      spanOfTokens(value),
      "`config = …` takes the path of a type, such as `Config` or `Vec<u8>`. Write a struct for anything else.",
      {
        fixes:
          text !== null && /^[\w:]+$/u.test(text)
            ? textFix(placed, `Write \`${text}\` without quotes`, {
                fragment: first,
                newText: text,
              })
            : [],
      },
    );
  },
};
