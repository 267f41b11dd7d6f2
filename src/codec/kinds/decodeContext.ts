// What decoding carries from place to place. A first problem stops it: readers check the bytes left before they read,
// return a neutral value once `problem` is set, and no loop goes on after that; nothing throws.

import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { PathStep } from "../../model/value/jsonPointer.ts";
import type { ByteRange } from "../../model/outcome.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { count as counted, countLeft } from "../text/describe.ts";
import { nearTheTop, PutOff, tooDeepMessage } from "./depth.ts";
import { minimumSize } from "./minimumSize.ts";

/** Why bytes are not a value of the type: where in the value, at which byte, and a sentence. */
export interface DecodeProblem {
  readonly pointer: string;
  readonly offset: number;
  readonly message: string;
  /** It is a limit of this program, and nothing is wrong with the bytes. */
  readonly isLimit?: boolean;
}

/** Parts (elements, fields, …) of a value that is still decoded (R17). */
const nodeBudget = 20_000_000;

/** Elements of sequences whose type may need no byte: eight bytes can claim any number of them. */
const byteLessBudget = 1_000_000;

/** Byte ranges that are kept: those of the first parts in the order of the bytes. */
const maxRanges = 10_000;

/** Levels whose parts have byte ranges: each range names its place from the top, and deep ones would name thousands of steps. */
const maxRangeDepth = 200;

/** What decoding gives: the value, or work on it that goes on later. */
export type DecodedPart = JsonValue | PutOff<JsonValue>;

export interface DecodeContext {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly types: TypeTable;
  readonly path: PathStep[];
  readonly ranges: ByteRange[];
  readonly minimumSizes: Map<string, number>;
  offset: number;
  /** Parts whose decoding is on the stack of calls. */
  callDepth: number;
  /** Parts around each other since the last step of the path. */
  wrappers: number;
  nodesLeft: number;
  byteLessLeft: number;
  problem: DecodeProblem | null;
  /** Decodes a value; `isLast` when nothing of the whole value follows it. */
  readonly decode: (context: DecodeContext, type: TypeSchema, isLast: boolean) => DecodedPart;
}

export function createDecodeContext(
  types: TypeTable,
  bytes: Uint8Array,
  decode: DecodeContext["decode"],
): DecodeContext {
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    types,
    path: [],
    ranges: [],
    minimumSizes: new Map(),
    offset: 0,
    callDepth: 0,
    wrappers: 0,
    nodesLeft: nodeBudget,
    byteLessLeft: byteLessBudget,
    problem: null,
    decode,
  };
}

/** Notes the problem that ends decoding; the first one stays. */
export function fail(context: DecodeContext, message: string, offset = context.offset): void {
  context.problem ??= { pointer: pointerOf(context.path), offset, message };
}

/** As {@link fail}, for bytes that may well be a value, only not one that is shown. */
export function failLimit(context: DecodeContext, message: string, offset = context.offset): void {
  context.problem ??= { pointer: pointerOf(context.path), offset, message, isLimit: true };
}

/** As {@link failLimit}, for a value that nests beyond the limit: it names an ancestor near the top. */
export function failDepth(context: DecodeContext): void {
  const pointer = pointerOf(nearTheTop(context.path));
  const message = tooDeepMessage();
  context.problem ??= { pointer, offset: context.offset, message, isLimit: true };
}

/** Whether decoding has ended; a call, so that the compiler does not take an earlier answer for granted. */
export function hasFailed(context: DecodeContext): boolean {
  return context.problem !== null;
}

/** Moves past `size` bytes and returns where they start; -1, with the problem noted, when so many are not left. */
export function take(context: DecodeContext, size: number, rustType: string): number {
  const offset = context.offset;
  const left = context.bytes.length - offset;
  if (size > left) {
    fail(context, `${rustType} needs ${counted(size, "byte")}, but ${countLeft(left)}.`);
    return -1;
  }
  context.offset = offset + size;
  return offset;
}

/** Reads a u64 that counts bytes or elements, and refuses it when the bytes left cannot hold that many; -1 on a problem. */
export function takeCount(
  context: DecodeContext,
  rustType: string,
  noun: "byte" | "element" | "entry",
  element: readonly TypeSchema[],
): number {
  const offset = take(context, 8, rustType);
  if (offset < 0) {
    return -1;
  }
  const low = context.view.getUint32(offset, true);
  const high = context.view.getUint32(offset + 4, true);
  const count = high * 0x1_0000_0000 + low;
  const left = context.bytes.length - context.offset;
  const elementSize =
    noun === "byte" ? 1 : element.reduce((sum, type) => sum + minimumSize(context, type), 0);
  if (count * elementSize > left) {
    const exact = (BigInt(high) << 32n) | BigInt(low);
    const nouns = noun === "entry" ? `${exact} entries` : counted(exact, noun);
    fail(context, `${rustType} claims ${nouns}, but ${countLeft(left)}.`, offset);
    return -1;
  }
  context.byteLessLeft -= elementSize === 0 ? count : 0;
  const isTooMany = context.byteLessLeft < 0 || (noun !== "byte" && count > context.nodesLeft);
  if (isTooMany) {
    failBudget(context, offset);
  }
  return isTooMany ? -1 : count;
}

/** Counts one more part against the budget; false, with the problem noted, when it is used up. */
export function countNode(context: DecodeContext): boolean {
  context.nodesLeft--;
  if (context.nodesLeft < 0) {
    failBudget(context, context.offset);
  }
  return context.nodesLeft >= 0;
}

/** Notes that a value has more parts than are decoded. */
export function failBudget(context: DecodeContext, offset = context.offset): void {
  const limit = (context.byteLessLeft < 0 ? byteLessBudget : nodeBudget) / 1_000_000;
  const what = context.byteLessLeft < 0 ? "million elements without bytes" : "million parts";
  failLimit(context, `The value has more than ${limit} ${what}; this is the limit.`, offset);
}

/** Goes one step down, to a part that has a place of its own in the JSON. */
export function enter(context: DecodeContext, step: PathStep): void {
  context.path.push(step);
  context.wrappers = 0;
}

/** Decodes a part that has a place of its own in the JSON, and keeps its byte range while there is room. */
export function decodeChild(
  context: DecodeContext,
  step: PathStep,
  type: TypeSchema,
  isLast: boolean,
): DecodedPart {
  enter(context, step);
  const part = hasRangesLeft(context)
    ? decodeWithRange(context, type, isLast)
    : context.decode(context, type, isLast);
  if (part instanceof PutOff) {
    return part.andThen((value) => {
      context.path.pop();
      return value;
    });
  }
  context.path.pop();
  return part;
}

/** Decodes at the current place and keeps the byte range, before those of its parts. */
export function decodeWithRange(
  context: DecodeContext,
  type: TypeSchema,
  isLast: boolean,
): DecodedPart {
  const index = openRange(context);
  const part = context.decode(context, type, isLast);
  if (part instanceof PutOff) {
    return part.andThen((value) => {
      closeRange(context, index);
      return value;
    });
  }
  closeRange(context, index);
  return part;
}

/** Opens the byte range of the current place; -1 when no more are kept. */
export function openRange(context: DecodeContext): number {
  if (!hasRangesLeft(context)) {
    return -1;
  }
  const start = context.offset;
  return context.ranges.push({ pointer: pointerOf(context.path), start, end: start }) - 1;
}

function hasRangesLeft(context: DecodeContext): boolean {
  return context.ranges.length < maxRanges && context.path.length <= maxRangeDepth;
}

export function closeRange(context: DecodeContext, index: number): void {
  const range = context.ranges[index];
  if (range !== undefined) {
    context.ranges[index] = { ...range, end: context.offset };
  }
}
