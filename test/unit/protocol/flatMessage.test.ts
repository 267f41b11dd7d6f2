// Messages that nest too deep for structured clone and for JSON.stringify come through both as they were sent.

import assert from "node:assert/strict";
import fc from "fast-check";
import { fromTravel, toTravel } from "../../../src/protocol/flatMessage.ts";

/** `value` in so many objects and arrays. */
function deep(levels: number, value: unknown): object {
  let made: unknown = value;
  for (let level = 0; level < levels; level++) {
    made = level % 2 === 0 ? { next: made, other: null } : [made];
  }
  return { jsonrpc: "2.0", params: made };
}

/** The innermost part, and how many levels are around it. */
function bottom(message: unknown): readonly [unknown, number] {
  let levels = 0;
  let part = (message as { readonly params: unknown }).params;
  while (Array.isArray(part) || (typeof part === "object" && part !== null && "next" in part)) {
    part = Array.isArray(part) ? (part as unknown[])[0] : (part as { readonly next: unknown }).next;
    levels++;
  }
  return [part, levels];
}

describe("messages of a panel", () => {
  it("travel as they are while they are shallow", () => {
    const message = deep(200, new Uint8Array([1, 2]));
    assert.equal(toTravel(message), message);
    assert.equal(fromTravel(message), message);
    assert.equal(fromTravel(null), null);
    assert.equal(fromTravel("flat"), "flat");
  });

  it("come through structured clone at 20,000 levels, bytes as bytes", () => {
    const message = deep(20_000, { bytes: new Uint8Array([1, 2]), absent: undefined });
    const [part, levels] = bottom(fromTravel(structuredClone(toTravel(message))));
    assert.equal(levels, 20_000);
    assert.deepEqual(part, { bytes: new Uint8Array([1, 2]) });
  });

  it("come through JSON, which is how VS Code hands them on", () => {
    const text = JSON.stringify(toTravel(deep(20_000, { "": "x", "0": [] })));
    const [part, levels] = bottom(fromTravel(JSON.parse(text)));
    assert.equal(levels, 20_000);
    assert.deepEqual(part, { "": "x", "0": [] });
  });

  it("keep every value, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const [part] = bottom(fromTravel(structuredClone(toTravel(deep(400, [{ value }])))));
        assert.deepEqual(JSON.stringify(part), JSON.stringify({ value }));
      }),
    );
  });

  it("are nothing when they only look like such: parts that are held twice, by themselves, or by none", () => {
    for (const flat of [
      [],
      [[3]],
      ["text"],
      [[1, 0]],
      [
        [1, 1, 1],
        [0, "twice"],
      ],
      [
        [1, 2],
        [0, "none"],
        [0, 1],
      ],
      [[1, 5]],
      [[2, "a"]],
      [[2, "a", "b"]],
      [
        [1, -1],
        [0, 1],
      ],
    ]) {
      const gathered = fromTravel({ flat });
      assert.ok(gathered === undefined || JSON.stringify(gathered) === "{}", JSON.stringify(flat));
    }
  });
});
