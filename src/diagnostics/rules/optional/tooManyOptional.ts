// The 65th optional method.

import { optionalMark } from "../../../rust/fidius/fidiusArguments.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

const most = 64;

const names = Array.from({ length: most + 1 }, (_, index) => `m${String(index)}`);

export const tooManyOptional: SourceRule = {
  id: "too-many-optional",
  severity: "error",
  word: "macro",
  page: {
    finds: "More than 64 optional methods in one interface.",
    why: "A library says which of them it has in one number of 64 bits.",
    bad: exampleLibrary({
      methods: names.map((name) => `    #[optional(since = 1)]\n    fn ${name}(&self);`).join("\n"),
      impl: names.map((name) => `    fn ${name}(&self) {}`).join("\n"),
    }),
    good: exampleLibrary(),
  },
  interface: ({ methods }, report) => {
    const optional = methods.filter((method) => optionalMark(method) !== "none");
    const first = optional[most];
    if (first !== undefined) {
      report(
        first.nameSpan,
        `\`${first.name}\` is the 65th optional method, and an interface can have 64. Move some to another interface.`,
      );
    }
  },
};
