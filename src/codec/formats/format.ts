// What a human form is: text ↔ the exact JSON form of the shape that crosses. Pure; the places and problems are the codec's.

import type { Result } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";

export interface Format {
  /** What the text looks like, for sentences: `a duration such as "1m30s"`. */
  readonly wants: string;
  readonly example: string;
  /** What a form starts from where the plainest exact value has no text; the example without it. */
  readonly initial?: string;
  /** All texts, where there are few. */
  readonly choices?: readonly Choice[];
  /** The exact form of the value that the text says, or what is wrong with the text: a sentence about it. */
  readonly parse: (text: string) => Result<JsonValue, string>;
  /** The text of an exact value; undefined where the text would not say all of it. */
  readonly print: (value: JsonValue) => string | undefined;
}

/** One of few values: its text, and its name for people. */
export interface Choice {
  readonly text: string;
  readonly name: string;
}

/** An integer of an exact value, however it is written. */
export function integerOf(value: JsonValue | undefined): bigint | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  }
  return typeof value === "string" && /^-?\d{1,40}$/.test(value) ? BigInt(value) : undefined;
}

/** A small integer of an exact value. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** The numbers of a list of exactly `count` numbers. */
export function numbersOf(value: JsonValue, count: number): readonly number[] | undefined {
  const isList = Array.isArray(value) && value.length === count;
  return isList && value.every((part) => Number.isSafeInteger(part))
    ? (value as readonly number[])
    : undefined;
}
