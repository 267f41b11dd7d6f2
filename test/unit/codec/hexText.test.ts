// Hex text of bytes: any digits, any separators between them, in any alignment, read as Node reads the digits alone.

import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesToHexText, decodeHexInto } from "../../../src/codec/text/hex.ts";

const separator = fc.constantFrom("", "", "", "", " ", "_", "\n", "\t ", "  ");
const digit = fc.constantFrom(..."0123456789abcdefABCDEF".split(""));

it("digits with separators anywhere", () => {
  const texts = fc.array(fc.tuple(digit, separator, digit, separator), { maxLength: 60 });
  fc.assert(
    fc.property(texts, (pairs) => {
      const text = pairs.flat().join("");
      const target = new Uint8Array(Math.ceil(text.length / 2));
      const written = decodeHexInto(text, 0, target);
      const expected = Buffer.from(text.replaceAll(/[\s_]/gu, ""), "hex");
      assert.equal(written, expected.length);
      assert.deepEqual(Buffer.from(target.subarray(0, expected.length)), expected);
    }),
    { numRuns: 2000 },
  );
});

it("a wrong character is named with its column, wherever it stands", () => {
  const places = fc.tuple(fc.array(digit, { maxLength: 40 }), fc.constantFrom("g", "é", "-", "😀"));
  fc.assert(
    fc.property(places, fc.nat(40), ([digits, wrong], at) => {
      const index = Math.min(at, digits.length);
      const text = digits.toSpliced(index, 0, wrong).join("");
      const problem = decodeHexInto(text, 0, new Uint8Array(text.length));
      assert.equal(problem, `"${wrong}" at column ${index + 1} is not a hex digit.`);
    }),
  );
});

it("bytes of any length at any address are the digits that Node writes", () => {
  const lengths = fc.oneof(fc.nat(40), fc.nat(70_000));
  fc.assert(
    fc.property(lengths, fc.nat(9), fc.nat(255), (length, start, seed) => {
      const bytes = Uint8Array.from(
        { length: length + start + 3 },
        (_, at) => (at * 31 + seed) % 257,
      );
      const expected = Buffer.from(bytes.subarray(start, start + length)).toString("hex");
      const text = bytesToHexText(bytes, start, start + length);
      assert.ok(text === `hex:${expected}`);
      const target = new Uint8Array(length);
      assert.equal(decodeHexInto(text, 4, target), length);
      assert.ok(Buffer.compare(target, bytes.subarray(start, start + length)) === 0);
    }),
    { numRuns: 300 },
  );
});

it("Buffers of any length at any address are the digits that Node writes", () => {
  const source = Buffer.from(Uint8Array.from({ length: 4096 }, (_, at) => (at * 31) % 257).buffer);
  for (const length of [0, 1, 2, 1022, 1023, 1024, 1025, 2049]) {
    for (let offset = 0; offset < 18; offset += 1) {
      const bytes = source.subarray(offset, offset + length);
      assert.equal(bytesToHexText(bytes, 0, length), `hex:${bytes.toString("hex")}`);
      const middle = Math.floor(length / 3);
      const rest = bytes.subarray(middle).toString("hex");
      assert.equal(bytesToHexText(bytes, middle, length), `hex:${rest}`);
      const target = Buffer.from(new ArrayBuffer(length + 40)).subarray(offset, offset + length);
      assert.equal(decodeHexInto(bytes.toString("hex"), 0, target), length);
      assert.ok(target.equals(bytes));
    }
  }
});
