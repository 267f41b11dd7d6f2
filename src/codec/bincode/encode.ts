// JSON value → bincode 1 bytes (reference 4.1, 6.1), after the type. All problems are collected, each with its JSON pointer;
// with any problem there are no bytes, so nothing half-right is ever sent.

import type { ValueProblem } from "../../model/outcome.ts";
import type { TakesArguments } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { TypeKind, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import { underOwnNames } from "../../model/schema/argumentNames.ts";
import { memberOf } from "../../model/value/jsonObject.ts";
import { encodeBytes, encodeRawBytes, encodeUnknown } from "../kinds/bytes.ts";
import { describeValue, listNames, quote } from "../text/describe.ts";
import type { CheckOptions, EncodeContext, EncodedPart } from "../kinds/encodeContext.ts";
import {
  createEncodeContext,
  encodeChild,
  isBareNumber,
  report,
  reportAt,
  reportDepth,
} from "../kinds/encodeContext.ts";
import { carryOut, holdsParts, isTooDeep, levelsOnTheStack, PutOff } from "../kinds/depth.ts";
import { encodeFloat } from "../kinds/floats.ts";
import { exactValue } from "../kinds/formatted.ts";
import { encodeInteger } from "../kinds/integers.ts";
import { encodeMap } from "../kinds/maps.ts";
import { encodeOption, encodeResult } from "../kinds/options.ts";
import { encodeArray, encodeSequence, encodeTuple } from "../kinds/sequences.ts";
import { encodeNamed, encodeUnit } from "../kinds/structs.ts";
import { encodeChar, encodeString } from "../kinds/text.ts";
import { isRawWhole, serdeText, unknownReason } from "../values/unknownParts.ts";

/** The bytes of `value` as a value of `type`, or everything that is wrong with it. */
export function encodeValue(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
): Result<Uint8Array, readonly ValueProblem[]> {
  const context = createEncodeContext(types, encodeAny);
  toTheEnd(context, encodeAny(context, type, value));
  return finish(context);
}

/**
 * The input of a call: the arguments one after the other, which is bincode's form of their tuple (reference 4.1), or the
 * bytes themselves under raw wire (4.3). Unknown and missing argument names are problems.
 */
export function encodeArguments(
  method: TakesArguments,
  types: TypeTable,
  args: JsonObject,
): Result<Uint8Array, readonly ValueProblem[]> {
  const context = createEncodeContext(types, encodeAny);
  encodeArgumentsInto(context, method, args);
  return finish(context);
}

/** All problems of arguments that are not sent yet: those of a form, or just read from text. */
export function checkArguments(
  method: TakesArguments,
  types: TypeTable,
  args: JsonObject,
  options: CheckOptions = {},
): readonly ValueProblem[] {
  const context = createEncodeContext(types, encodeAny, options);
  encodeArgumentsInto(context, method, args);
  return context.problems;
}

/** Does what of a value was put off. */
function toTheEnd(context: EncodeContext, part: EncodedPart): void {
  carryOut(part, () => {
    context.nesting.callDepth = 0;
  });
}

function finish(context: EncodeContext): Result<Uint8Array, readonly ValueProblem[]> {
  return context.problems.length === 0 ? ok(context.writer.finish()) : err(context.problems);
}

function encodeArgumentsInto(
  context: EncodeContext,
  method: TakesArguments,
  given: JsonObject,
): void {
  const args = underOwnNames(method.arguments, given);
  const names = method.arguments.map((argument) => argument.name);
  for (const { name, type } of method.arguments) {
    const value = memberOf(args, name);
    if (value === undefined) {
      reportAt(context, name, `The argument ${quote(name)} (${type.rustType}) is missing.`);
    } else if (method.wire === "raw") {
      context.path.push(name);
      encodeRawBytes(context, type.rustType, value);
      context.path.pop();
    } else if (!encodeWhole(context, name, type, value)) {
      toTheEnd(context, encodeChild(context, name, type, value));
    }
  }
  const has = names.length === 0 ? "It takes none." : `It takes ${listNames(names)}.`;
  for (const key of Object.keys(args)) {
    if (!names.includes(key)) {
      reportAt(context, key, `${method.name} has no argument ${quote(key)}. ${has}`);
    }
  }
}

/** An argument that is not known in all its parts may come as bytes, or as JSON that the bridge turns into them. */
function encodeWhole(
  context: EncodeContext,
  name: string,
  type: TypeSchema,
  value: JsonValue,
): boolean {
  const isBridged = serdeText(value) !== undefined;
  if (!(isBridged || isRawWhole(value)) || unknownReason(type, context.types) === undefined) {
    return false;
  }
  if (isBridged) {
    if (!context.allowsSerdeText) {
      const message = `${type.rustType} is given as JSON for serde, which the bridge must turn into bytes first; here there is none.`;
      reportAt(context, name, message);
    }
    return true;
  }
  context.path.push(name);
  encodeUnknown(context, { rustType: type.rustType, kind: "unknown", reason: "" }, value);
  context.path.pop();
  return true;
}

/** One encoder per kind of type: those of parts that hold others give an {@link EncodedPart}, the others nothing. */
const encoders: {
  readonly [K in TypeKind]: (
    context: EncodeContext,
    type: Extract<TypeSchema, { kind: K }>,
    value: JsonValue,
  ) => unknown;
} = {
  bool: encodeBool,
  integer: encodeInteger,
  float: encodeFloat,
  char: encodeChar,
  string: encodeString,
  bytes: encodeBytes,
  unit: (context, type, value) => {
    encodeUnit(context, type.rustType, value);
  },
  unknown: encodeUnknown,
  option: encodeOption,
  sequence: encodeSequence,
  array: encodeArray,
  tuple: (context, type, value) => encodeTuple(context, type.rustType, type.elements, value),
  map: encodeMap,
  result: encodeResult,
  named: encodeNamed,
};

function encodeAny(context: EncodeContext, type: TypeSchema, value: JsonValue): EncodedPart {
  const { nesting } = context;
  if (nesting.callDepth >= levelsOnTheStack && holdsParts(type)) {
    return new PutOff(() => encodeAny(context, type, value));
  }
  nesting.wrappers++;
  if (isTooDeep(context.path, nesting.wrappers)) {
    reportDepth(context);
    return undefined;
  }
  // The table's type says that the entry at `type.kind` takes this very type; the compiler cannot follow that.
  const encode = encoders[type.kind] as EncodeContext["encode"];
  const exact = type.format === undefined ? value : exactValue(context, type, value);
  if (exact === undefined) {
    return undefined;
  }
  nesting.callDepth++;
  const part = encode(context, type, exact);
  nesting.callDepth--;
  return part;
}

function encodeBool(context: EncodeContext, type: TypeSchema, value: JsonValue): void {
  if (typeof value === "boolean") {
    context.writer.writeU8(value ? 1 : 0);
  } else {
    const what = typeof value === "string" && isBareNumber(context) ? value : describeValue(value);
    report(context, `${type.rustType} takes true or false. ${what} is neither.`);
  }
}
