// `#[wire(…)]` that is not `#[wire(raw)]`.

import type { RustToken } from "../../../abi/rustTokens.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute, Fragment, FunctionItem } from "../../../rust/syntax/items/items.ts";
import { spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { hasParentheses, helpersNamed } from "../../source/attributes/helperAttributes.ts";
import { methodEverywhere, type PlacedMethod } from "../../source/methods/implementations.ts";
import { textFixIn } from "../../source/textFixes.ts";
import type { Report, Severity, SourceRule } from "../../sourceRule.ts";

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
  interface: (subject, report) => {
    for (const method of subject.methods) {
      check(method, subject.placed, report, () => methodEverywhere(subject, method));
    }
  },
  impl: ({ methods, placed }, report) => {
    for (const method of methods) {
      check(method, placed, report, () => [{ placed, method }]);
    }
  },
};

/** `everywhere`: where the fix goes too, the method itself included. */
function check(
  own: FunctionItem,
  placed: Placed<unknown>,
  report: Report,
  everywhere: () => readonly PlacedMethod[],
): void {
  for (const attribute of helpersNamed(own, "wire")) {
    const fault = faultOf(attribute, placed);
    if (fault !== undefined) {
      const { fragment, message, severity } = fault;
      report(fragment, message, {
        fixes: fixesIn(everywhere()),
        ...(severity !== undefined && { severity }),
      });
    }
  }
}

function fixesIn(methods: readonly PlacedMethod[]): readonly TextFix[] {
  return textFixIn(
    `Write \`${raw}\``,
    ...methods.flatMap(({ method, placed }) =>
      helpersNamed(method, "wire")
        .filter((attribute) => faultOf(attribute, placed) !== undefined)
        .map((fragment) => ({ placed, fragment, newText: raw })),
    ),
  );
}

interface Fault {
  readonly fragment: Fragment;
  readonly message: string;
  readonly severity?: Severity;
}

function faultOf(attribute: Attribute, placed: Placed<unknown>): Fault | undefined {
  const tokens = attribute.arguments;
  if (tokens.length > 0) {
    return isRawList(tokens)
      ? undefined
      : {
          fragment: spanOfTokens(tokens),
          message: "`#[wire(…)]` takes `raw` and nothing else.",
        };
  }
  return hasParentheses(placed, attribute)
    ? {
        fragment: attribute,
        message: `\`#[wire()]\` has no effect. Write \`${raw}\`, or remove it.`,
        severity: "warning",
      }
    : { fragment: attribute, message: `\`#[wire]\` needs its argument: write \`${raw}\`.` };
}

/** `raw`, be it twice or with a comma behind it. */
function isRawList(tokens: readonly RustToken[]): boolean {
  return /^raw(?:,raw)*,?$/u.test(tokens.map(({ text }) => text).join(""));
}
