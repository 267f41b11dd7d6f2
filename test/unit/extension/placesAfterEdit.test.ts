// Marks of a build move with their text and go once it is edited.

import assert from "node:assert/strict";
import { placeAfterEdit } from "../../../src/extension/build/placesAfterEdit.ts";

const at = (line: number, character: number): { line: number; character: number } => ({
  line,
  character,
});
const place = { start: at(10, 4), end: at(11, 8) };

/** First and last line after replacing `from`–`to` by `text`. */
function linesAfter(
  from: { line: number; character: number },
  to: { line: number; character: number },
  text: string,
): readonly number[] | undefined {
  const after = placeAfterEdit(place, { start: from, end: to, text });
  return after && [after.start.line, after.end.line];
}

describe("the place of a build's error", () => {
  it("moves with lines that come and go above it", () => {
    assert.deepEqual(linesAfter(at(3, 0), at(3, 0), "a\nb\n"), [12, 13]);
    assert.deepEqual(linesAfter(at(3, 2), at(5, 0), ""), [8, 9]);
    assert.deepEqual(linesAfter(at(9, 7), at(9, 7), "\n"), [11, 12]);
  });

  it("moves with whole lines right above it", () => {
    assert.deepEqual(linesAfter(at(10, 0), at(10, 0), "new\n"), [11, 12]);
    assert.deepEqual(linesAfter(at(8, 0), at(10, 0), ""), [8, 9]);
  });

  it("stays where something below it changes", () => {
    assert.deepEqual(linesAfter(at(12, 0), at(40, 1), "x\ny"), [10, 11]);
  });

  it("is gone once one of its lines is edited", () => {
    assert.equal(linesAfter(at(10, 0), at(10, 0), "x"), undefined);
    assert.equal(linesAfter(at(11, 30), at(11, 30), "x"), undefined);
    assert.equal(linesAfter(at(9, 5), at(10, 0), ""), undefined);
    assert.equal(linesAfter(at(0, 0), at(99, 0), "all new"), undefined);
  });
});
