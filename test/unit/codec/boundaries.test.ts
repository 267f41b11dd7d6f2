// Values at the limits of types: all are valid, few, and of bounded size, whatever the type; and they are the limits.

import assert from "node:assert/strict";
import fc from "fast-check";
import { boundaryArguments, boundaryValues } from "../../../src/codec/values/boundaries.ts";
import { defaultValue } from "../../../src/codec/values/defaults.ts";
import { encodeArguments, encodeValue } from "../../../src/codec/bincode/encode.ts";
import { boundaryTexts } from "../../../src/codec/formats/boundaries.ts";
import { formats } from "../../../src/codec/formats/index.ts";
import type { TypeSchema, TypeTable } from "../../../src/model/schema/schema.ts";
import { arbitrarySchema } from "../../vectors/arbitrarySchema.ts";
import { schemasWith, tableOf } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const schemas = schemasWith(new Set(["Node", "Shape"]));
const types = tableOf({
  Node: schemas.fields({ name: "String", children: "Vec<Node>", next: "Option<Box<Node>>" }),
  Shape: [
    ["Empty", { kind: "unit" }],
    ["Circle", { kind: "newtype", inner: schemas.type("u8") }],
    ["Named", schemas.fields({ name: "String" })],
  ],
});

function limitsOf(text: string): unknown {
  return boundaryValues(schemas.type(text), types);
}

describe("values at the limits of types", () => {
  it("are the least, the greatest, and the special ones", () => {
    assert.deepEqual(limitsOf("i8"), [-128, 127, 0, -1, 1]);
    assert.deepEqual(limitsOf("u64"), ["0", "18446744073709551615", "1"]);
    assert.deepEqual(limitsOf("NonZeroI16"), [-32768, 32767, -1, 1]);
    assert.deepEqual(limitsOf("Option<bool>"), [null, false, true]);
    assert.deepEqual(limitsOf("Option<Option<bool>>"), [null, { $some: null }, false, true]);
    assert.deepEqual(limitsOf("Vec<bool>"), [[], [false, true]]);
    assert.deepEqual(limitsOf("[u8; 2]"), ["hex:0000", "hex:ffff"]);
    assert.deepEqual(limitsOf("(bool, u64)"), [
      [false, "0"],
      [true, "18446744073709551615"],
      [false, "1"],
    ]);
    assert.deepEqual((limitsOf("Shape") as unknown[]).slice(0, 4), [
      "Empty",
      { Circle: 0 },
      { Named: { name: "" } },
      { Circle: 255 },
    ]);
    const floats = limitsOf("f64") as unknown[];
    for (const value of ["-0", "NaN", "Infinity", "-Infinity", 5e-324, Number.MAX_VALUE, 0]) {
      assert.ok(floats.includes(value), String(value));
    }
    const texts = limitsOf("String") as string[];
    assert.deepEqual([texts[0], (texts[1] ?? "").length > 60_000], ["", true]);
  });

  it("of formats are texts of them", () => {
    for (const [name, { parse }] of Object.entries(formats)) {
      const type: TypeSchema = { rustType: name, kind: "string" };
      const texts = boundaryTexts(name as keyof typeof formats, type);
      assert.ok(texts.length >= 2, name);
      for (const text of texts) {
        assert.ok(parse(text).ok, `${name}: ${text}`);
      }
    }
  });

  it("of a recursive type end", () => {
    const sets = boundaryValues(schemas.type("Node"), types);
    assert.ok(sets.length > 2 && sets.length <= 16);
    assert.ok(JSON.stringify(sets).includes('"children":[{'));
  });

  it("are valid, few and bounded for random types", () => {
    const sizes: number[] = [];
    fc.assert(
      fc.property(arbitrarySchema, ({ type, types: table }) => {
        const values = boundaryValues(type, table);
        assert.ok(values.length >= 1 && values.length <= 16);
        const sets = boundaryArguments(methodOf({ a: type, b: type }), table);
        assert.ok(sets.length <= 16);
        for (const args of sets) {
          const encoded = encodeArguments(methodOf({ a: type, b: type }), table, args);
          if (!encoded.ok) {
            assert.ok(isWithoutValue(type, table), JSON.stringify(encoded.error[0]));
          } else {
            sizes.push(encoded.value.length);
          }
        }
      }),
      { numRuns: 400, seed: 7 },
    );
    assert.ok(Math.max(...sizes) > 100_000 && Math.max(...sizes) < 8_000_000);
  });
});

/** Whether not even the default is valid: a type that no value ends, or of which none is known. */
function isWithoutValue(type: TypeSchema, table: TypeTable): boolean {
  return !encodeValue(type, table, defaultValue(type, table)).ok;
}
