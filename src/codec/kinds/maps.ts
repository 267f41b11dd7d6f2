// Maps: u64 count and key, value pairs (reference 6.1). JSON: an object when keys are text, else (or where an object would
// lose order or keys) a list of [key, value] pairs.

import { isJsonArray, isJsonObject, memberOf, setMember } from "../../model/value/jsonObject.ts";
import type { MutableJsonObject } from "../../model/value/jsonObject.ts";
import { escapeStep, pointerOf } from "../../model/value/jsonPointer.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import type { DecodeContext, DecodedPart } from "./decodeContext.ts";
import {
  closeRange,
  decodeChild,
  enter,
  hasFailed,
  openRange,
  takeCount,
} from "./decodeContext.ts";
import { PutOff } from "./depth.ts";
import { describeValue, shorten } from "../text/describe.ts";
import type { EncodeContext, EncodedPart } from "./encodeContext.ts";
import { encodeChild, enter as enterValue, report } from "./encodeContext.ts";

type MapType = Extract<TypeSchema, { kind: "map" }>;

/** Whether a map's keys are always JSON strings, so that the map is written as an object: String, and newtypes of it. */
export function isTextKey(key: TypeSchema, types: TypeTable): boolean {
  let type = key;
  for (let depth = 0; depth < 32; depth++) {
    const named = type.kind === "named" && Object.hasOwn(types, type.id) ? types[type.id] : null;
    if (named?.kind !== "struct" || named.body.kind !== "newtype") {
      return type.kind === "string";
    }
    type = named.body.inner;
  }
  return false;
}

export function encodeMap(context: EncodeContext, type: MapType, value: JsonValue): EncodedPart {
  if (isJsonArray(value)) {
    context.writer.writeSafeInteger64(value.length);
    return encodePairsFrom(context, { type, pairs: value, rows: new RowsByKey(context) }, 0);
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value);
    context.writer.writeSafeInteger64(keys.length);
    return encodeEntriesFrom(context, { type, value, keys, rows: new RowsByKey(context) }, 0);
  }
  const form = isTextKey(type.key, context.types)
    ? "an object, or pairs: [[key, value], …]"
    : "pairs: [[key, value], …]";
  report(context, `${type.rustType} takes ${form}. ${describeValue(value)} is none of these.`);
  return undefined;
}

/** A map given as pairs. */
interface GivenPairs {
  readonly type: MapType;
  readonly pairs: readonly JsonValue[];
  readonly rows: RowsByKey;
}

function encodePairsFrom(context: EncodeContext, given: GivenPairs, first: number): EncodedPart {
  const { type, pairs } = given;
  for (let index = first; index < pairs.length; index++) {
    const pair = pairs[index] ?? null;
    enterValue(context, index);
    if (!isJsonArray(pair) || pair.length !== 2) {
      report(context, `${type.rustType} takes pairs. Each is a list of two: [key, value].`);
    } else {
      const part = encodePair(context, given, index, pair);
      if (part !== undefined) {
        return part.andThen(() => {
          context.path.pop();
          return encodePairsFrom(context, given, index + 1);
        });
      }
    }
    context.path.pop();
  }
  return undefined;
}

function encodePair(
  context: EncodeContext,
  { type, rows }: GivenPairs,
  index: number,
  [key = null, value = null]: readonly JsonValue[],
): EncodedPart {
  const start = context.writer.length;
  const problemsBefore = context.problems.length;
  const encodeRest = (): EncodedPart => {
    if (context.problems.length === problemsBefore) {
      rows.add(start, index, key);
    }
    return encodeChild(context, 1, type.value, value);
  };
  return encodeChild(context, 0, type.key, key)?.andThen(encodeRest) ?? encodeRest();
}

/** A map given as an object. */
interface GivenEntries {
  readonly type: MapType;
  readonly value: JsonObject;
  readonly keys: readonly string[];
  readonly rows: RowsByKey;
}

function encodeEntriesFrom(
  context: EncodeContext,
  given: GivenEntries,
  first: number,
): EncodedPart {
  const { type, value, keys, rows } = given;
  // The key's problems stand at the entry's pointer, where its value may be a bare number.
  const keyContext: EncodeContext = { ...context, source: null };
  const isText = isTextKey(type.key, context.types);
  for (let index = first; index < keys.length; index++) {
    const key = keys[index] ?? "";
    const start = context.writer.length;
    const problemsBefore = context.problems.length;
    const encodeRest = (): EncodedPart => {
      if (!isText && context.problems.length === problemsBefore) {
        context.path.push(key);
        rows.add(start, index, key);
        context.path.pop();
      }
      return encodeChild(context, key, type.value, memberOf(value, key) ?? null);
    };
    const part = encodeChild(keyContext, key, type.key, key)?.andThen(encodeRest) ?? encodeRest();
    if (part !== undefined) {
      return part.andThen(() => encodeEntriesFrom(context, given, index + 1));
    }
  }
  return undefined;
}

/** Finds keys that are equal in Rust, however they are written, by their bytes. */
class RowsByKey {
  readonly #context: EncodeContext;
  readonly #rows = new Map<string, number>();

  constructor(context: EncodeContext) {
    this.#context = context;
  }

  /** Notes the key whose bytes start at `start`; a problem when it was there before. */
  add(start: number, index: number, key: JsonValue): void {
    const fingerprint = this.#context.writer.fingerprintFrom(start);
    const earlier = this.#rows.get(fingerprint);
    if (earlier === undefined) {
      this.#rows.set(fingerprint, index);
    } else {
      const shown = shorten(JSON.stringify(key));
      const rows = `rows ${earlier + 1} and ${index + 1}`;
      report(this.#context, `Key ${shown} appears twice (${rows}).`);
    }
  }
}

export function decodeMap(context: DecodeContext, type: MapType, isLast: boolean): DecodedPart {
  const length = takeCount(context, type.rustType, "entry", [type.key, type.value]);
  if (length < 0) {
    return [];
  }
  const map: MapOnTheWire = { type, length, isLast };
  return isTextKey(type.key, context.types)
    ? decodeTextKeys(context, map, { object: {}, entries: [] })
    : decodePairs(context, map, []);
}

/** A map whose number of entries is read. */
interface MapOnTheWire {
  readonly type: MapType;
  readonly length: number;
  readonly isLast: boolean;
}

function decodePairs(context: DecodeContext, map: MapOnTheWire, pairs: JsonValue[]): DecodedPart {
  while (pairs.length < map.length && !hasFailed(context)) {
    enter(context, pairs.length);
    const range = openRange(context);
    const pair = decodePair(context, map, pairs.length === map.length - 1);
    if (pair instanceof PutOff) {
      return pair.andThen((value) => {
        pairs.push(value);
        closeRange(context, range);
        context.path.pop();
        return decodePairs(context, map, pairs);
      });
    }
    pairs.push(pair);
    closeRange(context, range);
    context.path.pop();
  }
  return pairs;
}

function decodePair(
  context: DecodeContext,
  { type, isLast }: MapOnTheWire,
  isLastPair: boolean,
): DecodedPart {
  const decodeSecond = (key: JsonValue): DecodedPart => {
    const part = hasFailed(context)
      ? null
      : decodeChild(context, 1, type.value, isLast && isLastPair);
    return part instanceof PutOff ? part.andThen((value) => [key, value]) : [key, part];
  };
  const key = decodeChild(context, 0, type.key, false);
  return key instanceof PutOff ? key.andThen(decodeSecond) : decodeSecond(key);
}

/** An entry of a map with text keys: where the byte ranges of its value begin matters if the map must become pairs. */
interface TextEntry {
  readonly key: string;
  readonly value: JsonValue;
  readonly firstRange: number;
}

/** The entries that are read so far: as the object that they make, and one by one. */
interface ReadEntries {
  readonly object: MutableJsonObject;
  readonly entries: TextEntry[];
}

function decodeTextKeys(context: DecodeContext, map: MapOnTheWire, read: ReadEntries): DecodedPart {
  while (read.entries.length < map.length) {
    const before = read.entries.length;
    enter(context, before);
    const key = context.decode(context, map.type.key, false);
    const part =
      key instanceof PutOff
        ? key.andThen((text) => decodeEntry(context, map, read, text))
        : decodeEntry(context, map, read, key);
    if (part instanceof PutOff) {
      return part.andThen(() =>
        read.entries.length === before ? read.object : decodeTextKeys(context, map, read),
      );
    }
    if (read.entries.length === before) {
      return read.object;
    }
  }
  if (keepsAll(read.object, read.entries)) {
    return read.object;
  }
  moveRangesToPairs(context, read.entries);
  return read.entries.map((entry) => [entry.key, entry.value]);
}

/** Adds the entry of the key that was just read at its index. */
function decodeEntry(
  context: DecodeContext,
  { type, length, isLast }: MapOnTheWire,
  { object, entries }: ReadEntries,
  key: JsonValue,
): DecodedPart {
  if (hasFailed(context) || typeof key !== "string") {
    return null;
  }
  context.path.pop();
  const firstRange = context.ranges.length;
  const add = (value: JsonValue): null => {
    if (!hasFailed(context)) {
      entries.push({ key, value, firstRange });
      setMember(object, key, value);
    }
    return null;
  };
  const part = decodeChild(context, key, type.value, isLast && entries.length === length - 1);
  return part instanceof PutOff ? part.andThen(add) : add(part);
}

/** Whether the object has every entry in order: equal keys collapse, and keys like "7" move to the front. */
function keepsAll(object: MutableJsonObject, entries: readonly TextEntry[]): boolean {
  const keys = Object.keys(object);
  return keys.length === entries.length && keys.every((key, index) => key === entries[index]?.key);
}

/** Byte ranges were noted under `/key`; in pairs the value stands under `/index/1`. */
function moveRangesToPairs(context: DecodeContext, entries: readonly TextEntry[]): void {
  const base = pointerOf(context.path);
  entries.forEach((entry, index) => {
    const end = entries[index + 1]?.firstRange ?? context.ranges.length;
    const prefixLength = base.length + 1 + escapeStep(entry.key).length;
    for (let position = entry.firstRange; position < end; position++) {
      const range = context.ranges[position];
      if (range !== undefined) {
        const rest = range.pointer.slice(prefixLength);
        context.ranges[position] = { ...range, pointer: `${base}/${index}/1${rest}` };
      }
    }
  });
}
