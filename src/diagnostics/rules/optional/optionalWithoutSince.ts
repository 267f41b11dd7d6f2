// `#[optional]` and `#[optional()]`.

import { interfaceArguments } from "../../../rust/fidius/fidiusArguments.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { hasParentheses, helpersNamed } from "../../source/attributes/helperAttributes.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const more = {
  impl: "    fn run(&self, input: String) -> String {\n        input\n    }\n    fn more(&self) -> u8 {\n        1\n    }",
};
const method = (attribute: string): string =>
  `    fn run(&self, input: String) -> String;\n    ${attribute}\n    fn more(&self) -> u8;`;

export const optionalWithoutSince: SourceRule = {
  id: "optional-without-since",
  severity: "error",
  word: "silent",
  page: {
    finds: "An `#[optional]` that does not say since which version.",
    why: "`#[optional]` does not compile. `#[optional()]` does, and makes the method required: it becomes part of the interface's hash.",
    bad: exampleLibrary({ methods: method("#[optional()]"), ...more }),
    good: exampleLibrary({ methods: method("#[optional(since = 1)]"), ...more }),
  },
  interface: ({ attribute: own, methods, placed }, report) => {
    const wanted = `#[optional(since = ${String(interfaceArguments(own).version)})]`;
    for (const { attributes, name } of methods) {
      const [attribute] = helpersNamed({ attributes }, "optional");
      if (attribute === undefined || attribute.arguments.length > 0) {
        continue;
      }
      const fixes = textFix(placed, `Write \`${wanted}\``, {
        fragment: attribute,
        newText: wanted,
      });
      if (hasParentheses(placed, attribute)) {
        report(
          attribute,
          `\`#[optional()]\` without \`since\` makes \`${name}\` required, and part of the interface hash. Write \`${wanted}\`.`,
          { severity: "warning", fixes },
        );
      } else {
        report(
          attribute,
          `\`#[optional]\` needs the version that brings \`${name}\`, else it does not compile. Write \`${wanted}\`.`,
          { fixes },
        );
      }
    }
  },
};
