// What encoding carries from place to place: the writer, the path for problems, and the way back into the dispatch
// (so that the files of the composite kinds need not import it).

import { pointerOf } from "../model/jsonPointer.ts";
import type { PathStep } from "../model/jsonPointer.ts";
import type { ValueProblem } from "../model/outcome.ts";
import type { TypeSchema, TypeTable } from "../model/schema.ts";
import type { JsonValue } from "../model/value.ts";
import { ByteWriter } from "./byteWriter.ts";

/** Nesting that is still encoded and decoded, the same both ways; Rust's own stack would end soon after. */
export const maxDepth = 200;

/** More problems than this are not listed; nobody reads them and each one costs memory. */
const maxProblems = 1000;

export interface EncodeContext {
  readonly writer: ByteWriter;
  readonly types: TypeTable;
  readonly path: PathStep[];
  readonly problems: ValueProblem[];
  /**
   * Pointers of strings that stand for numbers written bare in text because a JS number would lose digits. Where the
   * type wants text they are problems; where it wants a number, the number's final form goes into `settled`.
   */
  readonly bareNumbers: ReadonlySet<string> | null;
  readonly settled: Map<string, JsonValue>;
  depth: number;
  readonly encode: (context: EncodeContext, type: TypeSchema, value: JsonValue) => void;
}

export function createEncodeContext(
  types: TypeTable,
  encode: EncodeContext["encode"],
  bareNumbers: ReadonlySet<string> | null,
): EncodeContext {
  return {
    writer: new ByteWriter(),
    types,
    path: [],
    problems: [],
    bareNumbers: bareNumbers === null || bareNumbers.size === 0 ? null : bareNumbers,
    settled: new Map(),
    depth: 0,
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
): void {
  context.path.push(step);
  context.encode(context, type, value);
  context.path.pop();
}

/** Whether the string at the current place was a bare number in the text. */
export function isBareNumber(context: EncodeContext): boolean {
  return context.bareNumbers?.has(pointerOf(context.path)) === true;
}

/** Keeps the final form of a number that was written bare, for the caller to put in its place. */
export function settle(context: EncodeContext, value: JsonValue): void {
  if (isBareNumber(context)) {
    context.settled.set(pointerOf(context.path), value);
  }
}
