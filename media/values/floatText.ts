// Floats as people type them ↔ the value, and the note on what a 32-bit float really stores.

import { floatToJson, parseFloatText } from "../../src/codec/kinds/floats.ts";
import type { JsonValue } from "../../src/model/value/value.ts";

/** What the form stores for typed text; text that is no number stays text for the codec to complain about. */
export function floatFromText(text: string): JsonValue {
  const number = parseFloatText(text);
  const isOverflow = number !== undefined && !Number.isFinite(number) && /\d/.test(text);
  return number === undefined || isOverflow ? text : floatToJson(number);
}

export function floatToText(value: JsonValue): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "";
}

/** What will be stored when that is not what was typed: "0.10000000149" for 0.1 in an f32. */
export function roundingNote(value: JsonValue, bits: 32 | 64): string | undefined {
  if (bits === 64 || typeof value !== "number") {
    return undefined;
  }
  const stored = Math.fround(value);
  if (stored === value || !Number.isFinite(stored)) {
    return undefined;
  }
  return String(Number(stored.toPrecision(12)));
}
