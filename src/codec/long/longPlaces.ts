// Where parts of a long value stand in its bytes, by JSON pointer, and which part a byte belongs to.

import { escapeStep, splitPointer } from "../../model/value/jsonPointer.ts";
import type { ByteRange } from "../../model/outcome.ts";
import { isTextKey } from "../kinds/maps.ts";
import { readPart } from "./longText.ts";
import type { LongPart, LongValue } from "./longValue.ts";

/** A part with the steps of the pointer that lead to it from the part around it; none for what is written as its inner value. */
export interface LongChild {
  readonly steps: readonly string[];
  readonly part: LongPart;
}

/** Entries of a map that are looked through for a key. */
const mostKeys = 2_000;
/** Parts within each other that are gone into. */
const mostLevels = 5_000;

/** The entry of a map at an index: its key as text when all keys are, and the value. */
export function entryOf(
  value: LongValue,
  part: LongPart,
  index: number,
): LongChild & { readonly key: LongPart } {
  const { type } = part;
  const start = value.listOf(part)?.startOf(index) ?? part.start;
  if (type.kind !== "map") {
    return { steps: [String(index)], part, key: part };
  }
  const key = { type: type.key, start };
  const item = { type: type.value, start: value.endOf(key) };
  const name = isTextKey(type.key, value.types) ? readPart(value, key, item.start) : null;
  return { steps: typeof name === "string" ? [name] : [String(index), "1"], part: item, key };
}

/** The element of a list at an index. */
export function elementOf(value: LongValue, part: LongPart, index: number): LongChild {
  const { type } = part;
  if (type.kind === "map") {
    return entryOf(value, part, index);
  }
  const start = value.listOf(part)?.startOf(index) ?? part.start;
  return type.kind === "sequence" || type.kind === "array"
    ? { steps: [String(index)], part: { type: type.element, start } }
    : { steps: [], part };
}

/** The parts of what has few of them. */
export function fewOf(value: LongValue, part: LongPart): readonly LongChild[] {
  const few = value.fewOf(part);
  const outer = few === undefined || few.variant === null ? [] : [few.variant];
  return (few?.parts ?? []).map((inner, index) => {
    const own =
      few?.form === "object"
        ? [few.names[index] ?? ""]
        : few?.form === "list"
          ? [String(index)]
          : [];
    return { steps: [...outer, ...own], part: inner };
  });
}

/** The smallest part that a byte belongs to. */
export function partAt(value: LongValue, offset: number): ByteRange {
  let pointer = "";
  let part: LongPart = { type: value.type, start: 0 };
  for (let level = 0; level < mostLevels; level++) {
    const inner = childAt(value, part, offset);
    if (inner === undefined || offset < inner.part.start || offset >= value.endOf(inner.part)) {
      break;
    }
    pointer += inner.steps.map((step) => `/${escapeStep(step)}`).join("");
    ({ part } = inner);
  }
  return { pointer, start: part.start, end: value.endOf(part) };
}

function childAt(value: LongValue, part: LongPart, offset: number): LongChild | undefined {
  const list = value.listOf(part);
  if (list !== undefined) {
    return list.count === 0 ? undefined : elementOf(value, part, list.indexAt(offset));
  }
  return fewOf(value, part).findLast((child) => child.part.start <= offset);
}

/** Where the part at a pointer stands; undefined when there is none, or finding it would take long. */
export function rangeOf(value: LongValue, pointer: string): ByteRange | undefined {
  let steps = splitPointer(pointer) ?? [];
  let part: LongPart = { type: value.type, start: 0 };
  for (let level = 0; level < mostLevels; level++) {
    const found = childTowards(value, part, steps);
    if (found === undefined) {
      break;
    }
    steps = steps.slice(found.steps.length);
    ({ part } = found);
  }
  return steps.length === 0 ? { pointer, start: part.start, end: value.endOf(part) } : undefined;
}

function childTowards(
  value: LongValue,
  part: LongPart,
  steps: readonly string[],
): LongChild | undefined {
  const list = value.listOf(part);
  const leads = (child: LongChild): boolean =>
    child.steps.every((step, index) => step === steps[index]);
  if (list === undefined) {
    const [first] = steps;
    // What an option has inside may be written under a step of its own.
    const few = fewOf(value, part);
    return first === "$some" && part.type.kind === "option"
      ? few.map((child) => ({ ...child, steps: ["$some"] }))[0]
      : few.find((child) => leads(child) && (steps.length > 0 || child.steps.length > 0));
  }
  const index = Number(steps[0] ?? NaN);
  if (part.type.kind !== "map" || !isTextKey(part.type.key, value.types)) {
    const child =
      Number.isInteger(index) && index >= 0 && index < list.count
        ? elementOf(value, part, index)
        : undefined;
    return child !== undefined && leads(child) ? child : undefined;
  }
  for (let at = 0; at < Math.min(list.count, mostKeys); at++) {
    const child = entryOf(value, part, at);
    if (leads(child)) {
      return child;
    }
  }
  return undefined;
}
