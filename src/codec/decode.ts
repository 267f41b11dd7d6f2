// bincode 1 bytes → JSON value (reference 6.1), strict: trailing bytes, impossible tags, lengths beyond the bytes left, nesting
// over 200 levels and trees beyond the budget are problems. Random bytes give a value or a problem, never an exception.

import type { ByteRange } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { assertNever, err, ok } from "../model/result.ts";
import type { TypeSchema, TypeTable } from "../model/schema.ts";
import type { JsonValue } from "../model/value.ts";
import { decodeBytes, decodeUnknown } from "./bytes.ts";
import type { DecodeContext, DecodeProblem } from "./decodeContext.ts";
import { createDecodeContext, decodeWithRange, fail, fitsBudget, take } from "./decodeContext.ts";
import { count } from "./describe.ts";
import { maxDepth } from "./encodeContext.ts";
import { decodeFloat } from "./floats.ts";
import { decodeInteger } from "./integers.ts";
import { decodeMap } from "./maps.ts";
import { decodeOption, decodeResult } from "./options.ts";
import { decodeArray, decodeSequence, decodeTuple } from "./sequences.ts";
import { decodeNamed } from "./structs.ts";
import { decodeChar, decodeString } from "./text.ts";

export type { DecodeProblem } from "./decodeContext.ts";

/** A decoded value and where its parts stand in the bytes. */
export interface DecodedValue {
  readonly value: JsonValue;
  /**
   * The whole first, then parts in the order of their bytes, for the first 10 000 parts; parts after these have no range.
   * A map written as an object has ranges for its values, not for its keys.
   */
  readonly ranges: readonly ByteRange[];
}

/** The value of `type` that `bytes` are, all of them. */
export function decodeValue(
  type: TypeSchema,
  types: TypeTable,
  bytes: Uint8Array,
): Result<DecodedValue, DecodeProblem> {
  const context = createDecodeContext(types, bytes, decodeAny);
  const value = decodeWithRange(context, type, true);
  if (context.problem === null && context.offset < bytes.length) {
    const left = bytes.length - context.offset;
    context.path.length = 0;
    fail(
      context,
      `The value ends at byte ${context.offset}, but ${count(left, "byte")} more follow${left === 1 ? "s" : ""}. ` +
        `The plugin was probably built from another version of ${type.rustType}: build it again.`,
    );
  }
  return context.problem === null ? ok({ value, ranges: context.ranges }) : err(context.problem);
}

function decodeAny(context: DecodeContext, type: TypeSchema, isLast: boolean): JsonValue {
  if (context.nodesLeft <= 0) {
    fitsBudget(context, 1);
    return null;
  }
  context.nodesLeft--;
  switch (type.kind) {
    case "bool":
      return decodeBool(context, type);
    case "integer":
      return decodeInteger(context, type);
    case "float":
      return decodeFloat(context, type);
    case "char":
      return decodeChar(context, type);
    case "string":
      return decodeString(context, type);
    case "bytes":
      return decodeBytes(context, type);
    case "unit":
      return null;
    case "unknown":
      return decodeUnknown(context, type, isLast);
    default:
      return decodeNested(context, type, isLast);
  }
}

type NestedType = Extract<
  TypeSchema,
  { kind: "option" | "sequence" | "array" | "tuple" | "map" | "result" | "named" }
>;

function decodeNested(context: DecodeContext, type: NestedType, isLast: boolean): JsonValue {
  if (context.depth >= maxDepth) {
    fail(context, `The value is nested deeper than ${maxDepth} levels; this is the limit.`);
    return null;
  }
  context.depth++;
  const value = decodeComposite(context, type, isLast);
  context.depth--;
  return value;
}

function decodeComposite(context: DecodeContext, type: NestedType, isLast: boolean): JsonValue {
  switch (type.kind) {
    case "option":
      return decodeOption(context, type, isLast);
    case "sequence":
      return decodeSequence(context, type, isLast);
    case "array":
      return decodeArray(context, type, isLast);
    case "tuple":
      return decodeTuple(context, type.elements, isLast);
    case "map":
      return decodeMap(context, type, isLast);
    case "result":
      return decodeResult(context, type, isLast);
    case "named":
      return decodeNamed(context, type, isLast);
    default:
      return assertNever(type);
  }
}

function decodeBool(context: DecodeContext, type: TypeSchema): JsonValue {
  const offset = take(context, 1, type.rustType);
  const byte = offset < 0 ? 0 : (context.bytes[offset] ?? 0);
  if (byte > 1) {
    fail(context, `${type.rustType} is 0 or 1, not ${byte}.`, offset);
  }
  return byte === 1;
}
