// How deep values may nest, and how deep ones are walked without the stack of calls: to some levels parts call each other as
// functions do, which is fast; from there on a part is put off, and everything that waits for it moves to the heap.

import type { PathStep } from "../../model/value/jsonPointer.ts";
import { assertNever } from "../../model/result.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";

/** The levels of a value, counted in steps of its JSON pointer, that are taken unless the user sets another limit. */
export const defaultMaximumDepth = 2_000;

/** What the limit may be set to: fewer levels refuse everyday values, more of them end the stacks of plugins. */
export const depthBounds = { least: 16, most: 4_000 } as const;

/** What users of the editor can do about the limit. */
export const maximumDepthAdvice =
  "Set another with fidius.maximumDepth if the value is meant to be so deep.";

/** The limit of this process or page, and what a user can do about it: there is one user, and one setting. */
let limit = { levels: defaultMaximumDepth, advice: "" };

/** Sets the limit for everything that is encoded and decoded from now on; `advice` is a sentence for values beyond it. */
export function setMaximumDepth(levels: number, advice = ""): void {
  limit = { levels, advice };
}

/** Whether the user may set the limit to `levels`. */
export function isPossibleDepth(levels: number): boolean {
  return Number.isInteger(levels) && levels >= depthBounds.least && levels <= depthBounds.most;
}

/** The bounds, for sentences. */
export const depthBoundsText = `a whole number from ${depthBounds.least.toLocaleString("en")} to ${depthBounds.most.toLocaleString("en")}`;

/** Options and newtypes that may stand around each other without a step of their own, beyond the limit. */
const freeWrappers = 200;

/** Whether a part at `path`, in so many options and newtypes without a step of their own, is beyond the limit. */
export function isTooDeep(path: readonly PathStep[], wrappers: number): boolean {
  return path.length > limit.levels || path.length + wrappers > limit.levels + freeWrappers;
}

/** The sentence for a value beyond the limit. */
export function tooDeepMessage(): string {
  const { levels, advice } = limit;
  const fact = `The value is nested deeper than ${levels.toLocaleString("en")} levels; this is the limit.`;
  return advice === "" ? fact : `${fact} ${advice}`;
}

/** Steps that a problem of depth names: the whole path would fill the screen. */
const namedSteps = 8;

/** The ancestor near the top that a problem of depth names. */
export function nearTheTop(path: readonly PathStep[]): readonly PathStep[] {
  return path.slice(0, namedSteps);
}

/** Levels that call each other before a part is put off; even cold code takes a fraction of any stack for them. */
export const levelsOnTheStack = 100;

/** Whether values of the type may hold others; those that do not are never put off. */
export function holdsParts(type: TypeSchema): boolean {
  switch (type.kind) {
    case "option":
    case "sequence":
    case "array":
    case "tuple":
    case "map":
    case "result":
    case "named":
      return true;
    case "bool":
    case "integer":
    case "float":
    case "char":
    case "string":
    case "bytes":
    case "unit":
    case "unknown":
      return false;
    default:
      return assertNever(type);
  }
}

/** A part of a value whose work has not begun, and what is to be done with what it gives. */
export class PutOff<T> {
  readonly begin: () => T | PutOff<T>;
  readonly next: ((given: T) => T | PutOff<T>)[] = [];

  constructor(begin: () => T | PutOff<T>) {
    this.begin = begin;
  }

  /** The part with one more thing to do: `next` takes what was given so far, and gives the whole. */
  andThen(next: (given: T) => T | PutOff<T>): this {
    this.next.push(next);
    return this;
  }
}

/** Does what was put off, and all that waits for it; `onBegin` is called whenever the stack of calls is empty again. */
export function carryOut<T>(part: T | PutOff<T>, onBegin: () => void): T {
  const waiting: ((given: T) => T | PutOff<T>)[] = [];
  for (let current = part; ;) {
    onBegin();
    if (current instanceof PutOff) {
      for (let index = current.next.length - 1; index >= 0; index--) {
        waiting.push(current.next[index] as (given: T) => T | PutOff<T>);
      }
      current = current.begin();
    } else {
      const next = waiting.pop();
      if (next === undefined) {
        return current;
      }
      current = next(current);
    }
  }
}
