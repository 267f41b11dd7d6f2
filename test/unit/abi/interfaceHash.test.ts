// Interface hashes against those that the real macros computed.

import assert from "node:assert/strict";
import { interfaceHash, sortSignatures } from "../../../src/abi/interfaceHash.ts";
import vectors from "../../vectors/hash-vectors.json" with { type: "json" };

describe("interfaceHash", () => {
  it("has all vectors", () => {
    assert.equal(vectors.length, 24);
  });

  for (const vector of vectors) {
    it(`of ${vector.name}: ${vector.note}`, () => {
      assert.equal(interfaceHash([...vector.sorted_signatures].reverse()), vector.hash_hex);
      assert.equal(BigInt(`0x${vector.hash_hex}`).toString(), vector.hash_u64);
    });
  }

  it("sorts by bytes, not by UTF-16 units", () => {
    assert.deepEqual(sortSignatures(["\u{1d49c}:->", "\uff21:->", "b:->", "B:->"]), [
      "B:->",
      "b:->",
      "\uff21:->",
      "\u{1d49c}:->",
    ]);
  });
});
