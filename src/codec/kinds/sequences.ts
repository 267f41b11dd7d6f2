// Sequences (u64 count and elements), arrays and tuples (elements only), reference 6.1. All are JSON lists.

import { isJsonArray } from "../../model/value/jsonObject.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { DecodeContext, DecodedPart } from "./decodeContext.ts";
import { decodeChild, fail, failBudget, hasFailed, takeCount } from "./decodeContext.ts";
import { count, countLeft, describeValue } from "../text/describe.ts";
import type { EncodeContext, EncodedPart } from "./encodeContext.ts";
import { encodeChild, report } from "./encodeContext.ts";
import { PutOff } from "./depth.ts";
import { minimumSize } from "./minimumSize.ts";

type SequenceType = Extract<TypeSchema, { kind: "sequence" }>;
type ArrayType = Extract<TypeSchema, { kind: "array" }>;

export function encodeSequence(
  context: EncodeContext,
  type: SequenceType,
  value: JsonValue,
): EncodedPart {
  if (!isJsonArray(value)) {
    report(context, `${type.rustType} takes a list. ${describeValue(value)} is no list.`);
    return undefined;
  }
  context.writer.writeSafeInteger64(value.length);
  return encodeElements(context, type.element, value, 0);
}

export function encodeArray(
  context: EncodeContext,
  type: ArrayType,
  value: JsonValue,
): EncodedPart {
  return isListOf(context, type.rustType, type.length, value)
    ? encodeElements(context, type.element, value, 0)
    : undefined;
}

function encodeElements(
  context: EncodeContext,
  element: TypeSchema,
  values: readonly JsonValue[],
  first: number,
): EncodedPart {
  for (let index = first; index < values.length; index++) {
    const part = encodeChild(context, index, element, values[index] ?? null);
    if (part !== undefined) {
      return part.andThen(() => encodeElements(context, element, values, index + 1));
    }
  }
  return undefined;
}

/** Tuples, tuple structs and tuple variants. */
export function encodeTuple(
  context: EncodeContext,
  rustType: string,
  elements: readonly TypeSchema[],
  value: JsonValue,
): EncodedPart {
  return isListOf(context, rustType, elements.length, value)
    ? encodeTupleFrom(context, elements, value, 0)
    : undefined;
}

function encodeTupleFrom(
  context: EncodeContext,
  elements: readonly TypeSchema[],
  values: readonly JsonValue[],
  first: number,
): EncodedPart {
  for (let index = first; index < elements.length; index++) {
    const element = elements[index];
    const part = element && encodeChild(context, index, element, values[index] ?? null);
    if (part !== undefined) {
      return part.andThen(() => encodeTupleFrom(context, elements, values, index + 1));
    }
  }
  return undefined;
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
): DecodedPart {
  const length = takeCount(context, type.rustType, "element", [type.element]);
  return length < 0 ? [] : decodeElements(context, type.element, { length, isLast }, []);
}

export function decodeArray(context: DecodeContext, type: ArrayType, isLast: boolean): DecodedPart {
  const left = context.bytes.length - context.offset;
  const needed = type.length * minimumSize(context, type.element);
  if (needed > left) {
    fail(context, `${type.rustType} needs ${count(needed, "byte")}, but ${countLeft(left)}.`);
  } else if (type.length > context.nodesLeft) {
    failBudget(context);
  } else {
    return decodeElements(context, type.element, { length: type.length, isLast }, []);
  }
  return [];
}

function decodeElements(
  context: DecodeContext,
  element: TypeSchema,
  list: { readonly length: number; readonly isLast: boolean },
  values: JsonValue[],
): DecodedPart {
  const { length, isLast } = list;
  while (values.length < length && !hasFailed(context)) {
    const index = values.length;
    const part = decodeChild(context, index, element, isLast && index === length - 1);
    if (part instanceof PutOff) {
      return part.andThen((value) => {
        values.push(value);
        return decodeElements(context, element, list, values);
      });
    }
    values.push(part);
  }
  return values;
}

/** Tuples, tuple structs and tuple variants. */
export function decodeTuple(
  context: DecodeContext,
  elements: readonly TypeSchema[],
  isLast: boolean,
): DecodedPart {
  return decodeTupleRest(context, elements, isLast ? lastWithBytes(elements) : -1, []);
}

function decodeTupleRest(
  context: DecodeContext,
  elements: readonly TypeSchema[],
  last: number,
  values: JsonValue[],
): DecodedPart {
  for (
    let element = elements[values.length];
    element !== undefined && !hasFailed(context);
    element = elements[values.length]
  ) {
    const part = decodeChild(context, values.length, element, values.length === last);
    if (part instanceof PutOff) {
      return part.andThen((value) => {
        values.push(value);
        return decodeTupleRest(context, elements, last, values);
      });
    }
    values.push(part);
  }
  return values;
}

/** Index of the last type that can have bytes: `PhantomData` behind a value of unknown layout does no harm. */
export function lastWithBytes(types: readonly TypeSchema[]): number {
  return types.findLastIndex((type) => type.kind !== "unit");
}
