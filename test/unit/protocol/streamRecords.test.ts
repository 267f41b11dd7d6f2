// The records of a stream's items: what is written is read, and bytes of any kind never make the reading throw.

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  readRecords,
  recordHeadSize,
  writeRecordHead,
} from "../../../src/protocol/streamRecords.ts";

function write(
  items: readonly { readonly atMs: number; readonly bytes: Uint8Array }[],
): Uint8Array {
  const length = items.reduce((sum, { bytes }) => sum + recordHeadSize + bytes.length, 0);
  const body = new Uint8Array(length);
  let offset = 0;
  for (const { atMs, bytes } of items) {
    writeRecordHead(new DataView(body.buffer), offset, atMs, bytes.length);
    body.set(bytes, offset + recordHeadSize);
    offset += recordHeadSize + bytes.length;
  }
  return body;
}

describe("records of stream items", () => {
  it("come back as they were written", () => {
    const item = fc.record({
      atMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
      bytes: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const records = readRecords(write(items));
        assert.deepEqual(
          records?.map(({ atMs, bytes }) => ({ atMs: atMs + 0, bytes: [...bytes] })),
          items.map(({ atMs, bytes }) => ({ atMs: atMs + 0, bytes: [...bytes] })),
        );
      }),
    );
  });

  it("cut anywhere are refused, unless between two", () => {
    const body = write([
      { atMs: 1, bytes: Uint8Array.of(1, 2, 3) },
      { atMs: 2, bytes: new Uint8Array(0) },
    ]);
    const between = recordHeadSize + 3;
    for (let length = 1; length < body.length; length += 1) {
      assert.equal(readRecords(body.subarray(0, length)) !== undefined, length === between);
    }
  });

  it("of any bytes never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        readRecords(bytes);
      }),
    );
  });
});
