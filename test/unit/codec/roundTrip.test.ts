// Properties of the codec over random schemas: nothing is lost on the way through bytes or text, and no bytes make it throw.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import { defaultValue } from "../../../src/codec/values/defaults.ts";
import { encodeValue } from "../../../src/codec/bincode/encode.ts";
import { formatArguments, formatJson } from "../../../src/codec/json/formatJson.ts";
import { parseArguments } from "../../../src/codec/json/parseArguments.ts";
import { splitPointer } from "../../../src/model/value/jsonPointer.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { arbitrarySchema } from "../../vectors/arbitrarySchema.ts";
import type { RandomSchema } from "../../vectors/arbitrarySchema.ts";
import { arbitraryValue } from "../../vectors/arbitraryValue.ts";
import { schemasWith, tableOf } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const schemaAndValue: fc.Arbitrary<RandomSchema & { readonly value: JsonValue }> =
  arbitrarySchema.chain((schema) =>
    arbitraryValue(schema.type, schema.types).map((value) => ({ ...schema, value })),
  );

/** The bytes as Buffers at an even and an odd address inside of other bytes: what sockets and files give. */
function buffersOf(bytes: Uint8Array): readonly Buffer[] {
  return [2, 7].map((offset) => {
    const whole = Buffer.from(new ArrayBuffer(offset + bytes.length + 3)).fill(0xee);
    whole.set(bytes, offset);
    return whole.subarray(offset, offset + bytes.length);
  });
}

describe("the codec over random schemas", () => {
  it("gives back every value through bytes, with ranges inside the bytes", () => {
    fc.assert(
      fc.property(schemaAndValue, ({ type, types, value }) => {
        const encoded = encodeValue(type, types, value);
        assert.ok(encoded.ok, JSON.stringify(encoded));
        const decoded = decodeValue(type, types, encoded.value);
        assert.ok(decoded.ok, JSON.stringify(decoded));
        assert.deepEqual(decoded.value.value, value);
        for (const placed of buffersOf(encoded.value)) {
          assert.deepEqual(decodeValue(type, types, placed), decoded);
        }
        for (const { pointer, start, end } of decoded.value.ranges) {
          assert.ok(0 <= start && start <= end && end <= encoded.value.length);
          assert.notEqual(at(value, pointer), undefined, `${pointer} is a place in the value`);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("gives back every value through text", () => {
    fc.assert(
      fc.property(schemaAndValue, fc.constantFrom(0, 2), ({ type, types, value }, indent) => {
        const method = methodOf({ value: type });
        const text = formatArguments(method, types, { value }, indent);
        const parsed = parseArguments(method, types, text);
        assert.ok(parsed.ok, JSON.stringify(parsed));
        assert.deepEqual(parsed.value, { value });
        const list = `[${formatJson(type, types, value, indent)}]`;
        assert.deepEqual(parseArguments(method, types, list), parsed);
      }),
      { numRuns: 2000 },
    );
  });

  it("never throws on random bytes", () => {
    fc.assert(
      fc.property(arbitrarySchema, arbitraryBytes(), ({ type, types }, bytes) => {
        const decoded = decodeValue(type, types, bytes);
        if (!decoded.ok) {
          assert.ok(decoded.error.offset >= 0 && decoded.error.offset <= bytes.length);
          assert.ok(decoded.error.message.length > 0);
          assert.notEqual(splitPointer(decoded.error.pointer), undefined);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("never throws on values of another shape, and names places that are there", () => {
    const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
    const other = schemaAndValue.map(({ value }) => value);
    fc.assert(
      fc.property(arbitrarySchema, fc.oneof(anything, other), ({ type, types }, value) => {
        const encoded = encodeValue(type, types, value);
        if (!encoded.ok) {
          assert.ok(encoded.error.length > 0);
          for (const { pointer, message } of encoded.error) {
            const parent = (splitPointer(pointer) ?? []).length === 0 ? "" : parentOf(pointer);
            assert.notEqual(at(value, parent), undefined, `${pointer}: ${message}`);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("has a default for every type, which is a valid value", () => {
    fc.assert(
      fc.property(arbitrarySchema, ({ type, types }) => {
        const value = defaultValue(type, types);
        const encoded = encodeValue(type, types, value);
        assert.ok(encoded.ok, JSON.stringify([value, encoded]));
        const decoded = decodeValue(type, types, encoded.value);
        assert.ok(decoded.ok);
        assert.deepEqual(decoded.value.value, value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("large values", () => {
  const schemas = schemasWith(new Set(["Tree"]));
  const types = tableOf({ Tree: schemas.fields({ children: "Vec<Tree>" }) });

  function check(name: string, typeText: string, value: JsonValue, canonical = value): void {
    it(name, () => {
      const type = schemas.type(typeText);
      const encoded = encodeValue(type, types, value);
      assert.ok(encoded.ok);
      const decoded = decodeValue(type, types, encoded.value);
      assert.ok(decoded.ok);
      assert.ok(isDeepStrictEqual(decoded.value.value, canonical), "the value comes back");
    });
  }

  check(
    "text that outgrows the buffer in the middle of scalars",
    "String",
    "aé€😀".repeat(300_000),
  );
  check("ASCII text", "String", "hello ".repeat(1_000_000));
  const hex = Array.from({ length: 3_000_000 }, (_, index) =>
    ((index * 7919) % 256).toString(16).padStart(2, "0"),
  );
  check("bytes over many chunks", "Vec<u8>", `hex:${hex.join("")}`);
  check(
    "bytes in lines, digits parted",
    "Vec<u8>",
    `hex: ${hex.join("\n").replace("\n", "")}`,
    `hex:${hex.join("")}`,
  );
  check(
    "many small parts",
    "Vec<(u64, Option<String>)>",
    Array.from({ length: 50_000 }, (_, index) => [String(index), index % 2 ? null : `n${index}`]),
  );

  it("reach the same depth both ways", () => {
    const type = schemas.type("Tree");
    let value: JsonValue = { children: [] };
    // Two steps, `/children/0`, for each level of the type.
    const accepted = 999;
    for (let level = 0; level < accepted; level++) {
      value = { children: [value] };
    }
    const encoded = encodeValue(type, types, value);
    assert.ok(encoded.ok);
    assert.ok(decodeValue(type, types, encoded.value).ok);
    assert.ok(!encodeValue(type, types, { children: [{ children: [value] }] }).ok);
    const one = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);
    const bytes = new Uint8Array(8 * (accepted + 3));
    for (let level = 0; level < accepted + 2; level++) {
      bytes.set(one, 8 * level);
    }
    assert.ok(!decodeValue(type, types, bytes).ok);
  });
});

/** Random bytes, with the small numbers that tags and lengths are made of. */
function arbitraryBytes(): fc.Arbitrary<Uint8Array> {
  const small = fc.constantFrom(0, 0, 0, 1, 2, 3);
  return fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .array(fc.oneof(small, fc.integer({ min: 0, max: 255 })), { maxLength: 200 })
      .map((bytes) => Uint8Array.from(bytes)),
  );
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

function at(value: JsonValue, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const step of splitPointer(pointer) ?? []) {
    current =
      typeof current === "object" && current !== null && Object.hasOwn(current, step)
        ? (current as Record<string, JsonValue>)[step]
        : undefined;
  }
  return current;
}
