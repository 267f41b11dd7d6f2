// Sequences (u64 count and elements), arrays and tuples (elements only), reference 6.1. All are JSON lists.

import { isJsonArray } from "../../model/jsonObject.ts";
import type { TypeSchema } from "../../model/schema.ts";
import type { JsonValue } from "../../model/value.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { decodeChild, fail, failBudget, hasFailed, takeCount } from "./decodeContext.ts";
import { count, countLeft, describeValue } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { encodeChild, report } from "./encodeContext.ts";
import { minimumSize } from "./minimumSize.ts";

type SequenceType = Extract<TypeSchema, { kind: "sequence" }>;
type ArrayType = Extract<TypeSchema, { kind: "array" }>;

export function encodeSequence(context: EncodeContext, type: SequenceType, value: JsonValue): void {
  if (!isJsonArray(value)) {
    report(context, `${type.rustType} takes a list. ${describeValue(value)} is no list.`);
    return;
  }
  context.writer.writeSafeInteger64(value.length);
  encodeElements(context, type.element, value);
}

export function encodeArray(context: EncodeContext, type: ArrayType, value: JsonValue): void {
  if (isListOf(context, type.rustType, type.length, value)) {
    encodeElements(context, type.element, value);
  }
}

function encodeElements(
  context: EncodeContext,
  element: TypeSchema,
  values: readonly JsonValue[],
): void {
  for (let index = 0; index < values.length; index++) {
    encodeChild(context, index, element, values[index] ?? null);
  }
}

/** Tuples, tuple structs and tuple variants. */
export function encodeTuple(
  context: EncodeContext,
  rustType: string,
  elements: readonly TypeSchema[],
  value: JsonValue,
): void {
  if (isListOf(context, rustType, elements.length, value)) {
    elements.forEach((element, index) => {
      encodeChild(context, index, element, value[index] ?? null);
    });
  }
}

function isListOf(
  context: EncodeContext,
  rustType: string,
  length: number,
  value: JsonValue,
): value is readonly JsonValue[] {
  if (!isJsonArray(value)) {
    const wanted = `a list of ${count(length, "value")}`;
    report(context, `${rustType} takes ${wanted}. ${describeValue(value)} is no list.`);
    return false;
  }
  if (value.length !== length) {
    report(context, `${rustType} needs ${count(length, "value")}, has ${value.length}.`);
    return false;
  }
  return true;
}

export function decodeSequence(
  context: DecodeContext,
  type: SequenceType,
  isLast: boolean,
): JsonValue {
  const length = takeCount(context, type.rustType, "element", [type.element]);
  return length < 0 ? [] : decodeElements(context, type.element, length, isLast);
}

export function decodeArray(context: DecodeContext, type: ArrayType, isLast: boolean): JsonValue {
  const left = context.bytes.length - context.offset;
  const needed = type.length * minimumSize(context, type.element);
  if (needed > left) {
    fail(context, `${type.rustType} needs ${count(needed, "byte")}, but ${countLeft(left)}.`);
  } else if (type.length > context.nodesLeft) {
    failBudget(context);
  } else {
    return decodeElements(context, type.element, type.length, isLast);
  }
  return [];
}

function decodeElements(
  context: DecodeContext,
  element: TypeSchema,
  length: number,
  isLast: boolean,
): JsonValue {
  const values: JsonValue[] = [];
  for (let index = 0; index < length && !hasFailed(context); index++) {
    values.push(decodeChild(context, index, element, isLast && index === length - 1));
  }
  return values;
}

/** Tuples, tuple structs and tuple variants. */
export function decodeTuple(
  context: DecodeContext,
  elements: readonly TypeSchema[],
  isLast: boolean,
): JsonValue {
  const values: JsonValue[] = [];
  const last = isLast ? lastWithBytes(elements) : -1;
  for (let index = 0; index < elements.length && !hasFailed(context); index++) {
    const element = elements[index];
    if (element !== undefined) {
      values.push(decodeChild(context, index, element, index === last));
    }
  }
  return values;
}

/** Index of the last type that can have bytes: `PhantomData` behind a value of unknown layout does no harm. */
export function lastWithBytes(types: readonly TypeSchema[]): number {
  return types.findLastIndex((type) => type.kind !== "unit");
}
