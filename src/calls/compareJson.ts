// Differences between two JSON texts in serde's own form, where no schema says what equals what: by place, digits as written.

import { isJsonArray, isJsonObject, memberOf } from "../model/value/jsonObject.ts";
import { pointerOf } from "../model/value/jsonPointer.ts";
import { parseJson } from "../model/value/losslessJson.ts";
import type { JsonValue } from "../model/value/value.ts";

interface JsonDifference {
  readonly pointer: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** Where the texts differ; the order of members does not count. */
export function compareJsonTexts(expected: string, actual: string): readonly JsonDifference[] {
  const [left, right] = [parseJson(expected), parseJson(actual)];
  if (!left.ok || !right.ok) {
    return expected === actual ? [] : [{ pointer: "", expected, actual }];
  }
  const differences: JsonDifference[] = [];
  compare(left.value.value, right.value.value, [], differences);
  return differences;
}

function compare(
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  path: readonly (string | number)[],
  found: JsonDifference[],
): void {
  if (isJsonArray(expected) && isJsonArray(actual)) {
    for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
      compare(expected[index], actual[index], [...path, index], found);
    }
  } else if (isJsonObject(expected) && isJsonObject(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      compare(memberOf(expected, key), memberOf(actual, key), [...path, key], found);
    }
  } else if (expected !== actual) {
    found.push({
      pointer: pointerOf(path),
      expected: expected === undefined ? undefined : JSON.stringify(expected),
      actual: actual === undefined ? undefined : JSON.stringify(actual),
    });
  }
}
