// Maps: u64 count and key, value pairs (reference 6.1). JSON: an object when keys are text, else (or where an object would
// lose order or keys) a list of [key, value] pairs.

import { isJsonArray, isJsonObject, memberOf, setMember } from "../../model/jsonObject.ts";
import type { MutableJsonObject } from "../../model/jsonObject.ts";
import { escapeStep, pointerOf } from "../../model/jsonPointer.ts";
import type { TypeSchema, TypeTable } from "../../model/schema.ts";
import type { JsonValue } from "../../model/value.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { closeRange, decodeChild, hasFailed, openRange, takeCount } from "./decodeContext.ts";
import { describeValue, shorten } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { encodeChild, report } from "./encodeContext.ts";

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

export function encodeMap(context: EncodeContext, type: MapType, value: JsonValue): void {
  if (isJsonArray(value)) {
    encodePairs(context, type, value);
  } else if (isJsonObject(value)) {
    encodeObject(context, type, value);
  } else {
    const form = isTextKey(type.key, context.types)
      ? "an object, or pairs: [[key, value], …]"
      : "pairs: [[key, value], …]";
    report(context, `${type.rustType} takes ${form}. ${describeValue(value)} is none of these.`);
  }
}

function encodePairs(context: EncodeContext, type: MapType, pairs: readonly JsonValue[]): void {
  const rows = new RowsByKey(context);
  context.writer.writeSafeInteger64(pairs.length);
  pairs.forEach((pair, index) => {
    context.path.push(index);
    if (!isJsonArray(pair) || pair.length !== 2) {
      report(context, `${type.rustType} takes pairs. Each is a list of two: [key, value].`);
    } else {
      const [key = null, value = null] = pair;
      const start = context.writer.length;
      const problemsBefore = context.problems.length;
      encodeChild(context, 0, type.key, key);
      if (context.problems.length === problemsBefore) {
        rows.add(start, index, key);
      }
      encodeChild(context, 1, type.value, value);
    }
    context.path.pop();
  });
}

function encodeObject(
  context: EncodeContext,
  type: MapType,
  value: Readonly<Record<string, JsonValue>>,
): void {
  const keys = Object.keys(value);
  // The key's problems stand at the entry's pointer, where its value may be a bare number.
  const keyContext: EncodeContext = { ...context, source: null };
  const rows = new RowsByKey(context);
  const isText = isTextKey(type.key, context.types);
  context.writer.writeSafeInteger64(keys.length);
  keys.forEach((key, index) => {
    const start = context.writer.length;
    const problemsBefore = context.problems.length;
    encodeChild(keyContext, key, type.key, key);
    if (!isText && context.problems.length === problemsBefore) {
      context.path.push(key);
      rows.add(start, index, key);
      context.path.pop();
    }
    encodeChild(context, key, type.value, memberOf(value, key) ?? null);
  });
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

export function decodeMap(context: DecodeContext, type: MapType, isLast: boolean): JsonValue {
  const length = takeCount(context, type.rustType, "entry", [type.key, type.value]);
  if (length < 0) {
    return [];
  }
  return isTextKey(type.key, context.types)
    ? decodeTextKeys(context, type, length, isLast)
    : decodePairs(context, type, length, isLast);
}

function decodePairs(
  context: DecodeContext,
  type: MapType,
  length: number,
  isLast: boolean,
): JsonValue {
  const pairs: JsonValue[] = [];
  for (let index = 0; index < length && !hasFailed(context); index++) {
    context.path.push(index);
    const range = openRange(context);
    const key = decodeChild(context, 0, type.key, false);
    const isLastValue = isLast && index === length - 1;
    const value = hasFailed(context) ? null : decodeChild(context, 1, type.value, isLastValue);
    pairs.push([key, value]);
    closeRange(context, range);
    context.path.pop();
  }
  return pairs;
}

/** An entry of a map with text keys: where the byte ranges of its value begin matters if the map must become pairs. */
interface TextEntry {
  readonly key: string;
  readonly value: JsonValue;
  readonly firstRange: number;
}

function decodeTextKeys(
  context: DecodeContext,
  type: MapType,
  length: number,
  isLast: boolean,
): JsonValue {
  const entries: TextEntry[] = [];
  const object: MutableJsonObject = {};
  for (let index = 0; index < length; index++) {
    context.path.push(index);
    const key = context.decode(context, type.key, false);
    if (hasFailed(context) || typeof key !== "string") {
      return object;
    }
    context.path.pop();
    const firstRange = context.ranges.length;
    const value = decodeChild(context, key, type.value, isLast && index === length - 1);
    if (hasFailed(context)) {
      return object;
    }
    entries.push({ key, value, firstRange });
    setMember(object, key, value);
  }
  if (keepsAll(object, entries)) {
    return object;
  }
  moveRangesToPairs(context, entries);
  return entries.map((entry) => [entry.key, entry.value]);
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
