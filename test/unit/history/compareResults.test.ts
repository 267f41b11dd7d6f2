// Two results of one method, compared by meaning.

import assert from "node:assert/strict";
import { compareResults } from "../../../src/history/compareResults.ts";
import type { CallResult } from "../../../src/model/outcome.ts";
import type { TypeSchema, TypeTable } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";

const text = { kind: "string", rustType: "String" } as const;
const u64 = { kind: "integer", bits: 64, signed: false, rustType: "u64" } as const;
const f64 = { kind: "float", bits: 64, rustType: "f64" } as const;

const ok = (value: JsonValue): CallResult => ({
  kind: "ok",
  value,
  bytes: new Uint8Array(),
  ranges: [],
});

function differences(type: TypeSchema, left: JsonValue, right: JsonValue, types: TypeTable = {}) {
  const typed = {
    method: { returns: { kind: "value", type }, wire: "bincode" } as const,
    types,
  };
  return compareResults(ok(left), ok(right), typed);
}

describe("comparing results", () => {
  const map: TypeSchema = { kind: "map", key: text, value: u64, rustType: "HashMap<String, u64>" };
  const list: TypeSchema = { kind: "sequence", element: u64, rustType: "Vec<u64>" };

  it("ignores the order of a map, in either of its forms", () => {
    assert.deepEqual(differences(map, { a: "1", b: "2" }, { b: "2", a: "1" }), []);
    assert.deepEqual(
      differences(map, { a: "1", b: "2" }, [
        ["b", "2"],
        ["a", "1"],
      ]),
      [],
    );
  });

  it("names the key whose value changed, came or went, and no other", () => {
    assert.deepEqual(differences(map, { a: "1", b: "2", c: "3" }, { c: "4", a: "1", d: "5" }), [
      { pointer: "/b", left: "2", right: undefined },
      { pointer: "/c", left: "3", right: "4" },
      { pointer: "/d", left: undefined, right: "5" },
    ]);
    const byNumber: TypeSchema = { ...map, key: u64 };
    assert.deepEqual(
      differences(
        byNumber,
        [
          ["1", "1"],
          ["2", "2"],
        ],
        [["2", "3"]],
      ),
      [
        { pointer: "/1", left: "1", right: undefined },
        { pointer: "/2", left: "2", right: "3" },
      ],
    );
  });

  it("keeps the order of a list, and not that of a set", () => {
    assert.equal(differences(list, ["1", "2"], ["2", "1"]).length, 2);
    const set: TypeSchema = { ...list, isSet: true };
    assert.deepEqual(differences(set, ["1", "2"], ["2", "1"]), []);
    assert.deepEqual(differences(set, ["1", "2"], ["2", "3"]), [
      { pointer: "", left: "1", right: undefined },
      { pointer: "", left: undefined, right: "3" },
    ]);
  });

  it("takes floats that differ in their last digits as the same, integers never", () => {
    assert.deepEqual(differences(f64, 0.1 + 0.2, 0.3), []);
    assert.equal(differences(f64, 0.3, 0.3001).length, 1);
    assert.deepEqual(differences(f64, "NaN", "NaN"), []);
    assert.deepEqual(differences(u64, "18446744073709551615", "18446744073709551614"), [
      { pointer: "", left: "18446744073709551615", right: "18446744073709551614" },
    ]);
  });

  it("goes into structs, options and variants", () => {
    const types: TypeTable = {
      "a::Report": {
        kind: "struct",
        name: "Report",
        warnings: [],
        body: {
          kind: "struct",
          fields: [
            { name: "total", type: f64 },
            { name: "unit", type: { kind: "named", id: "a::Unit", rustType: "Unit" } },
          ],
        },
      },
      "a::Unit": {
        kind: "enum",
        name: "Unit",
        warnings: [],
        variants: [
          { name: "None", index: 0, body: { kind: "unit" } },
          {
            name: "Named",
            index: 1,
            body: { kind: "struct", fields: [{ name: "of", type: map }] },
          },
        ],
      },
    };
    const report: TypeSchema = {
      kind: "option",
      rustType: "Option<Report>",
      inner: { kind: "named", id: "a::Report", rustType: "Report" },
    };
    const value = (total: number, of: JsonValue): JsonValue => ({ total, unit: { Named: { of } } });
    assert.deepEqual(
      differences(report, value(1, { a: "1" }), value(1 + 1e-12, { a: "2" }), types),
      [{ pointer: "/unit/Named/of/a", left: "1", right: "2" }],
    );
    assert.equal(differences(report, value(1, {}), null, types).length, 1);
    assert.equal(differences(report, { total: 1, unit: "None" }, value(1, {}), types).length, 1);
  });

  it("tells other kinds of outcomes by their words", () => {
    const panic = (message: string): CallResult => ({ kind: "panic", panic: { message } });
    assert.deepEqual(compareResults(ok("1"), panic("gone"), null), [
      { pointer: "", left: "ok", right: "panicked: gone" },
    ]);
    assert.deepEqual(compareResults(panic("gone"), panic("gone"), null), []);
  });

  it("compares as JSON where the types are not those of the calls", () => {
    assert.deepEqual(compareResults(ok({ a: [1] }), ok({ a: [2] }), null), [
      { pointer: "/a/0", left: "1", right: "2" },
    ]);
  });
});
