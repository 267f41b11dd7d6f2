// What a draft keeps from before, as people are shown it.

import assert from "node:assert/strict";
import { dropKept, keptGroups, keptText, takeKept } from "../../../media/draft/keptGroups.ts";
import { reconcile, type DraftTypes } from "../../../media/draft/reconcile.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import type { JsonObject } from "../../../src/model/value/value.ts";
import { sampleMethod } from "../../support/schemaSamples.ts";

const f64: TypeSchema = { kind: "float", bits: 64, rustType: "f64" };
const u64: TypeSchema = { kind: "integer", bits: 64, signed: false, rustType: "u64" };
const text: TypeSchema = { kind: "string", rustType: "String" };
const points: TypeSchema = {
  kind: "sequence",
  element: { kind: "named", id: "Point", rustType: "Point" },
  rustType: "Vec<Point>",
};

function typesOf(
  args: Readonly<Record<string, TypeSchema>>,
  fields: Readonly<Record<string, TypeSchema>> = {},
): DraftTypes {
  const listed = (parts: Readonly<Record<string, TypeSchema>>) =>
    Object.entries(parts).map(([name, type]) => ({ name, type }));
  return {
    method: sampleMethod("call", { arguments: listed(args) }),
    types: {
      Point: {
        kind: "struct",
        name: "Point",
        body: { kind: "struct", fields: listed(fields) },
        warnings: [],
      },
    },
  };
}

function keptAfter(value: JsonObject, before: DraftTypes, after: DraftTypes) {
  const state = reconcile({ value, side: {} }, before, after);
  return { state, groups: keptGroups(state, after) };
}

describe("values kept from before", () => {
  it("offers a renamed field its value, in every row, and puts it there when asked", () => {
    const after = typesOf({ route: points }, { latitude: f64, lon: f64 });
    const { state, groups } = keptAfter(
      {
        route: [
          { lat: 47.37, lon: 8.5 },
          { lat: 46.2, lon: 6.1 },
        ],
      },
      typesOf({ route: points }, { lat: f64, lon: f64 }),
      after,
    );
    const [group] = groups;
    assert.ok(group);
    assert.equal(group.label, "route[…].lat");
    assert.deepEqual(
      group.parts.map(({ part }) => keptText(part)),
      ["47.37", "46.2"],
    );
    assert.deepEqual(group.offers, ["latitude"]);
    const taken = takeKept(state, group, "latitude");
    assert.deepEqual(taken.value, {
      route: [
        { latitude: 47.37, lon: 8.5 },
        { latitude: 46.2, lon: 6.1 },
      ],
    });
    assert.deepEqual(keptGroups(taken, after), []);
  });

  it("offers a new argument of the type whatever its name, and none that is filled or of another type", () => {
    const { groups } = keptAfter(
      { count: "18446744073709551615", other: "7" },
      typesOf({ count: u64, other: u64 }),
      typesOf({ other: u64, total: u64, counted: text }),
    );
    assert.deepEqual(
      groups.map(({ label, offers, parts }) => [
        label,
        offers,
        parts.map(({ part }) => keptText(part)),
      ]),
      [["count", ["total"], ["18446744073709551615"]]],
    );
  });

  it("does not show what nobody typed", () => {
    const { state, groups } = keptAfter(
      { count: "0", name: "" },
      typesOf({ count: u64, name: text }),
      typesOf({ other: text }),
    );
    assert.deepEqual(groups, []);
    assert.deepEqual(Object.keys(state.side).sort(), ["/count", "/name", "/other"]);
  });

  it("drops by hand only what it is told to", () => {
    const after = typesOf({});
    const { state, groups } = keptAfter({ a: 1, b: 2 }, typesOf({ a: f64, b: f64 }), after);
    const [first] = groups;
    assert.ok(first);
    const left = keptGroups(dropKept(state, first), after);
    assert.deepEqual(
      left.map(({ label }) => label),
      ["b"],
    );
  });
});
