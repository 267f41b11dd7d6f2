// What the rules say of mistakes in other forms than their pages have.

import assert from "node:assert/strict";
import { offsetAt } from "../../../src/server/minimalEdit.ts";
import { problemsInExample } from "../../support/fixedExamples.ts";
import { ruleVariants } from "../../support/ruleVariants.ts";

describe("variants of mistakes", () => {
  for (const { name, text, said, compiles } of ruleVariants) {
    it(`${name}: ${said.length === 0 ? "nothing" : said.join(", ")}`, () => {
      const found = problemsInExample(text, {})
        .filter(({ severity }) => severity !== "information")
        .map(({ severity, code, span: { start, end } }) => {
          return `${severity} ${code}: ${text.slice(offsetAt(text, start), offsetAt(text, end))}`;
        });
      assert.deepEqual(found.toSorted(), said.toSorted());
      assert.ok(compiles || said.some((each) => each.startsWith("error")));
    });
  }
});
