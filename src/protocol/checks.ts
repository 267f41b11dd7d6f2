// Checks of messages at run time. A page is no part of the extension: what it sends is taken for what its type says only after a look.
// An object has its own members, all that it must have and none beside them.

import type { JsonObject, JsonValue } from "../model/value/value.ts";

/** Whether a value from outside is a `T`. */
export type Check<T> = (value: unknown) => value is T;

export const isText: Check<string> = (value) => typeof value === "string";

export const isNumber: Check<number> = (value): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** A whole number from 0 that a counter may have. */
export const isCount: Check<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

export const isNothing: Check<null | undefined> = (value): value is null | undefined =>
  value === null || value === undefined;

export function oneOf<const T extends string>(texts: readonly T[]): Check<T> {
  return (value): value is T => texts.some((text) => text === value);
}

export function nullOr<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

export function anyOf<T>(...checks: readonly Check<T>[]): Check<T> {
  return (value): value is T => checks.some((check) => check(value));
}

type MembersOf<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: Check<T[K]> };
type OptionalOf<T> = {
  readonly [K in keyof T as undefined extends T[K] ? K : never]-?: Check<Exclude<T[K], undefined>>;
};

/** An object with exactly these members of its own; `optional` ones may be missing. */
export function members<T extends object>(
  required: MembersOf<T>,
  ...[optional]: keyof OptionalOf<T> extends never ? [] : [OptionalOf<T>]
): Check<T> {
  const needed = Object.entries(required as Readonly<Record<string, Check<unknown>>>);
  const possible = new Map([
    ...needed,
    ...Object.entries((optional ?? {}) as Readonly<Record<string, Check<unknown>>>),
  ]);
  return (value): value is T =>
    isPlainObject(value) &&
    needed.every(([name]) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]) => possible.get(name)?.(member) === true);
}

/** A JSON value of any depth. */
export const isJson: Check<JsonValue> = (value): value is JsonValue => {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) {
      for (const element of next) {
        open.push(element);
      }
    } else if (isPlainObject(next)) {
      for (const member of Object.values(next)) {
        open.push(member);
      }
    } else if (
      next !== null &&
      typeof next !== "string" &&
      typeof next !== "boolean" &&
      typeof next !== "number"
    ) {
      return false;
    }
  }
  return true;
};

/** A JSON object of any depth. */
export const isJsonObject: Check<JsonObject> = (value): value is JsonObject =>
  isPlainObject(value) && isJson(value);

/** What a message makes of an object: no class, no accessor that it brings along. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
