// `#[wire(raw)]` on an async method.

import { isRaw } from "../../../rust/fidius/fidiusArguments.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { removeAsync } from "../../source/methods/implementations.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const rawAsync: SourceRule = {
  id: "raw-async",
  severity: "error",
  word: "macro",
  page: {
    finds: "An async method under `#[wire(raw)]`.",
    why: "No release of Fidius builds one.",
    bad: exampleLibrary({
      methods: "    #[wire(raw)]\n    async fn run(&self, data: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(raw)]\n    async fn run(&self, data: Vec<u8>) -> Vec<u8> {\n        data\n    }",
    }),
    good: exampleLibrary({
      methods: "    #[wire(raw)]\n    fn run(&self, data: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(raw)]\n    fn run(&self, data: Vec<u8>) -> Vec<u8> {\n        data\n    }",
    }),
  },
  interface: (subject, report) => {
    for (const method of subject.methods) {
      if (method.isAsync && isRaw(method)) {
        report(
          method.nameSpan,
          `\`${method.name}\` is async and \`#[wire(raw)]\`, which Fidius does not build. Remove one of the two.`,
          { fixes: removeAsync(subject, method) },
        );
      }
    }
  },
};
