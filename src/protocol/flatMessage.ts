// Messages that nest deep, on their way through a channel that does not bear it: structured clone and JSON.stringify call themselves
// for each level and end the process or the page at a thousand or two. Such a message travels as a list of its parts, in which each
// names its parts by their places; all others travel as they are.

import { hasParts, nestsDeeper } from "../model/text/nesting.ts";

/** Levels that every channel bears. */
const mostLevels = 300;

/** `[0, value]`: a value as it is; `[1, …places]`: an array; `[2, key, place, …]`: an object. The whole comes first. */
type FlatPart =
  readonly [0, unknown] | readonly [1, ...number[]] | readonly [2, ...(string | number)[]];

interface FlatMessage {
  readonly flat: readonly FlatPart[];
}

/** The message as it travels. */
export function toTravel(message: object): unknown {
  return nestsDeeper(message, mostLevels) ? flattened(message) : message;
}

/** The message that has travelled; foreign ones are given as they are, or as nothing where they only look like ours. */
export function fromTravel(travelled: unknown): unknown {
  const parts = (travelled as Partial<FlatMessage> | null | undefined)?.flat;
  return Array.isArray(parts) ? gathered(parts) : travelled;
}

function flattened(message: object): FlatMessage {
  const values: unknown[] = [message];
  const flat: FlatPart[] = [];
  // `values` grows while its parts are looked at.
  for (const value of values) {
    if (!hasParts(value)) {
      flat.push([0, value]);
    } else if (Array.isArray(value)) {
      flat.push([1, ...value.map((part) => values.push(part) - 1)]);
    } else {
      // What is not there does not travel as JSON either.
      const members = Object.entries(value).filter(([, part]) => part !== undefined);
      flat.push([2, ...members.flatMap(([key, part]) => [key, values.push(part) - 1])]);
    }
  }
  return { flat };
}

/**
 * Undefined for what was not made by {@link flattened}: each part stands behind the one that holds it, and is held once, so that
 * nothing grows by being gathered.
 */
function gathered(flat: readonly unknown[]): unknown {
  const values: unknown[] = [];
  const held = new Set<number>();
  let isSound = true;
  for (let place = flat.length - 1; place >= 0; place--) {
    const part: unknown = flat[place];
    const [kind, ...given] = Array.isArray(part) ? (part as unknown[]) : [];
    const take = (at: unknown): unknown => {
      if (typeof at !== "number" || !(at > place && at in values) || held.has(at)) {
        isSound = false;
        return undefined;
      }
      held.add(at);
      return values[at];
    };
    if (kind === 0) {
      values[place] = given[0];
    } else if (kind === 1) {
      values[place] = given.map(take);
    } else if (kind === 2) {
      values[place] = Object.fromEntries(
        Array.from({ length: Math.floor(given.length / 2) }, (_, index) => [
          String(given[2 * index]),
          take(given[2 * index + 1]),
        ]),
      );
    } else {
      isSound = false;
    }
  }
  return isSound && held.size === Math.max(flat.length - 1, 0) ? values[0] : undefined;
}
