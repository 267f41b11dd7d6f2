// Option (tag byte 0 or 1) and Result inside a value (u32 0 or 1), reference 6.1, 6.2.

import { isJsonObject } from "../../model/value/jsonObject.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { DecodeContext, DecodedPart } from "./decodeContext.ts";
import { enter, fail, hasFailed, take } from "./decodeContext.ts";
import { describeValue, quote } from "../text/describe.ts";
import type { EncodeContext, EncodedPart } from "./encodeContext.ts";
import { encodeChild, report } from "./encodeContext.ts";
import { PutOff } from "./depth.ts";
import { chosenVariant, leaveVariant, namedType } from "./structs.ts";

type OptionType = Extract<TypeSchema, { kind: "option" }>;
type ResultType = Extract<TypeSchema, { kind: "result" }>;

/** `{"$some": value}`: says Some where the bare value would read as None or as such a wrapper itself. */
export function isSomeWrapper(value: JsonValue): value is { readonly $some: JsonValue } {
  if (!isJsonObject(value) || !Object.hasOwn(value, "$some")) {
    return false;
  }
  return Object.keys(value).length === 1;
}

/** The JSON form of `Some(value)`: the value itself wherever that is unmistakable. */
export function someToJson(value: JsonValue): JsonValue {
  return value === null || isSomeWrapper(value) ? { $some: value } : value;
}

export function encodeOption(
  context: EncodeContext,
  type: OptionType,
  value: JsonValue,
): EncodedPart {
  if (value === null) {
    context.writer.writeU8(0);
    return undefined;
  }
  context.writer.writeU8(1);
  if (isSomeWrapper(value)) {
    return encodeChild(context, "$some", type.inner, value.$some);
  }
  const before = context.problems.length;
  const part = context.encode(context, type.inner, value);
  if (part !== undefined) {
    return part.andThen(() => {
      hintAtSome(context, type, before);
      return undefined;
    });
  }
  hintAtSome(context, type, before);
  return undefined;
}

/** Where null was no value of the inner type, says how Some of it is written. */
function hintAtSome(context: EncodeContext, type: OptionType, before: number): void {
  if (context.problems.length > before && takesNull(type.inner, context.types)) {
    const problem = context.problems[before];
    if (problem?.pointer === pointerOf(context.path)) {
      const hint = `Here null is None; write {"$some": null} for Some(…) of ${type.inner.rustType}.`;
      context.problems[before] = { ...problem, message: `${problem.message} ${hint}` };
    }
  }
}

/** Whether a value of the type itself may be written as null. */
function takesNull(type: TypeSchema, types: TypeTable): boolean {
  if (type.kind !== "named") {
    return type.kind === "unit" || type.kind === "option";
  }
  const named = namedType(types, type.id);
  return named?.kind === "struct" && named.body.kind === "unit";
}

export function decodeOption(
  context: DecodeContext,
  type: OptionType,
  isLast: boolean,
): DecodedPart {
  const offset = take(context, 1, type.rustType);
  if (offset < 0) {
    return null;
  }
  const tag = context.bytes[offset] ?? 0;
  if (tag > 1) {
    fail(context, `${type.rustType} begins with 0 (None) or 1 (Some), not ${tag}.`, offset);
    return null;
  }
  if (tag === 0) {
    return null;
  }
  const firstRange = context.ranges.length;
  const part = context.decode(context, type.inner, isLast);
  return part instanceof PutOff
    ? part.andThen((inner) => decodedSome(context, firstRange, inner))
    : decodedSome(context, firstRange, part);
}

function decodedSome(context: DecodeContext, firstRange: number, inner: JsonValue): JsonValue {
  const value = someToJson(inner);
  if (value !== inner && !hasFailed(context)) {
    moveRangesUnderSome(context, firstRange);
  }
  return value;
}

/** The parts of a wrapped value stand one step deeper; that it is wrapped shows only after it was decoded. */
function moveRangesUnderSome(context: DecodeContext, firstRange: number): void {
  const base = pointerOf(context.path);
  for (let index = firstRange; index < context.ranges.length; index++) {
    const range = context.ranges[index];
    if (range !== undefined) {
      const rest = range.pointer.slice(base.length);
      context.ranges[index] = { ...range, pointer: `${base}/$some${rest}` };
    }
  }
}

export function encodeResult(
  context: EncodeContext,
  type: ResultType,
  value: JsonValue,
): EncodedPart {
  const chosen = typeof value === "string" ? undefined : chosenVariant(value);
  if (chosen?.body === undefined || (chosen.name !== "Ok" && chosen.name !== "Err")) {
    const what = chosen === undefined ? describeValue(value) : `{${quote(chosen.name)}: …}`;
    report(context, `${type.rustType} takes {"Ok": …} or {"Err": …}. ${what} is neither.`);
    return undefined;
  }
  const isOk = chosen.name === "Ok";
  context.writer.writeU32(isOk ? 0 : 1);
  return encodeChild(context, chosen.name, isOk ? type.success : type.failure, chosen.body);
}

export function decodeResult(
  context: DecodeContext,
  type: ResultType,
  isLast: boolean,
): DecodedPart {
  const offset = take(context, 4, type.rustType);
  if (offset < 0) {
    return null;
  }
  const tag = context.view.getUint32(offset, true);
  if (tag > 1) {
    fail(context, `${type.rustType} begins with 0 (Ok) or 1 (Err), not ${tag}.`, offset);
    return null;
  }
  const name = tag === 0 ? "Ok" : "Err";
  enter(context, name);
  const part = context.decode(context, tag === 0 ? type.success : type.failure, isLast);
  return leaveVariant(context, name, part);
}
