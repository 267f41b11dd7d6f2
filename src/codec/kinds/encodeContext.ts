// What encoding carries from place to place: the writer, the path for problems, and the way back into the dispatch
// (so that the files of the composite kinds need not import it).

import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { PathStep } from "../../model/value/jsonPointer.ts";
import type { ValueProblem } from "../../model/outcome.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { ByteWriter } from "./byteWriter.ts";
import { nearTheTop, tooDeepMessage } from "./depth.ts";
import type { PutOff } from "./depth.ts";

/** More problems than this are not listed; nobody reads them and each one costs memory. */
const maxProblems = 1000;

/** A number in the form that values have it, and its place. */
export interface SettledNumber {
  readonly path: readonly PathStep[];
  readonly value: JsonValue;
}

/** Numbers of a value that was read from text. */
export interface TextSource {
  /**
   * Pointers of strings that stand for numbers written bare, because a JS number would lose digits: a problem where the type
   * wants text.
   */
  readonly bareNumbers: ReadonlySet<string>;
  /** Collects the form that numbers have in values (64 and 128 bits as strings) where that differs from what was read. */
  readonly settled: SettledNumber[];
}

/** How values are checked that are not sent yet. */
export interface CheckOptions {
  readonly source?: TextSource;
  /** Default false: a file must have been read by now. */
  readonly allowsFileReferences?: boolean;
  /** Default false: the bridge must have turned `{"$serde": text}` into bytes by now. */
  readonly allowsSerdeText?: boolean;
}

/** What encoding gives: nothing, or work that goes on later. */
export type EncodedPart = undefined | PutOff<undefined>;

export interface EncodeContext {
  readonly writer: ByteWriter;
  readonly types: TypeTable;
  readonly path: PathStep[];
  readonly problems: ValueProblem[];
  /** What the text that the value was read from tells beyond it; null for values that were no text. */
  readonly source: TextSource | null;
  /** `{"$file": path}` is no problem: the file is read later, and only the other problems are wanted now. */
  readonly allowsFileReferences: boolean;
  readonly allowsSerdeText: boolean;
  /** Where encoding is; shared by contexts that differ in their source. */
  readonly nesting: {
    /** Parts whose encoding is on the stack of calls. */
    callDepth: number;
    /** Parts around each other since the last step of the path. */
    wrappers: number;
  };
  readonly encode: (context: EncodeContext, type: TypeSchema, value: JsonValue) => EncodedPart;
}

export function createEncodeContext(
  types: TypeTable,
  encode: EncodeContext["encode"],
  options: CheckOptions = {},
): EncodeContext {
  return {
    writer: new ByteWriter(),
    types,
    path: [],
    problems: [],
    source: options.source ?? null,
    allowsFileReferences: options.allowsFileReferences ?? false,
    allowsSerdeText: options.allowsSerdeText ?? false,
    nesting: { callDepth: 0, wrappers: 0 },
    encode,
  };
}

/** Notes a problem at the current place. */
export function report(context: EncodeContext, message: string): void {
  if (context.problems.length < maxProblems) {
    context.problems.push({ pointer: pointerOf(context.path), message });
  } else if (context.problems.length === maxProblems) {
    context.problems.push({
      pointer: "",
      message: `Only the first ${maxProblems} problems are listed. Solve these to see the others.`,
    });
  }
}

/** Notes that a value nests beyond the limit, at an ancestor near the top; once, however many parts do. */
export function reportDepth(context: EncodeContext): void {
  const problem = { pointer: pointerOf(nearTheTop(context.path)), message: tooDeepMessage() };
  const isKnown = context.problems.some(
    ({ pointer, message }) => pointer === problem.pointer && message === problem.message,
  );
  if (!isKnown && context.problems.length < maxProblems) {
    context.problems.push(problem);
  }
}

/** Notes a problem one step below the current place, such as a missing field. */
export function reportAt(context: EncodeContext, step: PathStep, message: string): void {
  context.path.push(step);
  report(context, message);
  context.path.pop();
}

/** Encodes a part of the current value that has a place of its own in the JSON. */
export function encodeChild(
  context: EncodeContext,
  step: PathStep,
  type: TypeSchema,
  value: JsonValue,
): EncodedPart {
  enter(context, step);
  const part = context.encode(context, type, value);
  if (part !== undefined) {
    return part.andThen(() => {
      context.path.pop();
      return undefined;
    });
  }
  context.path.pop();
  return undefined;
}

/** Goes one step down, to a part that has a place of its own in the JSON. */
export function enter(context: EncodeContext, step: PathStep): void {
  context.path.push(step);
  context.nesting.wrappers = 0;
}

/** Whether the string at the current place was a bare number in the text. */
export function isBareNumber(context: EncodeContext): boolean {
  const { source } = context;
  return (
    source !== null &&
    source.bareNumbers.size > 0 &&
    source.bareNumbers.has(pointerOf(context.path))
  );
}

/** Keeps the form that the number at the current place has in values, where it was written bare. */
export function settle(context: EncodeContext, read: JsonValue, settled: JsonValue): void {
  if (
    context.source !== null &&
    read !== settled &&
    (typeof read === "number" || isBareNumber(context))
  ) {
    context.source.settled.push({ path: [...context.path], value: settled });
  }
}
