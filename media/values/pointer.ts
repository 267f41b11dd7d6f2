// Places in the form's value by JSON pointer: how one is named for people, read, and replaced.

import {
  isJsonArray,
  isJsonObject,
  memberOf,
  setMember,
} from "../../src/model/value/jsonObject.ts";
import { escapeStep, splitPointer } from "../../src/model/value/jsonPointer.ts";
import type { JsonValue } from "../../src/model/value/value.ts";

/** The pointer of a part of the value at `pointer`. */
export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${escapeStep(String(key))}`;
}

/** All pointers above `pointer`, the whole value ("") first, `pointer` itself last. */
export function pointerAncestors(pointer: string): string[] {
  const parts = pointer.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** A pointer as people read a place in Rust: `terms[0].value`. */
export function pointerLabel(pointer: string): string {
  const steps = (splitPointer(pointer) ?? []).filter((step) => step !== "$some");
  return steps
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? "." : ""}${step}`))
    .join("");
}

/** The part of `value` at `pointer`, or undefined when there is none. */
export function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const step of splitPointer(pointer) ?? []) {
    if (current === undefined) {
      return undefined;
    }
    current = partAt(current, step);
  }
  return current;
}

/** A copy of `value` with the part at `pointer` replaced; all other parts stay the same objects. */
export function withValueAt(value: JsonValue, pointer: string, part: JsonValue): JsonValue {
  const steps = splitPointer(pointer) ?? [];
  const holders: JsonValue[] = [];
  let current: JsonValue = value;
  for (const step of steps) {
    if (!isJsonArray(current) && !isJsonObject(current)) {
      return value; // the place is gone (an edit raced with a change of the whole): nothing to replace
    }
    holders.push(current);
    current = partAt(current, step) ?? null;
  }
  return steps.reduceRight<JsonValue>(
    (made, step, at) => withPart(holders[at] ?? null, step, made),
    part,
  );
}

function partAt(holder: JsonValue, step: string): JsonValue | undefined {
  return isJsonArray(holder)
    ? holder[Number(step)]
    : isJsonObject(holder)
      ? memberOf(holder, step)
      : undefined;
}

function withPart(holder: JsonValue, step: string, part: JsonValue): JsonValue {
  if (isJsonArray(holder)) {
    const index = Number(step);
    return holder.map((item, at) => (at === index ? part : item));
  }
  const copy = { ...(isJsonObject(holder) ? holder : {}) };
  setMember(copy, step, part);
  return copy;
}
