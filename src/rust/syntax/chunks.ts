// Cuts a file into chunks of one item each, by the project's own tokens. An item ends with a `;` or a `}`, which no text
// behind it can change: so the chunks before and behind an edit stay as they are, and only what lies between is read.

import type { RustToken } from "../../abi/rustTokens.ts";
import { readInner } from "./items/attributes.ts";
import type { Attribute, Fragment, Item } from "./items/items.ts";
import { endOfItem, hasMore, ItemBudget, tokenPortion, unmatchedTokens } from "./itemBudget.ts";
import { readNextItem } from "./items/readItems.ts";
import { firstMismatch, repairGroups } from "./repairGroups.ts";
import { TokenCursor, tokenText } from "./items/tokenCursor.ts";

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
  /** Set where something is too large to be read in full. */
  readonly tooLarge?: TooLarge;
}

/**
 * Where in `text` it begins; `isRest`: nothing from there on is read, in the whole file. `hidesNames`: what it declares is not known
 * by its name either.
 */
export interface TooLarge {
  readonly at: number;
  readonly isRest: boolean;
  readonly hidesNames: boolean;
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
  const reader = new ChunkReader(stretch, from);
  for (let at = 0; ;) {
    const { tokens, end } = tokenPortion(stretch, at);
    if (end === "mismatch" || (end !== "tooLarge" && !isMatched(tokens, stretch, end))) {
      return undefined;
    }
    if (end === "tooLarge") {
      const head = repairGroups(stretch, tokens);
      at = endOfItem(stretch, at);
      reader.readHead(new TokenCursor(tokenText(stretch, head)), at);
    } else {
      reader.read(new TokenCursor(tokenText(stretch, tokens)));
      at = tokens.at(-1)?.end ?? at;
    }
    if (end === "text" || reader.isSpent) {
      return reader.finish(at);
    }
  }
}

/** Only at its end a text may be in a literal or a comment that is not closed. */
function isMatched(tokens: readonly RustToken[], text: string, end: "item" | "text"): boolean {
  return firstMismatch(tokens, end === "text" ? text : "") === undefined;
}

/** Reads to the end, with mended brackets, as one chunk. */
function readRepaired(text: string, from: number): Chunks {
  const stretch = from === 0 ? text : ownCopy(text.slice(from));
  const plain = unmatchedTokens(stretch);
  const mismatch = firstMismatch(plain, stretch) ?? { start: 0, end: 0 };
  const reader = new ChunkReader(stretch, from);
  reader.read(new TokenCursor(tokenText(stretch, repairGroups(stretch, plain))));
  const { chunks, attributes } = reader.finish(plain.at(-1)?.end ?? 0);
  const items = chunks.flatMap((chunk) => chunk.items);
  const place = { base: from, text: stretch, start: 0, end: stretch.length };
  const tooDeepAt = chunks.find((chunk) => chunk.tooDeepAt !== null)?.tooDeepAt ?? null;
  const all = chunks.flatMap(({ tooLarge }) => tooLarge ?? []);
  const [first] = all;
  const hidesNames = all.some((one) => one.hidesNames);
  const whole = { ...place, items, error: mismatch, tooDeepAt };
  const chunk = first === undefined ? whole : { ...whole, tooLarge: { ...first, hidesNames } };
  return { chunks: [chunk], attributes };
}

/** Reads one portion of tokens after the other. */
class ChunkReader {
  readonly #text: string;
  readonly #base: number;
  readonly #chunks: Chunk[] = [];
  readonly #budget = new ItemBudget();
  #attributes: readonly Attribute[] | undefined;
  /** Where the next chunk begins, and what of it could not be read so far. */
  #start = 0;
  #error: Fragment | null = null;
  #tooDeepAt: number | null = null;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  /** Nothing more is to be read. */
  get isSpent(): boolean {
    return this.#budget.isSpent;
  }

  read(cursor: TokenCursor): void {
    const { source } = cursor;
    this.#attributes ??= readInner(cursor);
    while (!cursor.isAtEnd && !this.isSpent) {
      const item = readNextItem(cursor);
      this.#error ??= source.unread?.[0] ?? null;
      source.unread?.splice(0);
      this.#tooDeepAt ??= source.tooDeepAt ?? null;
      source.tooDeepAt = null;
      if (item !== undefined) {
        this.#take(item, endOf(source.tokens, cursor.at));
      }
    }
  }

  /** Reads the item that ends at `end` by its beginning alone. */
  readHead(cursor: TokenCursor, end: number): void {
    this.#attributes ??= readInner(cursor);
    const at = cursor.peek()?.start ?? end;
    const item = readNextItem(cursor);
    const taken = item === undefined ? undefined : this.#budget.takeHead(item);
    const hidesNames = taken === undefined;
    this.#close(end, hidesNames ? [] : [taken], { at, isRest: false, hidesNames });
  }

  /** Adds what stands behind the last item; nothing from `readTo` on has been read. */
  finish(readTo: number): Chunks {
    const at = this.#start;
    if (at < this.#text.length) {
      const isRest = hasMore(this.#text, this.isSpent ? at : readTo);
      this.#close(this.#text.length, [], isRest ? { at, isRest, hidesNames: true } : null);
    }
    return { chunks: this.#chunks, attributes: this.#attributes ?? [] };
  }

  #take(item: Item, end: number): void {
    const taken = this.#budget.take(item);
    const hidesNames = taken === undefined;
    const place = { at: item.nameSpan.start, isRest: false, hidesNames };
    this.#close(end, hidesNames ? [] : [taken], taken === item ? null : place);
  }

  #close(end: number, items: readonly Item[], tooLarge: TooLarge | null): void {
    const place = { base: this.#base, text: this.#text, start: this.#start, end };
    const chunk = { ...place, items, error: this.#error, tooDeepAt: this.#tooDeepAt };
    this.#chunks.push(tooLarge === null ? chunk : { ...chunk, tooLarge });
    this.#start = end;
    this.#error = null;
    this.#tooDeepAt = null;
  }
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
