// A value that stays as its bytes: what is asked for of it (an element, a field, the end of a part) is found when it is asked for. What
// takes long is done in pieces by whoever iterates over it, so that nobody waits for it.

import type { TypeBody, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { partsOfBody } from "../../model/schema/typeParts.ts";
import { isScalar, scalarWidth } from "../text/utf8.ts";
import {
  createCursor,
  isStopped,
  isText,
  markEvery,
  Marks,
  move,
  readCount,
  readTag,
  readVariant,
  Skips,
  type Cursor,
} from "./skipping.ts";

/** What is moved over at once before others have their turn. */
const pieceBytes = 96 * 1024;
const pieceSteps = 5_000;

/** Bytes of a text that are looked at at once. */
const pieceText = 512 * 1024;

/** A part of the value: what it is and where it begins. */
export interface LongPart {
  readonly type: TypeSchema;
  readonly start: number;
}

/** A list, array or map. A map's elements are its entries: the key, and behind it the value. */
export interface LongList {
  readonly count: number;
  /** Where an element begins. */
  startOf(index: number): number;
  /** The last element that begins at or before a place. */
  indexAt(offset: number): number;
}

export class LongValue {
  readonly type: TypeSchema;
  readonly types: TypeTable;
  readonly bytes: Uint8Array;
  readonly #skips: Skips;
  readonly #marks = new Marks();

  constructor(type: TypeSchema, types: TypeTable, bytes: Uint8Array) {
    this.type = type;
    this.types = types;
    this.bytes = bytes;
    this.#skips = new Skips(types);
  }

  /** Goes over the whole value in pieces, giving how far it is; true in the end when the bytes are a value of the type. */
  *measure(): Generator<number, boolean> {
    const cursor = createCursor(this.bytes, this.#marks);
    yield* this.#over(cursor, this.type, 0);
    return !cursor.isWrong && cursor.offset === this.bytes.length;
  }

  /** Where a part ends. */
  endOf(part: LongPart): number {
    const { type, start } = part;
    const size = this.#skips.sizeOf(type);
    if (size !== undefined) {
      return start + size;
    }
    const cursor = createCursor(this.bytes, new Marks(), start);
    if (type.kind === "string" || type.kind === "bytes") {
      const count = readCount(cursor);
      return cursor.offset + count;
    }
    cursor.stopAt = start + pieceBytes;
    cursor.stepsLeft = markEvery;
    this.#skips.of(type)(cursor);
    if (!isStopped(cursor)) {
      return cursor.offset;
    }
    const list = this.listOf(part);
    const last = this.fewOf(part)?.parts.at(-1);
    return list !== undefined
      ? list.startOf(list.count)
      : last !== undefined
        ? this.endOf(last)
        : this.bytes.length;
  }

  /** The elements of a sequence, array or map; undefined for other parts. */
  listOf({ type, start }: LongPart): LongList | undefined {
    if (type.kind !== "sequence" && type.kind !== "map" && type.kind !== "array") {
      return undefined;
    }
    const cursor = createCursor(this.bytes, this.#marks, start);
    const count = type.kind === "array" ? type.length : readCount(cursor);
    const first = cursor.offset;
    const elements = type.kind === "map" ? [type.key, type.value] : [type.element];
    const startOf = (index: number): number =>
      this.#startOf({ type, start }, elements, first, index);
    return { count, startOf, indexAt: (offset) => lastUpTo(count, startOf, offset) };
  }

  #startOf(list: LongPart, elements: readonly TypeSchema[], first: number, index: number): number {
    const sizes = elements.map((element) => this.#skips.sizeOf(element) ?? NaN);
    const size = sizes.reduce((sum, each) => sum + each, 0);
    if (!Number.isNaN(size)) {
      return first + index * size;
    }
    const marks = this.#marks.get(list.type, list.start);
    const nearest = Math.min(Math.floor(index / markEvery), (marks?.length ?? 1) - 1);
    // The marks of parts within are there already.
    const cursor = createCursor(this.bytes, new Marks(), marks?.[nearest] ?? first);
    for (let at = marks === undefined ? 0 : nearest * markEvery; at < index; at++) {
      for (const element of elements) {
        cursor.offset = this.endOf({ type: element, start: cursor.offset });
      }
    }
    return cursor.offset;
  }

  /** Where the bytes of a text or byte string begin. */
  contentOf({ type, start }: LongPart): number {
    return type.kind === "bytes" && type.length !== undefined && type.isCounted !== true
      ? start
      : start + 8;
  }

  /** The parts of a struct, tuple, variant, option or result, behind its tag; undefined for other parts. */
  fewOf({ type, start }: LongPart): LongParts | undefined {
    const cursor = createCursor(this.bytes, this.#marks, start);
    const opened = this.#opened(cursor, type);
    return opened && { ...opened, parts: this.#inARow(opened.types, cursor.offset) };
  }

  #inARow(types: readonly TypeSchema[], first: number): readonly LongPart[] {
    let start = first;
    return types.map((type, index) => {
      const part = { type, start };
      start = index === types.length - 1 ? start : this.endOf(part);
      return part;
    });
  }

  *#over(cursor: Cursor, type: TypeSchema, depth: number): Generator<number, void> {
    const start = cursor.offset;
    cursor.stopAt = start + pieceBytes;
    cursor.stepsLeft = pieceSteps;
    cursor.depth = depth;
    this.#skips.of(type)(cursor);
    if (!cursor.isTired) {
      return;
    }
    cursor.isTired = false;
    cursor.offset = start;
    yield start;
    if (type.kind === "string") {
      yield* overText(cursor);
      return;
    }
    const part = { type, start };
    const few = this.#opened(cursor, type);
    if (few !== undefined) {
      for (const inner of few.types) {
        yield* this.#over(cursor, inner, depth + 1);
        if (cursor.isWrong) {
          return;
        }
      }
      return;
    }
    yield* this.#overList(cursor, part, depth);
  }

  /** What a part of few parts is, its tag being read; undefined for lists. */
  #opened(cursor: Cursor, type: TypeSchema): OpenedParts | undefined {
    if (type.kind === "tuple") {
      return { variant: null, form: "list", names: [], types: type.elements };
    }
    if (type.kind === "option") {
      return { ...inner, types: readTag(cursor, 1) === 1 ? [type.inner] : [] };
    }
    if (type.kind === "result") {
      return readVariant(cursor) === 1
        ? { ...inner, variant: "Err", types: [type.failure] }
        : { ...inner, variant: "Ok", types: [type.success] };
    }
    const named = type.kind === "named" ? this.#skips.named(type.id) : undefined;
    if (named === undefined || named.kind === "struct") {
      return named && openedBody(named.body, null);
    }
    const index = readVariant(cursor);
    const chosen = named.variants.find((each) => each.index === index);
    return chosen && openedBody(chosen.body, chosen.name);
  }

  *#overList(cursor: Cursor, { type, start }: LongPart, depth: number): Generator<number, void> {
    if (type.kind !== "sequence" && type.kind !== "map" && type.kind !== "array") {
      return;
    }
    const count = type.kind === "array" ? type.length : readCount(cursor);
    const elements = type.kind === "map" ? [type.key, type.value] : [type.element];
    const skips = elements.map((element) => this.#skips.of(element));
    const marks = count > markEvery ? this.#marks.open(type, start) : [];
    let pieceStart = cursor.offset;
    for (let index = 0, steps = 0; index < count; index++, steps++) {
      if (index % markEvery === 0) {
        marks.push(cursor.offset);
      }
      if (cursor.offset - pieceStart > pieceBytes || steps > pieceSteps) {
        yield cursor.offset;
        pieceStart = cursor.offset;
        steps = 0;
      }
      for (const [at, element] of elements.entries()) {
        const elementStart = cursor.offset;
        cursor.stopAt = elementStart + pieceBytes;
        cursor.stepsLeft = pieceSteps;
        cursor.depth = depth + 1;
        skips[at]?.(cursor);
        if (cursor.isTired) {
          cursor.isTired = false;
          cursor.offset = elementStart;
          yield* this.#over(cursor, element, depth + 1);
        }
        if (isStopped(cursor)) {
          return;
        }
      }
    }
  }
}

function lastUpTo(count: number, startOf: (index: number) => number, offset: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (startOf(middle) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

interface OpenedParts {
  /** The name of the variant around them. */
  readonly variant: string | null;
  /** How they are written: with names, in a row, or as the only part is. */
  readonly form: "object" | "list" | "inner";
  readonly names: readonly string[];
  readonly types: readonly TypeSchema[];
}

const inner = { variant: null, form: "inner", names: [] } as const;

function openedBody(body: TypeBody, variant: string | null): OpenedParts {
  const names = body.kind === "struct" ? body.fields.map((field) => field.name) : [];
  const form = body.kind === "struct" ? "object" : body.kind === "tuple" ? "list" : "inner";
  return { variant, form, names, types: partsOfBody(body) };
}

/** The parts of what has few of them. */
export interface LongParts extends OpenedParts {
  readonly parts: readonly LongPart[];
}

function* overText(cursor: Cursor): Generator<number, void> {
  const { bytes } = cursor;
  const count = readCount(cursor);
  let at = cursor.offset;
  move(cursor, count);
  const end = cursor.offset;
  while (at < end && !cursor.isWrong) {
    const next = scalarStart(bytes, Math.min(at + pieceText, end), end);
    cursor.isWrong = !isText(bytes, at, next);
    at = next;
    yield at;
  }
}

/** The place itself when a scalar begins there, else where the one around it begins. */
export function scalarStart(bytes: Uint8Array, at: number, end: number): number {
  for (let back = 0; back < 4 && at < end; back++) {
    const place = at - back;
    const width = scalarWidth(bytes[place] ?? 0);
    if (width > 0 && isScalar(bytes, place, width)) {
      return place;
    }
  }
  return at;
}
