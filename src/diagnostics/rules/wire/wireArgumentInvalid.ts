// `#[wire(…)]` that is not `#[wire(raw)]`.

import type { RustToken } from "../../../abi/rustTokens.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { hasParentheses, helpersNamed } from "../../source/attributes/helperAttributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

const raw = "#[wire(raw)]";

export const wireArgumentInvalid: SourceRule = {
  id: "wire-argument-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `#[wire]`, `#[wire()]` or `#[wire(json)]`.",
    why: "Only `raw` exists. `#[wire()]` compiles and has no effect.",
    bad: exampleLibrary({
      methods: "    #[wire(json)]\n    fn run(&self, input: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(json)]\n    fn run(&self, input: Vec<u8>) -> Vec<u8> {\n        input\n    }",
    }),
    good: exampleLibrary({
      methods: "    #[wire(raw)]\n    fn run(&self, input: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(raw)]\n    fn run(&self, input: Vec<u8>) -> Vec<u8> {\n        input\n    }",
    }),
  },
  interface: ({ methods, placed }, report) => {
    methods.forEach((method) => {
      check(method, placed, report);
    });
  },
  impl: ({ methods, placed }, report) => {
    methods.forEach((method) => {
      check(method, placed, report);
    });
  },
};

function check(method: FunctionItem, placed: Placed<unknown>, report: Report): void {
  for (const attribute of helpersNamed(method, "wire")) {
    const tokens = attribute.arguments;
    if (tokens.length === 0 && !hasParentheses(placed, attribute)) {
      report(attribute, `\`#[wire]\` needs its argument: write \`${raw}\`.`, {
        fixes: textFix(placed, `Write \`${raw}\``, { fragment: attribute, newText: raw }),
      });
    } else if (tokens.length === 0) {
      report(attribute, `\`#[wire()]\` has no effect. Write \`${raw}\`, or remove it.`, {
        severity: "warning",
        fixes: textFix(placed, `Write \`${raw}\``, { fragment: attribute, newText: raw }),
      });
    } else if (!isRawList(tokens)) {
      const fragment = spanOfTokens(tokens);
      report(fragment, `\`#[wire(…)]\` takes \`raw\` and nothing else.`, {
        fixes: textFix(placed, "Write `raw`", { fragment, newText: "raw" }),
      });
    }
  }
}

/** `raw`, be it twice or with a comma behind it. */
function isRawList(tokens: readonly RustToken[]): boolean {
  return /^raw(?:,raw)*,?$/u.test(tokens.map(({ text }) => text).join(""));
}
