// Values and lists in sentences for people: short, one line, quoted where it is text.

import { quotedText } from "../../model/text/foreignText.ts";
import { shortText } from "../../model/text/shortText.ts";
import type { JsonValue } from "../../model/value/value.ts";

const maxShown = 60;

/** Text cut to a length that fits a sentence. */
export function shorten(text: string): string {
  return shortText(text, maxShown);
}

/** Text in quotes, shortened; what cannot be seen is escaped. */
export function quote(text: string): string {
  return quotedText(shorten(text));
}

/** A value as the subject of a sentence: `300`, `"abc"`, `A list`, `An object`. */
export function describeValue(value: JsonValue): string {
  if (typeof value === "string") {
    return quote(value);
  }
  if (value === null || typeof value !== "object") {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  return Array.isArray(value) ? "A list" : "An object";
}

/** `a, b, c` with the tail of a long list as a number. */
export function listNames(names: readonly string[]): string {
  const shown = 12;
  return names.length <= shown
    ? names.join(", ")
    : `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
}

/** `1 byte`, `3 bytes`. */
export function count(amount: number | bigint, noun: string): string {
  return `${amount} ${noun}${amount === 1 || amount === 1n ? "" : "s"}`;
}

/** `1 byte is left`, `3 bytes are left`. */
export function countLeft(bytes: number): string {
  return `${count(bytes, "byte")} ${bytes === 1 ? "is" : "are"} left`;
}
