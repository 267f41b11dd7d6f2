// bincode 1 bytes → JSON value (reference 6.1), strict: trailing bytes, impossible tags, lengths beyond the bytes left, nesting
// beyond the limit and trees beyond the budget are problems. Random bytes give a value or a problem, never an exception.

import type { ByteRange } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { TypeKind, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { decodeBytes, decodeUnknown } from "../kinds/bytes.ts";
import type { DecodeContext, DecodedPart, DecodeProblem } from "../kinds/decodeContext.ts";
import {
  countNode,
  createDecodeContext,
  decodeWithRange,
  fail,
  failDepth,
  take,
} from "../kinds/decodeContext.ts";
import { count } from "../text/describe.ts";
import { carryOut, holdsParts, isTooDeep, levelsOnTheStack, PutOff } from "../kinds/depth.ts";
import { decodeFloat } from "../kinds/floats.ts";
import { humanValue } from "../kinds/formatted.ts";
import { decodeInteger } from "../kinds/integers.ts";
import { decodeMap } from "../kinds/maps.ts";
import { decodeOption, decodeResult } from "../kinds/options.ts";
import { decodeArray, decodeSequence, decodeTuple } from "../kinds/sequences.ts";
import { decodeNamed } from "../kinds/structs.ts";
import { decodeChar, decodeString } from "../kinds/text.ts";

export type { DecodeProblem } from "../kinds/decodeContext.ts";

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
  const value = carryOut(decodeWithRange(context, type, true), () => {
    context.callDepth = 0;
  });
  if (context.problem === null && context.offset < bytes.length) {
    const left = bytes.length - context.offset;
    context.path.length = 0;
    fail(
      context,
      `The value ends at byte ${context.offset}, but ${count(left, "byte")} more follow${left === 1 ? "s" : ""}.`,
    );
  }
  return context.problem === null ? ok({ value, ranges: context.ranges }) : err(context.problem);
}

/** One decoder per kind of type. */
const decoders: {
  readonly [K in TypeKind]: (
    context: DecodeContext,
    type: Extract<TypeSchema, { kind: K }>,
    isLast: boolean,
  ) => DecodedPart;
} = {
  bool: decodeBool,
  integer: decodeInteger,
  float: decodeFloat,
  char: decodeChar,
  string: decodeString,
  bytes: decodeBytes,
  unit: () => null,
  unknown: decodeUnknown,
  option: decodeOption,
  sequence: decodeSequence,
  array: decodeArray,
  tuple: (context, type, isLast) => decodeTuple(context, type.elements, isLast),
  map: decodeMap,
  result: decodeResult,
  named: decodeNamed,
};

function decodeAny(context: DecodeContext, type: TypeSchema, isLast: boolean): DecodedPart {
  if (context.callDepth >= levelsOnTheStack && holdsParts(type)) {
    return new PutOff(() => decodeAny(context, type, isLast));
  }
  context.wrappers++;
  if (isTooDeep(context.path, context.wrappers)) {
    failDepth(context);
    return null;
  }
  if (!countNode(context)) {
    return null;
  }
  context.callDepth++;
  // The table's type says that the entry at `type.kind` takes this very type; the compiler cannot follow that.
  const decode = decoders[type.kind] as DecodeContext["decode"];
  const part = decode(context, type, isLast);
  context.callDepth--;
  if (type.format === undefined) {
    return part;
  }
  return part instanceof PutOff
    ? part.andThen((value) => humanValue(type, value))
    : humanValue(type, part);
}

function decodeBool(context: DecodeContext, type: TypeSchema): JsonValue {
  const offset = take(context, 1, type.rustType);
  const byte = offset < 0 ? 0 : (context.bytes[offset] ?? 0);
  if (byte > 1) {
    fail(context, `${type.rustType} is 0 or 1, not ${byte}.`, offset);
  }
  return byte === 1;
}
