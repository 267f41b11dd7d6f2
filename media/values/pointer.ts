// Places in the form's value by JSON pointer: how one is named for people, read, and replaced.

import { isJsonArray, isJsonObject, memberOf, setMember } from "../../src/model/jsonObject.ts";
import { escapeStep, splitPointer } from "../../src/model/jsonPointer.ts";
import type { JsonValue } from "../../src/model/value.ts";

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
    if (isJsonArray(current)) {
      current = current[Number(step)];
    } else if (isJsonObject(current)) {
      current = memberOf(current, step);
    } else {
      return undefined;
    }
  }
  return current;
}

/** A copy of `value` with the part at `pointer` replaced; all other parts stay the same objects. */
export function withValueAt(value: JsonValue, pointer: string, part: JsonValue): JsonValue {
  return replace(value, splitPointer(pointer) ?? [], part);
}

function replace(value: JsonValue, steps: readonly string[], part: JsonValue): JsonValue {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return part;
  }
  if (isJsonArray(value)) {
    const index = Number(step);
    return value.map((item, at) => (at === index ? replace(item, rest, part) : item));
  }
  if (isJsonObject(value)) {
    const copy = { ...value };
    setMember(copy, step, replace(memberOf(value, step) ?? null, rest, part));
    return copy;
  }
  return value; // the place is gone (an edit raced with a change of the whole): nothing to replace
}
