// Converts a value part by part, however deep it nests: some levels call each other as functions do, and what lies below them is
// converted before them, so that the stack of calls stays short.

import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import type { VisitPart } from "./typedChildren.ts";

/** Levels that call each other; a few functions run for each of them. */
const levelsAtOnce = 50;

/** A type of nothing but options within itself would go on for ever over a value that is none of it. */
const mostLevels = 300;

/** Converts one part; `visit` converts those below it. */
type Convert = (type: TypeSchema, value: JsonValue | undefined, visit: VisitPart) => JsonValue;

interface Waiting {
  readonly type: TypeSchema;
  readonly value: JsonValue | undefined;
  attempts: number;
}

export function inDepth(
  type: TypeSchema,
  value: JsonValue | undefined,
  convert: Convert,
): JsonValue {
  const done = new PartTable<JsonValue>();
  const begun = new PartTable<true>();
  const waiting: Waiting[] = [{ type, value, attempts: 0 }];
  let result: JsonValue = null;
  for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
    const { attempts } = next;
    const before = waiting.length;
    next.attempts++;
    begun.set(next.value, next.type, true);
    let levels = 0;
    const visit: VisitPart = (partType, part) => {
      const known = done.get(part, partType);
      if (known !== undefined) {
        return known;
      }
      // What is not the same when it is looked at again, such as a default, is as shallow as its type.
      const canWait = typeof part === "object" && part !== null && attempts < 2;
      if (levels >= levelsAtOnce && canWait && begun.get(part, partType) === undefined) {
        waiting.push({ type: partType, value: part, attempts: 0 });
        return part;
      }
      if (levels >= mostLevels) {
        return part ?? null;
      }
      levels++;
      const made = convert(partType, part, visit);
      levels--;
      return made;
    };
    result = convert(next.type, next.value, visit);
    if (waiting.length === before) {
      waiting.pop();
      done.set(next.value, next.type, result);
    }
  }
  // The whole was done last.
  return result;
}

/** Something about each part, by its identity and the type that it is looked at by. */
export class PartTable<T> {
  readonly #entries = new Map<unknown, Map<TypeSchema, T>>();

  get(part: JsonValue | undefined, type: TypeSchema): T | undefined {
    return this.#entries.get(part)?.get(type);
  }

  /** Only of objects: others are no part that is met again. */
  set(part: JsonValue | undefined, type: TypeSchema, entry: T): void {
    if (typeof part === "object" && part !== null) {
      const ofPart = this.#entries.get(part) ?? new Map<TypeSchema, T>();
      this.#entries.set(part, ofPart.set(type, entry));
    }
  }
}
