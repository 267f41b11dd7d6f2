// First values: the plainest valid ones, and an end to every recursion.

import assert from "node:assert/strict";
import { defaultArguments, defaultValue } from "../../../src/codec/values/defaults.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { schemasWith, tableOf, unitBody } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const wide = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`W${index}`, index]));
const schemas = schemasWith(
  new Set([..."Expr Pair Loop Never Name Mutual".split(" "), ...Object.keys(wide)]),
);
const types = tableOf({
  Expr: [
    ["Neg", schemas.newtype("Box<Expr>")],
    ["Mutual", schemas.newtype("Mutual")],
    ["Num", schemas.newtype("i64")],
  ],
  Mutual: schemas.fields({ a: "Box<Expr>" }),
  Pair: schemas.tuple("u8", "Option<Box<Pair>>"),
  Loop: schemas.fields({ next: "Box<Loop>" }),
  Never: [],
  Name: schemas.newtype("String"),
  W0: unitBody,
  ...Object.fromEntries(
    Object.values(wide)
      .slice(1)
      .map((index) => [`W${index}`, schemas.tuple(`W${index - 1}`, `W${index - 1}`)]),
  ),
});

const cases: readonly (readonly [string, JsonValue])[] = [
  ["bool", false],
  ["u8", 0],
  ["u64", "0"],
  ["i128", "0"],
  ["NonZeroI8", 1],
  ["f32", 0],
  ["char", "a"],
  ["String", ""],
  ["Vec<u8>", "hex:"],
  ["[u8; 3]", "hex:000000"],
  ["()", null],
  ["Option<u8>", null],
  ["Vec<String>", []],
  ["[u16; 2]", [0, 0]],
  ["(u8, bool)", [0, false]],
  ["HashMap<String, u8>", {}],
  ["HashMap<Name, u8>", {}],
  ["HashMap<u8, u8>", []],
  ["Result<u8, ()>", { Ok: 0 }],
  ["Result<Never, u8>", { Err: 0 }],
  ["Expr", { Num: "0" }],
  ["Mutual", { a: { Num: "0" } }],
  ["Pair", [0, null]],
  ["Loop", null],
  ["Never", null],
];

describe("defaultValue", () => {
  for (const [type, value] of cases) {
    it(`${type}: ${JSON.stringify(value)}`, () => {
      assert.deepEqual(defaultValue(schemas.type(type), types), value);
    });
  }

  it("does not fill memory where a type doubles at every level, or is an enormous array", () => {
    assert.equal(defaultValue(schemas.type("W39"), types), null);
    assert.equal(defaultValue(schemas.type("[u8; 1000000000000]"), types), null);
    assert.equal(defaultValue(schemas.type("[u16; 1000000000000]"), types), null);
  });
});

describe("defaultArguments", () => {
  it("has every argument by name", () => {
    const method = methodOf({ a: schemas.type("u8"), b: schemas.type("String") });
    assert.deepEqual(defaultArguments(method, types), { a: 0, b: "" });
  });

  it("of a raw method are no bytes", () => {
    const method = methodOf({ data: schemas.type("Vec<u8>") }, undefined, "raw");
    assert.deepEqual(defaultArguments(method, types), { data: "hex:" });
  });
});
