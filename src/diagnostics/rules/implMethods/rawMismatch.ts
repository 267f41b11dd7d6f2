// A method that is raw on one side only.

import { isRaw } from "../../../rust/fidius/fidiusArguments.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { helpersNamed, wholeLine } from "../../source/attributes/helperAttributes.ts";
import { before, indentAt, textFix } from "../../source/textFixes.ts";
import { implOfInterface } from "../../source/methods/traitMethods.ts";
import type { SourceRule } from "../../sourceRule.ts";

const method = "    fn run(&self, data: Vec<u8>) -> Vec<u8>";

const raw = `    #[wire(raw)]\n${method}`;

export const rawMismatch: SourceRule = {
  id: "raw-mismatch",
  severity: "error",
  word: "silent",
  page: {
    finds:
      "A method with `#[wire(raw)]` in the trait and not in the impl block, or the other way round.",
    why: "It compiles, with the same interface hash. The host then writes bytes in one form, and the plugin reads them in the other.",
    bad: exampleLibrary({ methods: `${raw};`, impl: `${method} {\n        data\n    }` }),
    good: exampleLibrary({ methods: `${raw};`, impl: `${raw} {\n        data\n    }` }),
  },
  impl: (subject, report) => {
    const { placed } = subject;
    for (const { own, declared } of implOfInterface(subject)?.pairs ?? []) {
      const isByPath = [own, declared.item].some(({ attributes }) =>
        attributes.some(({ path }) => path.length > 1 && path.at(-1) === "wire"),
      );
      if (declared.isRaw === isRaw(own) || isByPath) {
        continue;
      }
      const [attribute] = helpersNamed(own, "wire");
      report(
        own.nameSpan,
        `\`${own.name}\` is \`#[wire(raw)]\` ${isRaw(own) ? "here but not in the trait" : "in the trait but not in this impl"}: it compiles with the same hash, and callers misread the bytes. Write the attribute on both.`,
        {
          fixes:
            attribute === undefined
              ? textFix(placed, "Add `#[wire(raw)]`", {
                  fragment: before(own),
                  newText: `#[wire(raw)]\n${indentAt(placed, own.start)}`,
                })
              : textFix(placed, "Remove `#[wire(raw)]`", {
                  fragment: wholeLine(placed, attribute),
                  newText: "",
                }),
        },
      );
    }
  },
};
