// Values as deep as the limit goes through everything that the panel does with them: form, JSON text, tree, comparison, one part
// replaced. The stack of a page is no larger than that of this process.

import assert from "node:assert/strict";
import { reconcile } from "../../../media/draft/reconcile.ts";
import { typedNode } from "../../../media/response/tree/treeNode.ts";
import { expandAll, treeRows } from "../../../media/response/tree/treeRows.ts";
import { canonicalArguments, formArguments } from "../../../media/values/conform.ts";
import { equalValues } from "../../../media/values/equalValues.ts";
import { valueAt, withValueAt } from "../../../media/values/pointer.ts";
import { isInline } from "../../../media/values/shape.ts";
import { depthBounds } from "../../../src/codec/kinds/depth.ts";
import type { JsonObject, JsonValue } from "../../../src/model/value/value.ts";
import { schemasWith, tableOf, unitBody } from "../../vectors/rustTypes.ts";
import { methodOf } from "../codec/methodOf.ts";

const schemas = schemasWith(new Set(["Any", "Wrap"]));
const types = tableOf({
  Any: [
    ["End", unitBody],
    ["List", schemas.newtype("Vec<Any>"), 1],
    ["Named", schemas.newtype("HashMap<String, Any>"), 2],
    ["Fields", schemas.fields({ before: "u8", next: "Option<Box<Any>>" }), 3],
    ["Tried", schemas.newtype("Result<Box<Any>, String>"), 4],
  ],
  Wrap: schemas.newtype("Option<Box<Wrap>>"),
});
const any = schemas.type("Any");
const method = methodOf({ value: any });

const kinds: readonly (readonly [string, (inner: JsonValue) => JsonValue, string])[] = [
  ["lists", (inner) => ({ List: [inner] }), "/List/0"],
  ["maps", (inner) => ({ Named: { a: inner } }), "/Named/a"],
  ["structs", (inner) => ({ Fields: { before: 1, next: inner } }), "/Fields/next"],
  ["results", (inner) => ({ Tried: { Ok: inner } }), "/Tried/Ok"],
];

describe("values as deep as the limit in the panel", () => {
  for (const [name, wrap, step] of kinds) {
    const levels = depthBounds.most / 2;
    const deep = (): JsonValue => {
      let value: JsonValue = "End";
      for (let level = 0; level < levels; level++) {
        value = wrap(value);
      }
      return value;
    };

    it(`go into the form and come back, through ${name}`, () => {
      const given: JsonObject = { value: deep() };
      const form = formArguments(method, types, given);
      assert.ok(equalValues(canonicalArguments(method, types, form), given));
      // What is a form's value already stays the very same, so that nothing is drawn again.
      assert.ok(formArguments(method, types, form)["value"] === form["value"]);
      assert.equal(equalValues(given, { value: wrap(given["value"] ?? null) }), false);
    });

    it(`stay when their types are read anew, through ${name}`, () => {
      for (const kept of [40, levels]) {
        let value: JsonValue = "End";
        for (let level = 0; level < kept; level++) {
          value = wrap(value);
        }
        const form = formArguments(method, types, { value });
        const state = reconcile({ value: form, side: {} }, { method, types }, { method, types });
        assert.ok(equalValues(state.value, form));
      }
    });

    it(`have each part replaced, through ${name}`, () => {
      const pointer = step.repeat(levels);
      const changed = withValueAt(deep(), pointer, { List: [] });
      assert.deepEqual(valueAt(changed, pointer), { List: [] });
      assert.equal(equalValues(changed, deep()), false);
      assert.ok(equalValues(withValueAt(changed, pointer, "End"), deep()));
    });

    it(`are drawn as a tree whose rows are short, through ${name}`, () => {
      const root = typedNode(any, types, deep());
      assert.ok(treeRows(root, new Map()).length <= 5);
      assert.ok(root.text(200).length <= 400, root.text(200));
      const rows = treeRows(root, expandAll(root));
      assert.ok(rows.length >= levels);
      for (let at = 0; at < rows.length; at += 50) {
        assert.ok((rows.at(at)?.node.text(200).length ?? Infinity) <= 400);
      }
    });
  }

  it("end where a type is nothing but an option of itself", () => {
    const wrap = schemas.type("Wrap");
    assert.equal(isInline(wrap, types), false);
    const wrapping = methodOf({ value: wrap });
    for (const value of [null, 5, { List: [] }]) {
      formArguments(wrapping, types, { value });
      canonicalArguments(wrapping, types, { value });
    }
  });
});
