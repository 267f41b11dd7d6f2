// A host function that streams.

import type { SourceRule } from "../../sourceRule.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { typesOf } from "../../source/types/streamTypes.ts";

export const hostFunctionStream: SourceRule = {
  id: "host-function-stream",
  severity: "error",
  word: "macro",
  page: {
    finds: "A `Stream<T>` in a host function.",
    why: "One request has one answer.",
    bad: hostExample({ functions: "fn log(&self) -> fidius::Stream<String>;" }),
    good: hostExample({ functions: "fn log(&self) -> Vec<String>;" }),
    isLinkedOnly: true,
  },
  hostInterface: ({ methods }, report) => {
    for (const type of methods.flatMap(typesOf)) {
      if (streamItem(parseType(type)) !== null) {
        report(
          type,
          "Host functions do not stream: one request has one answer. Pass a `Vec`, or call the function once for each item.",
        );
      }
    }
  },
};
