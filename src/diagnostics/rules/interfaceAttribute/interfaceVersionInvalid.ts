// `version = …` that is no `u32`.

import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { isU32 } from "../../source/attributes/numbers.ts";
import { unquoteFix } from "../../source/attributes/unquoteFix.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const interfaceVersionInvalid: SourceRule = {
  id: "interface-version-invalid",
  severity: "error",
  word: "macro",
  page: {
    finds: "An interface version that is no whole number of 32 bits.",
    why: "The descriptor has room for a `u32`, and the macro reads the number while it compiles: a literal, no text and no constant.",
    bad: exampleLibrary({ interface: 'version = "1", buffer = PluginAllocated' }),
    good: exampleLibrary(),
  },
  interface: ({ attribute, placed }, report) => {
    const value = argumentNamed(argumentList(attribute.arguments), "version")?.value ?? [];
    const [first, second] = value;
    // Where a comma is missing the next argument is no part of the version.
    const isCutShort =
      first !== undefined &&
      isU32([first]) &&
      second !== undefined &&
      !/^[-+*/%|&^<>=.(]/u.test(second.text);
    if (first === undefined || isU32(value) || isCutShort) {
      return;
    }
    report(
      spanOfTokens(value),
      "The version is no literal whole number from 0 to 4294967295. Write it without quotes, such as `version = 1`.",
      { fixes: unquoteFix(placed, value) },
    );
  },
};
