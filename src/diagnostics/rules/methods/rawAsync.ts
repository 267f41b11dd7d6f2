// `#[wire(raw)]` on an async method.

import { isRaw } from "../../../rust/fidius/fidiusArguments.ts";
import { exampleLibrary } from "../../source/example.ts";
import { methodEverywhere } from "../../source/implementations.ts";
import { asyncKeyword } from "../../source/signature.ts";
import { textFixIn } from "../../source/textFixes.ts";
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
        const changes = methodEverywhere(subject, method).flatMap(({ placed, method: own }) => {
          const keyword = asyncKeyword(placed, own);
          return keyword === null ? [] : [{ placed, fragment: keyword, newText: "" }];
        });
        report(
          method.nameSpan,
          `\`${method.name}\` is async and \`#[wire(raw)]\`, which Fidius does not build. Remove one of the two.`,
          { fixes: textFixIn("Remove `async` in the trait and in its impl blocks", ...changes) },
        );
      }
    }
  },
};
