// Cuts a file into chunks of one item each, by the project's own tokens. An item ends with a `;` or a `}`, which no text
// behind it can change: so the chunks before and behind an edit stay as they are, and only what lies between is read.

import type { RustToken } from "../../abi/rustTokens.ts";
import { readInner } from "./attributes.ts";
import type { Attribute, Fragment, Item } from "./items.ts";
import { readNextItem } from "./readItems.ts";
import { firstMismatch, repairGroups } from "./repairGroups.ts";
import { TokenCursor, tokenText } from "./tokenCursor.ts";

/** An item with what stands before it, read from `text`; `base` turns offsets in `text` into those of the file. */
export interface Chunk {
  readonly base: number;
  readonly text: string;
  readonly items: readonly Item[];
  /** The stretch of `text` that is read; the next chunk begins where it ends. */
  readonly start: number;
  readonly end: number;
  /** What could not be read. */
  readonly error: Fragment | null;
  /** Where in `text` something nests too deep to be read; null where nothing does. */
  readonly tooDeepAt: number | null;
}

export interface Chunks {
  readonly chunks: readonly Chunk[];
  readonly attributes: readonly Attribute[];
}

interface KnownChunks extends Chunks {
  readonly text: string;
}

/** All chunks of a file. */
export function readWhole(text: string): Chunks {
  const from = shebangEnd(text);
  return readStretch(text, from, text.length) ?? readRepaired(text, from);
}

/** The chunks of `text`, most of them taken over; undefined where little would be. */
export function readChanged(known: KnownChunks, text: string): Chunks | undefined {
  const { start, oldEnd } = editBetween(known.text, text);
  const shift = text.length - known.text.length;
  const before = takeWhole(known.chunks, start);
  const last = before.at(-1);
  if (last === undefined) {
    return undefined; // the edit may be among the file's own attributes
  }
  const from = last.base + last.end;
  const after = known.chunks
    .filter(({ base, start: first }) => base + first >= Math.max(oldEnd, from))
    .map((chunk) => ({ ...chunk, base: chunk.base + shift }));
  const [next] = after;
  const { attributes } = known;
  if (next !== undefined) {
    const between = readBetween(text, from, next.base + next.start);
    if (between !== undefined) {
      return { chunks: [...before, ...between, ...after], attributes };
    }
  }
  const rest = readStretch(text, from, text.length) ?? readRepaired(text, from);
  return { chunks: [...before, ...rest.chunks], attributes };
}

/** The chunks up to `end` that nothing behind them can change. */
function takeWhole(chunks: readonly Chunk[], end: number): readonly Chunk[] {
  const first = chunks.findIndex((chunk) => chunk.base + chunk.end > end || !isWhole(chunk));
  return first < 0 ? chunks : chunks.slice(0, first);
}

function isWhole({ items, error, text, end }: Chunk): boolean {
  return items.length > 0 && error === null && ";}".includes(text.charAt(end - 1));
}

/** The stretch that differs: where it begins in both, and where it ends in `before`. */
function editBetween(before: string, after: string): { start: number; oldEnd: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start += 1;
  }
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { start, oldEnd: before.length - tail };
}

/** What stands between two chunks that stay; undefined unless it is whole items, so that nothing runs into the next chunk. */
function readBetween(text: string, from: number, to: number): readonly Chunk[] | undefined {
  if (from === to) {
    return [];
  }
  const read = readStretch(text, from, to);
  const last = read?.chunks.at(-1);
  const isSound =
    read?.attributes.length === 0 &&
    last !== undefined &&
    isWhole(last) &&
    last.base + last.end === to;
  return isSound ? read.chunks : undefined;
}

/** Reads from `from` to `to`; undefined when its brackets do not match. */
function readStretch(text: string, from: number, to: number): Chunks | undefined {
  const stretch = from === 0 && to === text.length ? text : ownCopy(text.slice(from, to));
  const source = tokenText(stretch);
  return firstMismatch(source.tokens, stretch) === undefined
    ? readChunks(new TokenCursor(source), from)
    : undefined;
}

/** Reads to the end, with mended brackets, as one chunk. */
function readRepaired(text: string, from: number): Chunks {
  const stretch = from === 0 ? text : ownCopy(text.slice(from));
  const plain = tokenText(stretch);
  const mismatch = firstMismatch(plain.tokens, stretch) ?? { start: 0, end: 0 };
  const cursor = new TokenCursor(tokenText(stretch, repairGroups));
  const { chunks, attributes } = readChunks(cursor, from);
  const items = chunks.flatMap((chunk) => chunk.items);
  const place = { base: from, text: stretch, start: 0, end: stretch.length };
  const tooDeepAt = chunks.find((chunk) => chunk.tooDeepAt !== null)?.tooDeepAt ?? null;
  return { chunks: [{ ...place, items, error: mismatch, tooDeepAt }], attributes };
}

function readChunks(cursor: TokenCursor, base: number): Chunks {
  const { source } = cursor;
  const { text, tokens, unread } = source;
  const attributes = readInner(cursor);
  const chunks: Chunk[] = [];
  let start = 0;
  let items: Item[] = [];
  const close = (end: number): void => {
    const error = unread?.[0] ?? null;
    unread?.splice(0);
    const tooDeepAt = source.tooDeepAt ?? null;
    source.tooDeepAt = null;
    chunks.push({ base, text, items, start, end, error, tooDeepAt });
    start = end;
    items = [];
  };
  while (!cursor.isAtEnd) {
    const item = readNextItem(cursor);
    if (item !== undefined) {
      items.push(item);
      close(endOf(tokens, cursor.at));
    }
  }
  if (start < text.length) {
    close(text.length);
  }
  return { chunks, attributes };
}

function endOf(tokens: readonly RustToken[], at: number): number {
  return tokens[at - 1]?.end ?? 0;
}

/** `#!/usr/bin/env …`, which is no attribute; 0 without. */
function shebangEnd(text: string): number {
  if (!text.startsWith("#!") || /^#!\s*\[/u.test(text)) {
    return 0;
  }
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end;
}

/** A part of a text as a string of its own, which does not keep the whole text in memory. */
function ownCopy(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string;
}
