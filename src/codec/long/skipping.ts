// Moves over bincode bytes without making values of them, and checks on the way what decoding would refuse. Made for results of many
// megabytes: one closure for each type, and for long lists the places of some of their elements, so that any part is found again.

import type { NamedType, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { partsOfBody } from "../../model/schema/typeParts.ts";
import { findInvalidUtf8, isScalar, scalarWidth } from "../text/utf8.ts";

/** Where moving stands, and what it may still do before it is to be put off. */
export interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly marks: Marks;
  offset: number;
  /** The bytes are no value of the type. */
  isWrong: boolean;
  /** Went beyond `stopAt`, or did more steps than `stepsLeft`: what was begun is to be done again in pieces. */
  isTired: boolean;
  stopAt: number;
  stepsLeft: number;
  depth: number;
}

export type Skip = (cursor: Cursor) => void;

/** Elements from one mark of a list to the next. */
export const markEvery = 64;
/** Elements that take no bytes: a count can claim any number of them. */
const mostByteLess = 1_000_000;
/** Values that nest deeper are read in another way. */
const deepest = 400;

/** Where every {@link markEvery}th element of long lists begins. By type, because an array begins where its first element does. */
export class Marks {
  readonly #ofType = new Map<TypeSchema, Map<number, number[]>>();

  /** An empty list of marks for the list that begins at `start`. */
  open(type: TypeSchema, start: number): number[] {
    const marks: number[] = [];
    const ofType = this.#ofType.get(type) ?? new Map<number, number[]>();
    this.#ofType.set(type, ofType.set(start, marks));
    return marks;
  }

  get(type: TypeSchema, start: number): readonly number[] | undefined {
    return this.#ofType.get(type)?.get(start);
  }
}

export function createCursor(bytes: Uint8Array, marks: Marks, offset = 0): Cursor {
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    marks,
    offset,
    isWrong: false,
    isTired: false,
    stopAt: Infinity,
    stepsLeft: Infinity,
    depth: 0,
  };
}

export function isStopped(cursor: Cursor): boolean {
  return cursor.isWrong || cursor.isTired;
}

/** The ways over the types of one table. */
export class Skips {
  readonly types: TypeTable;
  readonly #ofType = new Map<TypeSchema, Skip>();
  readonly #sizes = new Map<TypeSchema, number | undefined>();

  constructor(types: TypeTable) {
    this.types = types;
  }

  of(type: TypeSchema): Skip {
    const known = this.#ofType.get(type);
    if (known !== undefined) {
      return known;
    }
    // Types hold themselves: whoever asks meanwhile gets a way that looks again.
    this.#ofType.set(type, (cursor) => {
      this.of(type)(cursor);
    });
    const made = this.#make(type);
    this.#ofType.set(type, made);
    return made;
  }

  named(id: string): NamedType | undefined {
    return Object.hasOwn(this.types, id) ? this.types[id] : undefined;
  }

  /** The bytes that every value of the type has, when all of them are values; undefined where they differ or need a look. */
  sizeOf(type: TypeSchema): number | undefined {
    if (!this.#sizes.has(type)) {
      this.#sizes.set(type, undefined); // a type that holds itself has no fixed size
      this.#sizes.set(type, this.#findSize(type));
    }
    return this.#sizes.get(type);
  }

  #findSize(type: TypeSchema): number | undefined {
    if (type.kind === "unit") {
      return 0;
    }
    if (type.kind === "integer" || type.kind === "float") {
      return "nonZero" in type && type.nonZero ? undefined : type.bits / 8;
    }
    if (type.kind === "bytes") {
      return type.isCounted === true ? undefined : type.length;
    }
    if (type.kind === "array") {
      const size = this.sizeOf(type.element);
      return size === undefined ? undefined : size * type.length;
    }
    if (type.kind === "tuple") {
      return this.#sumOf(type.elements);
    }
    const named = type.kind === "named" ? this.named(type.id) : undefined;
    return named?.kind === "struct" ? this.#sumOf(partsOfBody(named.body)) : undefined;
  }

  #sumOf(types: readonly TypeSchema[]): number | undefined {
    let sum = 0;
    for (const type of types) {
      const size = this.sizeOf(type);
      if (size === undefined) {
        return undefined;
      }
      sum += size;
    }
    return sum;
  }

  #make(type: TypeSchema): Skip {
    const size = this.sizeOf(type);
    if (size !== undefined) {
      return (cursor) => {
        move(cursor, size);
      };
    }
    switch (type.kind) {
      case "bool":
        return skipBool;
      case "integer":
        return skipNonZero(type.bits / 8);
      case "char":
        return skipChar;
      case "string":
        return skipString;
      case "bytes":
        return skipBytes(type.length);
      case "option": {
        const inner = this.of(type.inner);
        return (cursor) => {
          if (readTag(cursor, 1) === 1) {
            deeper(cursor, inner);
          }
        };
      }
      case "sequence":
        return this.#list(type, [type.element]);
      case "map":
        return this.#list(type, [type.key, type.value]);
      case "array":
        return this.#elements(type, [type.element], type.length);
      case "tuple":
        return allOf(type.elements.map((element) => this.of(element)));
      case "result":
        return oneOf([this.of(type.success), this.of(type.failure)]);
      case "named":
        return this.#named(this.named(type.id));
      case "float":
      case "unit":
      case "unknown":
        return refuse;
    }
  }

  #named(named: NamedType | undefined): Skip {
    if (named === undefined || (named.kind === "enum" && named.tagged !== undefined)) {
      return refuse;
    }
    if (named.kind === "struct") {
      return allOf(partsOfBody(named.body).map((part) => this.of(part)));
    }
    const variants: Skip[] = [];
    for (const { index, body } of named.variants) {
      variants[index] = allOf(partsOfBody(body).map((part) => this.of(part)));
    }
    return oneOf(variants);
  }

  #list(type: TypeSchema, elements: readonly TypeSchema[]): Skip {
    const size = this.#sumOf(elements);
    const skip = allOf(elements.map((element) => this.of(element)));
    return (cursor) => {
      const start = cursor.offset;
      const count = readCount(cursor);
      if (size !== undefined) {
        move(cursor, size * count);
      } else {
        skipElements(cursor, { type, start, count, skip });
      }
    };
  }

  #elements(type: TypeSchema, elements: readonly TypeSchema[], count: number): Skip {
    const skip = allOf(elements.map((element) => this.of(element)));
    return (cursor) => {
      skipElements(cursor, { type, start: cursor.offset, count, skip });
    };
  }
}

interface Elements {
  readonly type: TypeSchema;
  readonly start: number;
  readonly count: number;
  readonly skip: Skip;
}

function skipElements(cursor: Cursor, { type, start, count, skip }: Elements): void {
  const marks = count > markEvery ? cursor.marks.open(type, start) : undefined;
  for (let index = 0; index < count; index++) {
    if (marks !== undefined && index % markEvery === 0) {
      marks.push(cursor.offset);
    }
    deeper(cursor, skip);
    cursor.isTired ||= cursor.offset > cursor.stopAt || cursor.stepsLeft-- <= 0;
    if (isStopped(cursor)) {
      return;
    }
  }
}

/** Moves over `size` bytes. */
export function move(cursor: Cursor, size: number): void {
  if (cursor.offset + size > cursor.bytes.length) {
    cursor.isWrong = true;
  } else {
    cursor.offset += size;
  }
}

/** A u64 that counts. */
export function readCount(cursor: Cursor): number {
  const { offset, view, bytes } = cursor;
  move(cursor, 8);
  if (cursor.isWrong) {
    return 0;
  }
  const count = view.getUint32(offset + 4, true) * 0x1_0000_0000 + view.getUint32(offset, true);
  cursor.isWrong = count > Math.max(bytes.length - cursor.offset, mostByteLess);
  return cursor.isWrong ? 0 : count;
}

/** A tag of one byte. */
export function readTag(cursor: Cursor, most: number): number {
  const tag = cursor.bytes[cursor.offset] ?? 255;
  move(cursor, 1);
  cursor.isWrong ||= tag > most;
  return cursor.isWrong ? 0 : tag;
}

/** The index of a variant. */
export function readVariant(cursor: Cursor): number {
  const { offset } = cursor;
  move(cursor, 4);
  return cursor.isWrong ? 0 : cursor.view.getUint32(offset, true);
}

function deeper(cursor: Cursor, skip: Skip): void {
  cursor.depth++;
  cursor.isWrong ||= cursor.depth > deepest;
  if (!cursor.isWrong) {
    skip(cursor);
  }
  cursor.depth--;
}

function allOf(skips: readonly Skip[]): Skip {
  const [only] = skips;
  return skips.length === 1 && only !== undefined
    ? only
    : (cursor) => {
        for (const skip of skips) {
          if (isStopped(cursor)) {
            return;
          }
          skip(cursor);
        }
      };
}

function oneOf(variants: readonly (Skip | undefined)[]): Skip {
  return (cursor) => {
    const chosen = variants[readVariant(cursor)];
    if (chosen === undefined) {
      cursor.isWrong = true;
    } else if (!cursor.isWrong) {
      deeper(cursor, chosen);
    }
  };
}

function refuse(cursor: Cursor): void {
  cursor.isWrong = true;
}

function skipBool(cursor: Cursor): void {
  readTag(cursor, 1);
}

function skipNonZero(size: number): Skip {
  return (cursor) => {
    const start = cursor.offset;
    move(cursor, size);
    cursor.isWrong ||= cursor.bytes.subarray(start, cursor.offset).every((byte) => byte === 0);
  };
}

function skipChar(cursor: Cursor): void {
  const { bytes, offset } = cursor;
  const width = scalarWidth(bytes[offset] ?? 255);
  move(cursor, width);
  cursor.isWrong ||= width === 0 || !isScalar(bytes, offset, width);
}

function skipBytes(length: number | undefined): Skip {
  return (cursor) => {
    const count = readCount(cursor);
    cursor.isWrong ||= length !== undefined && count !== length;
    move(cursor, count);
  };
}

function skipString(cursor: Cursor): void {
  const { bytes } = cursor;
  const count = readCount(cursor);
  const start = cursor.offset;
  const end = start + count;
  if (end > cursor.stopAt) {
    cursor.isTired = true;
    return;
  }
  move(cursor, count);
  cursor.isWrong ||= !isText(bytes, start, end);
}

/** Whether bytes are UTF-8; most of all texts are ASCII. */
export function isText(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] ?? 0) < 0x80) {
    at++;
  }
  return at === end || findInvalidUtf8(bytes, at, end) === end;
}
