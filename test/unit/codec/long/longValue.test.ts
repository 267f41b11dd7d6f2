// Long values are read where they are looked at: what is found so is what decoding the whole gives, for any type.

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeValue } from "../../../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../../../src/codec/bincode/encode.ts";
import { formatJson } from "../../../../src/codec/json/formatJson.ts";
import { longJson, type Stretch } from "../../../../src/codec/long/longText.ts";
import { LongValue, type LongList } from "../../../../src/codec/long/longValue.ts";
import { unknownReason } from "../../../../src/codec/values/unknownParts.ts";
import type { TypeSchema } from "../../../../src/model/schema/schema.ts";
import { arbitrarySchema } from "../../../vectors/arbitrarySchema.ts";
import { arbitraryValue } from "../../../vectors/arbitraryValue.ts";

const u64: TypeSchema = { rustType: "u64", kind: "integer", bits: 64, signed: false };
const text: TypeSchema = { rustType: "String", kind: "string" };
const list = (element: TypeSchema): TypeSchema => ({
  rustType: "Vec<_>",
  kind: "sequence",
  element,
});

const longSchema = arbitrarySchema.filter(
  ({ type, types }) =>
    unknownReason(type, types) === undefined && !JSON.stringify(types).includes("byName"),
);
const longValue = longSchema.chain(({ type, types }) =>
  arbitraryValue(type, types).map((value) => ({ type, types, value })),
);

function measured(value: LongValue): boolean {
  const steps = value.measure();
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next();
  }
  return step.value;
}

function bytesOf(type: TypeSchema, value: unknown): Uint8Array {
  const encoded = encodeValue(type, {}, value as null);
  assert.ok(encoded.ok, JSON.stringify(encoded));
  return encoded.value;
}

const textOf = (value: LongValue, stretch?: Stretch, limit = 12): string =>
  [...longJson(value, { type: value.type, start: 0 }, stretch, limit)].join("");

describe("long values", () => {
  it("have the JSON text of the decoded whole, and pages that make up that text", () => {
    fc.assert(
      fc.property(longValue, fc.integer({ min: 1, max: 64 }), ({ type, types, value }, page) => {
        const encoded = encodeValue(type, types, value);
        assert.ok(encoded.ok);
        const bytes = encoded.value;
        const decoded = decodeValue(type, types, bytes);
        assert.ok(decoded.ok);
        const long = new LongValue(type, types, bytes);
        assert.equal(measured(long), true);
        // Texts with keys that objects move are pairs there, and objects here.
        const whole = textOf(long);
        if (!JSON.stringify(type).includes('"map"') && !JSON.stringify(types).includes('"map"')) {
          assert.equal(whole, formatJson(type, types, decoded.value.value, 2));
        }
        let pages = "";
        for (let from = -1; from < bytes.length; from += page) {
          pages += textOf(long, { from, to: from + page });
        }
        assert.equal(pages, whole);
      }),
      { numRuns: 500 },
    );
  });

  it("are refused where decoding refuses them", () => {
    fc.assert(
      fc.property(
        longValue,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }),
        fc.integer({ min: -2, max: 2 }),
        ({ type, types, value }, edits, more) => {
          const encoded = encodeValue(type, types, value);
          assert.ok(encoded.ok);
          const bytes = new Uint8Array(Math.max(0, encoded.value.length + more));
          bytes.set(encoded.value.subarray(0, bytes.length));
          for (const [at, byte] of edits) {
            if (bytes.length > 0) {
              bytes[at % bytes.length] = byte;
            }
          }
          const decoded = decodeValue(type, types, bytes);
          assert.equal(
            measured(new LongValue(type, types, bytes)),
            decoded.ok,
            JSON.stringify(decoded),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("give each element of a long list, before and after they are measured", () => {
    const texts = Array.from({ length: 5_000 }, (_, index) => "x".repeat(index % 17));
    const type = list(list(text));
    const bytes = bytesOf(type, [["a"], texts, ["b", "c"]]);
    for (const isMeasured of [false, true]) {
      const long = new LongValue(type, {}, bytes);
      assert.equal(!isMeasured || measured(long), true);
      const outer = long.listOf({ type, start: 0 });
      const inner = { type: list(text), start: outer?.startOf(1) ?? -1 };
      const elements: LongList | undefined = long.listOf({
        ...inner,
        type: (type as { element: TypeSchema }).element,
      });
      assert.equal(elements?.count, 5_000);
      for (const index of [0, 1, 63, 64, 65, 4_000, 4_999]) {
        const start: number = elements.startOf(index);
        const end = long.endOf({ type: text, start });
        assert.equal(end - start - 8, texts[index]?.length);
        assert.equal(elements.indexAt(start), index);
        assert.equal(elements.indexAt(end - 1), index);
      }
    }
  });

  it("are measured in pieces, however they nest", () => {
    const numbers = Array.from({ length: 30_000 }, (_, index) => String(index));
    const shapes: readonly (readonly [TypeSchema, unknown])[] = [
      [list({ rustType: "Option<u64>", kind: "option", inner: u64 }), numbers],
      [list(list({ rustType: "Option<u64>", kind: "option", inner: u64 })), [numbers, numbers]],
      [
        {
          rustType: "(Vec<Option<u64>>, u64)",
          kind: "tuple",
          elements: [list({ rustType: "Option<u64>", kind: "option", inner: u64 }), u64],
        },
        [numbers, "7"],
      ],
      [text, "é".repeat(800_000)],
    ];
    for (const [type, value] of shapes) {
      const bytes = bytesOf(type, value);
      const places = [...new LongValue(type, {}, bytes).measure()];
      const longest = places.reduce(
        (most, place, index) => Math.max(most, place - (places[index - 1] ?? 0)),
        0,
      );
      assert.ok(
        places.length > 3 && longest <= 600 * 1024,
        `${places.length} pieces, ${longest} bytes`,
      );
    }
  });
});
