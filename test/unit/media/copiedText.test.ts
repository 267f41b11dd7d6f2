// What Copy Value writes is what the JSON tab writes, for each part of a value.

import assert from "node:assert/strict";
import { copiedText } from "../../../media/response/tree/copiedText.ts";
import { textNode, typedNode } from "../../../media/response/tree/treeNode.ts";
import type { TreeNode } from "../../../media/response/tree/treeTypes.ts";
import { formatJson } from "../../../src/codec/json/formatJson.ts";
import { parseJson } from "../../../src/model/value/losslessJson.ts";
import type { TypeSchema, TypeTable } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";

const u64: TypeSchema = { kind: "integer", bits: 64, signed: false, rustType: "u64" };
const text: TypeSchema = { kind: "string", rustType: "String" };
const list: TypeSchema = { kind: "sequence", element: u64, rustType: "Vec<u64>" };
const types: TypeTable = {
  "demo::Sum": {
    kind: "struct",
    name: "Sum",
    body: {
      kind: "struct",
      fields: [
        { name: "total", type: u64 },
        { name: "parts", type: list },
        { name: "label", type: text },
        { name: "zero", type: { kind: "float", bits: 64, rustType: "f64" } },
      ],
    },
    warnings: [],
  },
};
const sum: TypeSchema = { kind: "named", id: "demo::Sum", rustType: "Sum" };
const value: JsonValue = {
  total: "18446744073709551615",
  parts: ["9007199254740993", 1],
  label: "12345678901234567890",
  zero: -0,
};

/** The node of a part by the names on the way to it. */
function nodeAt(root: TreeNode, ...names: readonly string[]): TreeNode {
  return names.reduce((node, name) => {
    const children = node.children?.() ?? [];
    const child = Array.from({ length: children.length }, (_, index) => children.at(index)).find(
      (each) => each?.name === name,
    );
    assert.ok(child !== undefined, name);
    return child;
  }, root);
}

describe("Copy Value", () => {
  const root = typedNode(sum, types, value);

  it("writes the whole as the JSON tab does: long integers as digits", () => {
    assert.equal(copiedText(root), formatJson(sum, types, value, 2));
    assert.match(copiedText(root), /"total": 18446744073709551615,/);
    assert.match(copiedText(root), /"label": "12345678901234567890",\n {2}"zero": -0/);
  });

  it("writes parts the same way, and a string as its text", () => {
    assert.equal(copiedText(nodeAt(root, "total")), "18446744073709551615");
    assert.equal(copiedText(nodeAt(root, "parts")), "[\n  9007199254740993,\n  1\n]");
    assert.equal(copiedText(nodeAt(root, "label")), "12345678901234567890");
    assert.equal(copiedText(nodeAt(root, "zero")), "-0");
  });

  it("leaves the numbers of other people's JSON as they are written", () => {
    const written = '{"big":[123456789012345678901234567890,1.50],"s":"7","a/b":{"n":1e400}}';
    const parsed = parseJson(written);
    assert.ok(parsed.ok);
    const node = textNode(written, parsed.value);
    assert.equal(copiedText(node).replaceAll(/\s/gu, ""), written);
    assert.equal(
      copiedText(nodeAt(node, "big")),
      "[\n  123456789012345678901234567890,\n  1.50\n]",
    );
    assert.equal(copiedText(nodeAt(node, "a/b")), '{\n  "n": 1e400\n}');
    const digits = nodeAt(node, "big", "0");
    assert.deepEqual([digits.text(80), digits.tone], ["123456789012345678901234567890", "number"]);
    assert.equal(nodeAt(node, "s").text(80), '"7"');
  });
});
