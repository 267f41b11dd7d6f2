// Comparing values by meaning: spelling and the order of maps and sets do not count, everything else does, with its place.

import assert from "node:assert/strict";
import { compareValues } from "../../../src/calls/expectation.ts";
import type { TypeSchema, TypeTable } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { bytesType, u64Type } from "../../support/schemaSamples.ts";

const float: TypeSchema = { kind: "float", bits: 64, rustType: "f64" };
const text: TypeSchema = { kind: "string", rustType: "String" };
const list: TypeSchema = { kind: "sequence", element: u64Type, rustType: "Vec<u64>" };
const set: TypeSchema = { ...list, isSet: true };
const numberMap: TypeSchema = { kind: "map", key: u64Type, value: text, rustType: "" };
const point: TypeSchema = { kind: "named", id: "demo::Point", rustType: "Point" };
const types: TypeTable = {
  "demo::Point": {
    kind: "struct",
    name: "Point",
    body: {
      kind: "struct",
      fields: [
        { name: "x", type: u64Type },
        { name: "label", type: { kind: "option", inner: text, rustType: "Option<String>" } },
      ],
    },
    warnings: [],
  },
};

const equal: readonly (readonly [string, TypeSchema, JsonValue, JsonValue])[] = [
  ["a long integer as text or number", u64Type, 42, "42"],
  ["NaN", float, "NaN", "NaN"],
  ["bytes in another form", bytesType, "base64:AAH/", "hex:0001ff"],
  ["a set in another order", set, [3, 1, 2], ["1", "2", "3"]],
  [
    "a map in another order",
    numberMap,
    [
      [2, "b"],
      [1, "a"],
    ],
    [
      ["1", "a"],
      ["2", "b"],
    ],
  ],
  ["a struct in another order", point, { label: null, x: 1 }, { x: "1", label: null }],
];

describe("compareValues", () => {
  for (const [what, type, expected, actual] of equal) {
    it(`takes ${what} as equal`, () => {
      assert.deepEqual(compareValues(type, types, expected, actual), { ok: true, value: [] });
    });
  }

  it("says where values differ, with all digits", () => {
    const big = "18446744073709551615";
    assert.deepEqual(compareValues(point, types, { x: 1, label: "a" }, { x: big, label: null }), {
      ok: true,
      value: [
        { pointer: "/x", expected: "1", actual: big },
        { pointer: "/label", expected: '"a"', actual: "null" },
      ],
    });
  });

  it("keeps the order of lists, and names what is missing or too much", () => {
    assert.deepEqual(compareValues(list, types, [1, 2, 3], ["2", "1"]), {
      ok: true,
      value: [
        { pointer: "/0", expected: "1", actual: "2" },
        { pointer: "/1", expected: "2", actual: "1" },
        { pointer: "/2", expected: "3", actual: undefined },
      ],
    });
  });

  it("tells 0 from -0, which are other bytes", () => {
    const compared = compareValues(float, types, 0, "-0");
    assert.ok(compared.ok);
    assert.equal(compared.value.length, 1);
  });

  it("refuses an expectation that is no value of the type", () => {
    const compared = compareValues(u64Type, types, "x", "1");
    assert.equal(compared.ok, false);
  });
});
