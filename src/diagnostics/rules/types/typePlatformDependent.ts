// A type whose text is so long that the compiler breaks it into lines, which go into the hash.

import { printType } from "../../../abi/typePrinter.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { typesOf } from "../../source/types/streamTypes.ts";
import type { SourceRule } from "../../sourceRule.ts";

/** Characters that always fit one line. */
const shortest = 60;

const long =
  "std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<Option<Result<u8, String>>>>>";

const method = (type: string): { readonly methods: string; readonly impl: string } => ({
  methods: `    fn run(&self, input: ${type}) -> u8;`,
  impl: `    fn run(&self, input: ${type}) -> u8 {\n        input.len() as u8\n    }`,
});

export const typePlatformDependent: SourceRule = {
  id: "type-platform-dependent",
  severity: "hint",
  word: "silent",
  page: {
    finds: "A type of an interface that is longer than one line of the compiler's own printing.",
    why: "The interface hash takes the type as the compiler prints it. A long one is broken into lines, and where they break may change with the compiler: plugin and host then have different hashes.",
    bad: exampleLibrary(method(long)),
    good: exampleLibrary({ items: `pub type Table = ${long};`, ...method("Table") }),
  },
  interface: ({ methods }, report) => {
    for (const type of methods.flatMap(typesOf)) {
      if (type.text.length > shortest && printType(type.text).includes("\n")) {
        report(
          type,
          "This type is so long that the compiler prints it in several lines, which go into the interface hash and may be others with another compiler. Give it a name by `type` or in a struct.",
        );
      }
    }
  },
};
