// The rows of a tree are found one by one; they are those of walking it.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { TreeNode } from "../../../media/response/tree/treeTypes.ts";
import { expandAll, treeRows } from "../../../media/response/tree/treeRows.ts";

interface Shape {
  readonly below: readonly Shape[];
}

const shape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    below: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant([]),
      fc.array(tie("shape"), { maxLength: 5 }),
    ),
  }),
})).shape;

function nodeOf({ below }: Shape, pointer = ""): TreeNode {
  return {
    pointer,
    name: pointer.split("/").at(-1) ?? "",
    rustType: "",
    text: () => "",
    tone: "plain",
    note: "",
    value: null,
    json: () => "",
    children:
      below.length === 0
        ? undefined
        : () => below.map((each, at) => nodeOf(each, `${pointer}/${at}`)),
  };
}

/** Key and pointer of each row, by walking. */
function walked(
  node: TreeNode,
  toggled: ReadonlyMap<string, boolean>,
  key = "0",
): [string, string][] {
  const depth = key.split(".").length - 1;
  const isOpen = node.children !== undefined && (toggled.get(key) ?? depth < 2);
  const children = isOpen ? node.children() : [];
  const rows: [string, string][] = [[key, node.pointer]];
  for (let index = 0; index < children.length; index++) {
    const child = children.at(index);
    rows.push(...(child === undefined ? [] : walked(child, toggled, `${key}.${index}`)));
  }
  return rows;
}

describe("rows of a tree", () => {
  it("are those of walking it, whatever is open", () => {
    fc.assert(
      fc.property(
        shape,
        fc.infiniteStream(fc.constantFrom(true, false, null)),
        (given, choices) => {
          const root = nodeOf(given);
          const toggled = new Map<string, boolean>();
          for (const key of expandAll(root).keys()) {
            const choice = choices.next().value as boolean | null;
            if (choice !== null) {
              toggled.set(key, choice);
            }
          }
          const rows = treeRows(root, toggled);
          const expected = walked(root, toggled);
          const found = Array.from({ length: rows.length }, (_, at) => rows.at(at));
          assert.deepEqual(
            found.map((row) => [row?.key, row?.node.pointer]),
            expected,
          );
          for (const [at, [key, pointer]] of expected.entries()) {
            assert.equal(rows.rowOf(key), at);
            assert.equal(rows.rowAt(pointer), at);
            const parent = key.split(".").slice(0, -1).join(".");
            assert.equal(
              rows.parentOf(at),
              expected.findIndex(([each]) => each === parent),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("of a million elements are there at once, and each is found at once", () => {
    let made = 0;
    const leaf = nodeOf({ below: [] });
    const root: TreeNode = {
      ...leaf,
      size: 1_000_000,
      children: () => ({
        length: 1_000_000,
        at: (index) => {
          made++;
          return { ...nodeOf({ below: [{ below: [] }, { below: [] }] }, `/${index}`) };
        },
      }),
    };
    const rows = treeRows(root, new Map([["0.500000", true]]));
    assert.equal(rows.length, 1_000_003);
    assert.equal(rows.at(500_001)?.node.pointer, "/500000");
    assert.equal(rows.at(500_002)?.node.pointer, "/500000/0");
    assert.equal(rows.at(500_004)?.node.pointer, "/500001");
    assert.equal(rows.at(1_000_002)?.node.pointer, "/999999");
    assert.equal(rows.rowAt("/999999"), 1_000_002);
    assert.ok(made < 50, `${made} nodes were made`);
  });
});
