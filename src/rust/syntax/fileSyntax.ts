// One file's items, in chunks of one item each. After an edit only the chunks that the edit touches are read again; where
// brackets do not match, the rest of the file is read with repaired ones.

import type { Position, SourceSpan } from "../../model/text/span.ts";
import { type Chunk, readChanged, readWhole } from "./chunks.ts";
import type { Attribute, Fragment } from "./items/items.ts";

export interface FileSyntax {
  readonly file: string;
  readonly text: string;
  readonly chunks: readonly Chunk[];
  /** Its `#![…]`, which are attributes of the module. */
  readonly attributes: readonly Attribute[];
  /** Where the first text is that cannot be read; null in a sound file. */
  readonly firstError: Fragment | null;
}

/** Reads the items of `text`, taking over what `previous` has read of the same text. */
export function readFileSyntax(
  file: string,
  text: string,
  previous: FileSyntax | undefined,
): FileSyntax {
  const changed = previous === undefined ? undefined : readChanged(previous, text);
  const { chunks, attributes } = changed ?? readWhole(text);
  return { file, text, chunks, attributes, firstError: firstErrorOf(chunks) };
}

function firstErrorOf(chunks: readonly Chunk[]): Fragment | null {
  for (const { base, error } of chunks) {
    if (error !== null) {
      return { start: base + error.start, end: base + error.end };
    }
  }
  return null;
}

const lineStarts = new WeakMap<FileSyntax, readonly number[]>();
/** Place of the offsets `start` to `end` of the file. */
export function spanInFile(file: FileSyntax, start: number, end: number): SourceSpan {
  return { file: file.file, start: positionAt(file, start), end: positionAt(file, end) };
}

function positionAt(file: FileSyntax, offset: number): Position {
  let starts = lineStarts.get(file);
  if (starts === undefined) {
    starts = lineStartsOf(file.text);
    lineStarts.set(file, starts);
  }
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
