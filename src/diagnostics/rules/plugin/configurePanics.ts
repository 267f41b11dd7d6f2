// A `configure` that may panic.

import { tokenizeRust, type RustToken } from "../../../abi/rustTokens.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { inherentMethods } from "../../source/types/pluginType.ts";
import type { SourceRule } from "../../sourceRule.ts";

const methods: ReadonlySet<string> = new Set(["unwrap", "expect", "unwrap_err", "expect_err"]);
const macros: ReadonlySet<string> = new Set(
  "panic todo unimplemented unreachable assert assert_eq assert_ne".split(" "),
);

const parts = {
  items:
    "#[derive(serde::Serialize, serde::Deserialize)]\npub struct Config {\n    pub text: String,\n}",
  plugin: "Tool, config = Config",
  impl: '    fn run(&self, input: String) -> String {\n        format!("{input}{}", self.n)\n    }',
};

export const configurePanics: SourceRule = {
  id: "configure-panics",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A `configure` that unwraps, asserts or panics.",
    why: "Fidius does not catch a panic in `configure`: it ends the host's process. A panic in a method is an error that the host gets.",
    bad: exampleLibrary({
      ...parts,
      type: 'pub struct MyTool {\n    n: u32,\n}\n\nimpl MyTool {\n    pub fn configure(config: Config) -> Self {\n        Self { n: config.text.parse().expect("a number") }\n    }\n}',
    }),
    good: exampleLibrary({
      ...parts,
      type: "pub struct MyTool {\n    n: u32,\n}\n\nimpl MyTool {\n    pub fn configure(config: Config) -> Self {\n        Self { n: config.text.parse().unwrap_or(0) }\n    }\n}",
    }),
    limits: "Only the body of `configure` itself is looked at, not what it calls.",
  },
  impl: (subject, report) => {
    if (subject.config === null) {
      return;
    }
    const found = inherentMethods(subject).find(({ method }) => method.name === "configure");
    const body = found?.method.body ?? null;
    if (found === undefined || body === null) {
      return;
    }
    for (const { start, end } of panicsIn(tokenizeRust(body.text))) {
      report(
        { start: start + body.start, end: end + body.start },
        "A panic in `configure` ends the host's process: Fidius catches panics in methods only. Keep what went wrong, and return an error from the methods.",
        { placed: found.placed },
      );
    }
  },
};

function panicsIn(tokens: readonly RustToken[]): readonly RustToken[] {
  return tokens.filter(({ kind, text }, index) => {
    const isMethod = tokens[index - 1]?.text === "." && methods.has(text);
    const isCall = tokens[index + 1]?.text === "!" && tokens[index + 2]?.kind === "open";
    return kind === "identifier" && (isMethod || (isCall && macros.has(text)));
  });
}
