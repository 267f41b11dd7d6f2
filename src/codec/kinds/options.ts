// Option (tag byte 0 or 1) and Result inside a value (u32 0 or 1), reference 6.1, 6.2.

import { isJsonObject, setMember } from "../../model/jsonObject.ts";
import type { MutableJsonObject } from "../../model/jsonObject.ts";
import { pointerOf } from "../../model/jsonPointer.ts";
import type { TypeSchema, TypeTable } from "../../model/schema.ts";
import type { JsonValue } from "../../model/value.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { fail, hasFailed, take } from "./decodeContext.ts";
import { describeValue, quote } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { encodeChild, report } from "./encodeContext.ts";
import { chosenVariant, namedType } from "./structs.ts";

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

export function encodeOption(context: EncodeContext, type: OptionType, value: JsonValue): void {
  if (value === null) {
    context.writer.writeU8(0);
    return;
  }
  context.writer.writeU8(1);
  if (isSomeWrapper(value)) {
    encodeChild(context, "$some", type.inner, value.$some);
    return;
  }
  const before = context.problems.length;
  context.encode(context, type.inner, value);
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

export function decodeOption(context: DecodeContext, type: OptionType, isLast: boolean): JsonValue {
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
  const inner = context.decode(context, type.inner, isLast);
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

export function encodeResult(context: EncodeContext, type: ResultType, value: JsonValue): void {
  const chosen = typeof value === "string" ? undefined : chosenVariant(value);
  if (chosen?.body === undefined || (chosen.name !== "Ok" && chosen.name !== "Err")) {
    const what = chosen === undefined ? describeValue(value) : `{${quote(chosen.name)}: …}`;
    report(context, `${type.rustType} takes {"Ok": …} or {"Err": …}. ${what} is neither.`);
    return;
  }
  const isOk = chosen.name === "Ok";
  context.writer.writeU32(isOk ? 0 : 1);
  encodeChild(context, chosen.name, isOk ? type.success : type.failure, chosen.body);
}

export function decodeResult(context: DecodeContext, type: ResultType, isLast: boolean): JsonValue {
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
  context.path.push(name);
  const body = context.decode(context, tag === 0 ? type.success : type.failure, isLast);
  context.path.pop();
  const object: MutableJsonObject = {};
  setMember(object, name, body);
  return object;
}
