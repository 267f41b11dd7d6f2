// Turns "the whole text after" into the smallest replacement, so that an edit touches only what it changes and cursors,
// comments and folded parts elsewhere stay.

import type { Position } from "../model/text/span.ts";

/** One replacement in a text; the range is in the text before. */
export interface TextReplacement {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** The one replacement that makes `after` of `before`, or undefined when they are equal. */
export function minimalEdit(before: string, after: string): TextReplacement | undefined {
  if (before === after) {
    return undefined;
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  // Neither end may fall inside a pair of code units (a surrogate pair, CR and LF).
  while (start > 0 && isInsidePair(before, start)) {
    start -= 1;
  }
  while (tail > 0 && isInsidePair(before, before.length - tail)) {
    tail -= 1;
  }
  return {
    range: { start: positionAt(before, start), end: positionAt(before, before.length - tail) },
    newText: after.slice(start, after.length - tail),
  };
}

function isInsidePair(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff;
  return isLowSurrogate || (text[offset] === "\n" && text[offset - 1] === "\r");
}

/** Line and column of an offset; lines end at LF, CR LF or CR as in LSP. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Offset of a line and column; beyond the text's end it is the end. */
export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  const breaks = /\r\n|\n|\r/g;
  for (let left = line; left > 0; left -= 1) {
    const found = breaks.exec(text);
    if (found === null) {
      return text.length;
    }
    start = breaks.lastIndex;
  }
  return Math.min(start + character, text.length);
}
