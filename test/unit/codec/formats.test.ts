// Human forms: a text that is shown says the whole value, and a wrong text is told, never an exception.

import assert from "node:assert/strict";
import fc from "fast-check";
import { formatOf, formats } from "../../../src/codec/formats/index.ts";
import type { ValueFormat } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";

const byte = fc.nat(255);
const i64 = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-100n, 100n)).map(String);
const u64 = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 2n ** 34n)).map(String);
const i32 = fc.oneof(fc.integer(), fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }));
const nanos = fc.oneof(fc.nat(999_999_999), fc.nat(0xffff_ffff), fc.constant(500_000_000));
const small = fc.oneof(fc.integer({ min: -128, max: 127 }), fc.integer({ min: -24, max: 24 }));
const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.array(byte, { minLength: length, maxLength: length }),
      fc.array(fc.constantFrom(0, 0, 255), { minLength: length, maxLength: length }),
    )
    .map((bytes) => `hex:${Buffer.from(bytes).toString("hex")}`);
const day = [fc.oneof(fc.integer({ min: -9999, max: 9999 }), fc.integer()), fc.nat(400)] as const;
const clock = [fc.nat(25), fc.nat(61), fc.nat(61), nanos] as const;

/** Exact values of the forms that are not text already, possible and impossible ones. */
const exactValues: Partial<Readonly<Record<ValueFormat, fc.Arbitrary<JsonValue>>>> = {
  duration: fc.record({ secs: u64, nanos }, { noNullPrototype: true }),
  signedDuration: fc.tuple(i64, i32),
  timeDelta: fc.tuple(i64, i32),
  timestamp: fc.record(
    { secs_since_epoch: u64, nanos_since_epoch: nanos },
    { noNullPrototype: true },
  ),
  uuid: hex(16),
  ipv4: fc.tuple(byte, byte, byte, byte),
  ipv6: hex(16),
  ipv4Network: hex(5),
  ipv6Network: hex(17),
  ordinalDate: fc.tuple(...day),
  timeOfDay: fc.tuple(...clock),
  plainDateTime: fc.tuple(...day, ...clock),
  offsetDateTime: fc.tuple(...day, ...clock, small, small, small),
  utcOffset: fc.tuple(small, small, small),
  monthNumber: byte,
  weekdayNumber: byte,
};

describe("human forms", () => {
  for (const [name, values] of Object.entries(exactValues)) {
    const format = formats[name as keyof typeof formats];

    it(`${name}: the text of a value is that value`, () => {
      let shown = 0;
      fc.assert(
        fc.property(values, (value) => {
          const text = format.print(value);
          if (text !== undefined) {
            shown++;
            const parsed = format.parse(text);
            assert.ok(parsed.ok, `${text}: ${JSON.stringify(parsed)}`);
            assert.deepEqual(parsed.value, value, text);
          }
        }),
        { numRuns: 2000, seed: 4 },
      );
      assert.ok(shown > 0);
    });
  }

  for (const [name, format] of Object.entries(formats)) {
    it(`${name}: its example is one, and other text is told in a sentence`, () => {
      assert.ok(format.parse(format.example).ok, format.example);
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
          const parsed = format.parse(text);
          assert.ok(parsed.ok || /^[\s\S]+[.:]?$/.test(parsed.error));
        }),
        { numRuns: 500, seed: 4 },
      );
    });

    it(`${name}: text with a letter changed never throws`, () => {
      fc.assert(
        fc.property(fc.nat(format.example.length), fc.string({ maxLength: 2 }), (at, inserted) => {
          const text = format.example.slice(0, at) + inserted + format.example.slice(at + 1);
          assert.equal(typeof format.parse(text).ok, "boolean");
        }),
        { numRuns: 500, seed: 4 },
      );
    });
  }

  describe("flags", () => {
    const named = [
      { name: "A", value: "1" },
      { name: "B", value: "6" },
      { name: "ALL", value: "7" },
      { name: "TOP", value: String(2 ** 31) },
    ];
    for (const bits of [32, 64, 128] as const) {
      for (const signed of [false, true]) {
        const flags = { inJson: "text", named } as const;
        const rustType = "Access";
        const format = formatOf("flags", { rustType, kind: "integer", bits, signed, flags });
        it(`of ${signed ? "i" : "u"}${bits}: the text of a value is that value`, () => {
          const least = signed ? -(2n ** BigInt(bits - 1)) : 0n;
          const wide = fc.bigInt(least, least + 2n ** BigInt(bits) - 1n);
          fc.assert(
            fc.property(fc.oneof(wide, fc.bigInt(0n, 16n)), (value) => {
              const exact = bits > 32 ? value.toString() : Number(value);
              const text = format.print(exact);
              assert.ok(text !== undefined);
              assert.deepEqual(format.parse(text), { ok: true, value: exact }, text);
            }),
            { numRuns: 2000, seed: 4 },
          );
        });
      }
    }
    const flags = { inJson: "text", named } as const;
    const access = formatOf("flags", {
      rustType: "Access",
      kind: "integer",
      bits: 32,
      signed: true,
      flags,
    });

    it("reads names, numbers of any base, and nothing", () => {
      const texts: readonly (readonly [string, number])[] = [
        ["", 0],
        ["A|B", 7],
        [" A | 0x40 ", 65],
        ["0b1_0", 2],
        ["9", 9],
        ["-1", -1],
        ["TOP", -(2 ** 31)],
      ];
      for (const [text, value] of texts) {
        assert.deepEqual(access.parse(text), { ok: true, value }, text);
      }
      assert.deepEqual([0, 1, 3, 15].map(access.print), ["0x0", "A", "A | 0x2", "A | B | 0x8"]);
    });

    it("tells what is wrong", () => {
      const wrong: readonly (readonly [string, RegExp])[] = [
        ["C", /^"C" is none of them: use A, B, ALL, TOP, or bits such as 0x40\.$/],
        ["A |", /^A name is missing beside \|: use A/],
        ["0x1_0000_0000", /^0x100000000 has more than the 32 bits of the type\.$/],
        ["-2147483649", /is none of them/],
      ];
      for (const [text, expected] of wrong) {
        const parsed = access.parse(text);
        assert.ok(!parsed.ok, text);
        assert.match(parsed.error, expected);
      }
    });
  });

  it("tells what is wrong", () => {
    const wrong: readonly (readonly [keyof typeof formats, string, RegExp])[] = [
      ["duration", "90", /90 has no unit/],
      ["duration", "0.5ns", /finer than a nanosecond/],
      ["duration", "18446744073709551616s", /longer than Rust's longest/],
      ["uuid", "67e55044", /32 hex digits.*has 8/],
      ["uuid", "67e55044-10b1-426f-9247-bb680e5fe0cx", /"x" at position 36/],
      ["date", "2023-02-29", /days 1 to 28, not 29/],
      ["timestamp", "1969-12-31T23:59:59Z", /before 1970/],
      ["dateTime", "2024-01-01T00:00:00", /offset is missing/],
      ["ipv4", "1.2.3.256", /"256" is no number from 0 to 255/],
      ["socketV4", "1.2.3.4:70000", /0 to 65535, not 70000/],
      ["version", "1.2", /MAJOR\.MINOR\.PATCH/],
      ["decimal", "79228162514264337593543950336", /larger than/],
      ["url", "example.com", /no scheme/],
    ];
    for (const [name, text, expected] of wrong) {
      const parsed = formats[name].parse(text);
      assert.ok(!parsed.ok, text);
      assert.match(parsed.error, expected);
    }
  });
});
