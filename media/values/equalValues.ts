// Whether two values are the same, whatever the order of their members.

import type { JsonValue } from "../../src/model/value/value.ts";

export function equalValues(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  const open: (readonly [JsonValue | undefined, JsonValue | undefined])[] = [[a, b]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [left, right] = pair;
    if (left === right) {
      continue;
    }
    if (
      typeof left !== "object" ||
      typeof right !== "object" ||
      left === null ||
      right === null ||
      Array.isArray(left) !== Array.isArray(right)
    ) {
      return false;
    }
    const parts = Object.entries(left);
    const others = right as Readonly<Record<string, JsonValue>>;
    if (
      parts.length !== Object.keys(others).length ||
      !parts.every(([key]) => Object.hasOwn(others, key))
    ) {
      return false;
    }
    for (const [key, part] of parts) {
      open.push([part, others[key]]);
    }
  }
  return true;
}
