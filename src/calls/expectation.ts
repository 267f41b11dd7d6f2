// Compares a result with the value that was expected, by meaning: both are brought to the codec's own form first, the
// order of maps and sets does not count, and every difference has its place.

import { decodeValue } from "../codec/bincode/decode.ts";
import { encodeValue } from "../codec/bincode/encode.ts";
import { formatJson } from "../codec/json/formatJson.ts";
import {
  elementPlace,
  memberPlace,
  visiblePlace,
  type JsonPlace,
} from "../codec/kinds/jsonPlace.ts";
import { fromSerdeJson, toSerdeJson } from "../codec/method/serdeParts.ts";
import { serdeText } from "../codec/values/unknownParts.ts";
import { isJsonArray, isJsonObject } from "../model/value/jsonObject.ts";
import { pointerOf, type PathStep } from "../model/value/jsonPointer.ts";
import type { ValueProblem } from "../model/outcome.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { TypeSchema, TypeTable } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";
import { compareJsonTexts } from "./compareJson.ts";

/** A place where two values differ, both as JSON text with all their digits; undefined stands for "not there". */
export interface ValueDifference {
  readonly pointer: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

const maximumDifferences = 100;

/** Where `actual` differs from `expected`, none when they mean the same; the error: `expected` is no value of the type. */
export function compareValues(
  type: TypeSchema,
  types: TypeTable,
  expected: JsonValue,
  actual: JsonValue,
): Result<readonly ValueDifference[], readonly ValueProblem[]> {
  const serde = serdeText(expected);
  if (serde !== undefined) {
    const shown = fromSerdeJson(type, types, toSerdeJson(type, types, serde));
    return ok(compareJsonTexts(shown, serdeText(actual) ?? JSON.stringify(actual)));
  }
  const canonical = canonicalValue(type, types, expected);
  if (!canonical.ok) {
    return canonical;
  }
  const comparison = new Comparison(types);
  comparison.compare(type, canonical.value, actual, []);
  return ok(comparison.differences);
}

/** The value as the decoder would give it: `1e1`, `"10"` and `10` are one u64, `"base64:AA=="` is `"hex:00"`. */
function canonicalValue(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
): Result<JsonValue, readonly ValueProblem[]> {
  const encoded = encodeValue(type, types, value);
  if (!encoded.ok) {
    return encoded;
  }
  const decoded = decodeValue(type, types, encoded.value);
  return decoded.ok
    ? ok(decoded.value.value)
    : err([{ pointer: decoded.error.pointer, message: decoded.error.message }]);
}

class Comparison {
  readonly differences: ValueDifference[] = [];
  readonly #types: TypeTable;

  constructor(types: TypeTable) {
    this.#types = types;
  }

  compare(
    place: JsonPlace,
    expected: JsonValue | undefined,
    actual: JsonValue | undefined,
    path: readonly PathStep[],
  ): void {
    if (this.differences.length >= maximumDifferences) {
      return;
    }
    const visible = actual === undefined ? place : visiblePlace(place, this.#types, actual);
    if (isJsonArray(expected) && isJsonArray(actual)) {
      const isUnordered =
        visible?.kind === "map" || (visible?.kind === "sequence" && visible.isSet === true);
      const [left, right] = isUnordered ? [sorted(expected), sorted(actual)] : [expected, actual];
      for (let index = 0; index < Math.max(left.length, right.length); index++) {
        this.compare(elementPlace(visible, index), left[index], right[index], [...path, index]);
      }
    } else if (isJsonObject(expected) && isJsonObject(actual)) {
      for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
        const child = memberPlace(visible, this.#types, name);
        this.compare(child, ownMember(expected, name), ownMember(actual, name), [...path, name]);
      }
    } else if (expected !== actual) {
      this.differences.push({
        pointer: pointerOf(path),
        expected: this.#textOf(place, expected),
        actual: this.#textOf(place, actual),
      });
    }
  }

  #textOf(place: JsonPlace, value: JsonValue | undefined): string | undefined {
    if (value === undefined || place === undefined || !("rustType" in place)) {
      return value === undefined ? undefined : JSON.stringify(value);
    }
    return formatJson(place, this.#types, value, 0);
  }
}

function ownMember(
  object: Readonly<Record<string, JsonValue>>,
  name: string,
): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function sorted(values: readonly JsonValue[]): readonly JsonValue[] {
  const keyed = values.map((value) => ({ value, key: JSON.stringify(value) }));
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}
