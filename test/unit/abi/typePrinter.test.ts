// The type printer against every pair that rustc 1.95 printed.

import assert from "node:assert/strict";
import { printType } from "../../../src/abi/typePrinter.ts";
import vectors from "../../vectors/type-printing.json" with { type: "json" };

describe("typePrinter", () => {
  it("has all pairs", () => {
    assert.equal(vectors.pairs.length, 329);
    assert.equal(vectors.pairs.filter(({ printed }) => printed.includes("\n")).length, 63);
  });

  for (const { source, printed } of vectors.pairs) {
    it(`prints ${source.slice(0, 60)}`, () => {
      assert.equal(printType(source), printed);
    });
  }

  it("takes comments and doc comments for spacing", () => {
    assert.equal(printType("Vec</* inner */ u8> // tail\n/// doc\n"), "Vec < u8 >");
  });
});
