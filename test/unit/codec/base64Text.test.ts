// Base64 text of bytes: either alphabet, white space anywhere, padded or not, of any length, read as Node reads it.

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBase64Into } from "../../../src/codec/text/base64.ts";

/** Longer than what is read at once, now and then. */
const bytes = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 120 }))
    .map(([part, times]) => Uint8Array.from(Array.from({ length: times }, () => [...part]).flat())),
);
const spaces = fc.array(fc.tuple(fc.nat(50_000), fc.constantFrom(" ", "\n", "\r\n", "\t")), {
  maxLength: 3,
});

it("either alphabet, with white space anywhere", () => {
  fc.assert(
    fc.property(bytes, fc.constantFrom("base64", "base64url"), spaces, (value, alphabet, gaps) => {
      let text = Buffer.from(value).toString(alphabet);
      for (const [at, space] of gaps) {
        const index = at % (text.length + 1);
        text = text.slice(0, index) + space + text.slice(index);
      }
      const target = new Uint8Array(Math.ceil((text.length * 3) / 4));
      const written = decodeBase64Into(`base64:${text}`, 7, target);
      assert.equal(written, value.length);
      assert.deepEqual(target.subarray(0, value.length), value);
    }),
    { numRuns: 500 },
  );
});

it("a wrong character is named with its column, wherever it stands", () => {
  const wrongs = fc.constantFrom("$", "é", "😀", ".");
  fc.assert(
    fc.property(bytes, wrongs, fc.nat(50_000), (value, wrong, at) => {
      const text = Buffer.from(value).toString("base64url");
      const index = at % (text.length + 1);
      const damaged = text.slice(0, index) + wrong + text.slice(index);
      const problem = decodeBase64Into(damaged, 0, new Uint8Array(damaged.length));
      assert.equal(problem, `"${wrong}" at column ${index + 1} is not a base64 character.`);
    }),
    { numRuns: 500 },
  );
});

it("is read into Buffers at any address", () => {
  const source = Buffer.from(Uint8Array.from({ length: 4096 }, (_, at) => (at * 37) % 251).buffer);
  for (const length of [0, 1, 767, 768, 769, 2048]) {
    for (let offset = 0; offset < 18; offset += 1) {
      const bytes = source.subarray(offset, offset + length);
      const target = Buffer.from(new ArrayBuffer(length + 40)).subarray(offset, offset + length);
      assert.equal(decodeBase64Into(bytes.toString("base64"), 0, target), length);
      assert.ok(target.equals(bytes));
    }
  }
});
