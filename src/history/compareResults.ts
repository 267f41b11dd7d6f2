// Where the results of two calls differ, by path and meaning: the order of maps and sets does not count, that of lists does, and
// floats are the same within a tolerance, because no two machines add them up alike.

import { formatJson } from "../codec/json/formatJson.ts";
import {
  elementPlace,
  memberPlace,
  visiblePlace,
  type JsonPlace,
} from "../codec/kinds/jsonPlace.ts";
import { isUnread } from "../codec/long/longResult.ts";
import { isJsonArray, isJsonObject } from "../model/value/jsonObject.ts";
import { pointerOf, type PathStep } from "../model/value/jsonPointer.ts";
import type { CallResult } from "../model/outcome.ts";
import type { TypeTable } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";
import { outcomeWords } from "./outcomeWords.ts";
import { failureOf, successOf, type ResultTypes } from "./valueText.ts";

/** A place where the results differ, both sides as JSON text; undefined stands for "not there". */
export interface ResultDifference {
  /** JSON pointer into the value; "" is the whole. */
  readonly pointer: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** Relative to the larger one. */
const floatTolerance = 1e-9;
/** More are not read by anybody; the text view has them all. */
const mostDifferences = 200;

/** Empty: the results mean the same. Null types: compared as the JSON that they are. */
export function compareResults(
  left: CallResult,
  right: CallResult,
  typed: ResultTypes | null,
): readonly ResultDifference[] {
  const [before, now] = [valueOf(left), valueOf(right)];
  if (left.kind !== right.kind || before === undefined || now === undefined) {
    const [leftWords, rightWords] = [tellingWords(left), tellingWords(right)];
    return leftWords === rightWords ? [] : [{ pointer: "", left: leftWords, right: rightWords }];
  }
  if (left.kind === "ok" && right.kind === "ok" && (isUnread(before) || isUnread(now))) {
    // Long results stay as their bytes, and are compared as these.
    const isSameBytes =
      left.bytes.length === right.bytes.length &&
      left.bytes.every((byte, index) => byte === right.bytes[index]);
    const shown = ({ length }: Uint8Array): string => `${String(length)} bytes`;
    return isSameBytes ? [] : [{ pointer: "", left: shown(left.bytes), right: shown(right.bytes) }];
  }
  const comparison = new Comparison(typed?.types ?? {});
  const type = left.kind === "ok" ? successOf(typed) : failureOf(typed);
  comparison.compare(type, before, now, []);
  return comparison.differences;
}

function valueOf(result: CallResult): JsonValue | undefined {
  return result.kind === "ok" || result.kind === "pluginError" ? result.value : undefined;
}

/** The outcome and, where it is none, what it said. */
function tellingWords(result: CallResult): string {
  const words = outcomeWords(result);
  return result.kind === "panic" ? `${words}: ${result.panic.message}` : words;
}

class Comparison {
  readonly differences: ResultDifference[] = [];
  readonly #types: TypeTable;

  constructor(types: TypeTable) {
    this.#types = types;
  }

  compare(
    place: JsonPlace,
    left: JsonValue | undefined,
    right: JsonValue | undefined,
    path: readonly PathStep[],
  ): void {
    if (this.differences.length >= mostDifferences) {
      return;
    }
    const shown = left ?? right;
    const visible = shown === undefined ? place : visiblePlace(place, this.#types, shown);
    if (visible?.kind === "map") {
      this.#compareMaps(visible, entriesOf(left), entriesOf(right), path);
    } else if (isJsonArray(left) && isJsonArray(right)) {
      this.#compareLists(visible, left, right, path);
    } else if (isJsonObject(left) && isJsonObject(right)) {
      for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
        const child = memberPlace(visible, this.#types, name);
        this.compare(child, memberOf(left, name), memberOf(right, name), [...path, name]);
      }
    } else if (!isSame(visible, left, right)) {
      this.#differ(place, left, right, path);
    }
  }

  #compareLists(
    visible: JsonPlace,
    left: readonly JsonValue[],
    right: readonly JsonValue[],
    path: readonly PathStep[],
  ): void {
    if (visible?.kind === "sequence" && visible.isSet === true) {
      this.#compareSets(visible, left, right, path);
      return;
    }
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      this.compare(elementPlace(visible, index), left[index], right[index], [...path, index]);
    }
  }

  /** By key, whichever of its two forms a map has. */
  #compareMaps(
    map: Extract<JsonPlace, { kind: "map" }>,
    left: ReadonlyMap<string, JsonValue> | undefined,
    right: ReadonlyMap<string, JsonValue> | undefined,
    path: readonly PathStep[],
  ): void {
    for (const key of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])) {
      this.compare(map.value, left?.get(key), right?.get(key), [...path, key]);
    }
    if ((left === undefined) !== (right === undefined)) {
      this.#differ(
        map,
        left === undefined ? undefined : {},
        right === undefined ? undefined : {},
        path,
      );
    }
  }

  /** What one has and the other has not; a set has no places. */
  #compareSets(
    set: Extract<JsonPlace, { kind: "sequence" }>,
    left: readonly JsonValue[],
    right: readonly JsonValue[],
    path: readonly PathStep[],
  ): void {
    const [before, now] = [byText(left), byText(right)];
    for (const [text, value] of before) {
      if (!now.has(text)) {
        this.#differ(set.element, value, undefined, path);
      }
    }
    for (const [text, value] of now) {
      if (!before.has(text)) {
        this.#differ(set.element, undefined, value, path);
      }
    }
  }

  #differ(
    place: JsonPlace,
    left: JsonValue | undefined,
    right: JsonValue | undefined,
    path: readonly PathStep[],
  ): void {
    this.differences.push({
      pointer: pointerOf(path),
      left: this.#textOf(place, left),
      right: this.#textOf(place, right),
    });
  }

  #textOf(place: JsonPlace, value: JsonValue | undefined): string | undefined {
    if (value === undefined) {
      return undefined;
    }
    return place === undefined || !("rustType" in place)
      ? JSON.stringify(value)
      : formatJson(place, this.#types, value, 0);
  }
}

function byText(values: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  return new Map(values.map((value) => [JSON.stringify(value), value]));
}

function entriesOf(value: JsonValue | undefined): ReadonlyMap<string, JsonValue> | undefined {
  if (isJsonArray(value)) {
    return new Map(
      value.flatMap((pair) => {
        const [key, each] = isJsonArray(pair) ? pair : [];
        return key === undefined || each === undefined ? [] : [[keyText(key), each]];
      }),
    );
  }
  return isJsonObject(value) ? new Map(Object.entries(value)) : undefined;
}

function keyText(key: JsonValue): string {
  return typeof key === "string" ? key : JSON.stringify(key);
}

function memberOf(
  object: Readonly<Record<string, JsonValue>>,
  name: string,
): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isSame(
  place: JsonPlace,
  left: JsonValue | undefined,
  right: JsonValue | undefined,
): boolean {
  if (left === right) {
    return true;
  }
  if (place?.kind === "float" && typeof left === "number" && typeof right === "number") {
    const scale = Math.max(Math.abs(left), Math.abs(right));
    return Math.abs(left - right) <= scale * floatTolerance;
  }
  return JSON.stringify(left) === JSON.stringify(right);
}
