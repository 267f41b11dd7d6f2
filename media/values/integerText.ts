// Integers as people type them ↔ the value. Always through BigInt: no digit is ever lost.

import { parseInteger, type IntegerType } from "../../src/codec/kinds/integers.ts";
import type { JsonValue } from "../../src/model/value/value.ts";

/** The integer that `text` means, or undefined when it means none. */
export function integerOf(text: string): bigint | undefined {
  const parsed = parseInteger(text);
  return parsed.kind === "integer" ? parsed.value : undefined;
}

/** What the form stores for typed text: the number when it is one, else the text itself for the codec to complain about. */
export function integerFromText(text: string, type: IntegerType): JsonValue {
  const integer = integerOf(text);
  if (integer === undefined) {
    return text;
  }
  const isExact = integer >= -0x1_0000_0000n && integer <= 0x1_0000_0000n;
  return type.bits <= 32 && isExact ? Number(integer) : integer.toString();
}

/** The stored value as plain text. */
export function integerToText(value: JsonValue): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "";
}

/** Long numbers in groups of three, as Rust writes them; the text stays parseable. */
export function groupDigits(text: string): string {
  const match = /^(-?)(\d{7,})$/.exec(text);
  return match === null
    ? text
    : `${match[1] ?? ""}${(match[2] ?? "").replace(/\B(?=(\d{3})+$)/g, "_")}`;
}
