// Floats, IEEE 754 little endian (reference 6.1). What JSON numbers cannot say is text: "NaN", "Infinity", "-Infinity", "-0".

import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { take } from "./decodeContext.ts";
import { describeValue, shorten } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { report, settle } from "./encodeContext.ts";

type FloatType = Extract<TypeSchema, { kind: "float" }>;

const numberPattern = /^[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d+)?$/i;
const specialPattern = /^([+-]?)(nan|inf|infinity)$/i;

/** Reads a float as people write it, the special values included; undefined when it is none. */
export function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim();
  const special = specialPattern.exec(trimmed);
  if (special !== null) {
    const magnitude = special[2]?.toLowerCase() === "nan" ? NaN : Infinity;
    return special[1] === "-" ? -magnitude : magnitude;
  }
  return numberPattern.test(trimmed) ? Number(trimmed.replaceAll("_", "")) : undefined;
}

/** The JSON form of a float: the number, or the text that stands for what JSON numbers cannot say. */
export function floatToJson(value: number): number | string {
  if (Object.is(value, -0)) {
    return "-0";
  }
  return Number.isFinite(value) ? value : String(value);
}

/** The number with the fewest digits that rounds to the same f32: 0.1 rather than 0.10000000149011612. */
export function shortestF32(value: number): number {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < 2 ** 24)) {
    return value;
  }
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e7) {
    for (let scale = 10; scale <= 1e9; scale *= 10) {
      const rounded = Math.round(size * scale) / scale;
      if (Math.fround(rounded) === size) {
        return Math.sign(value) * rounded;
      }
    }
  }
  for (let digits = size < 1.2e-38 ? 1 : 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) {
      return rounded;
    }
  }
  return Number(value.toPrecision(9));
}

export function encodeFloat(context: EncodeContext, type: FloatType, value: JsonValue): void {
  const number = typeof value === "string" ? parseFloatText(value) : value;
  if (typeof number !== "number") {
    const rule = `${type.rustType} takes a number, or "NaN", "Infinity", "-Infinity".`;
    report(context, `${rule} ${describeValue(value)} is none of these.`);
    return;
  }
  const stored = type.bits === 32 ? Math.fround(number) : number;
  const text = typeof value === "string" ? value.trim() : String(number);
  if (!Number.isFinite(stored) && !specialPattern.test(text)) {
    reportOutside(context, type, stored < 0, text);
    return;
  }
  if (typeof value === "string") {
    settle(context, value, floatToJson(number));
  }
  if (type.bits === 32) {
    context.writer.writeF32(stored);
  } else {
    context.writer.writeF64(stored);
  }
}

function reportOutside(
  context: EncodeContext,
  type: FloatType,
  isNegative: boolean,
  text: string,
): void {
  const max = type.bits === 32 ? "3.4028235e38" : "1.7976931348623157e308";
  const verdict = isNegative ? "too small" : "too large";
  const infinity = isNegative ? '"-Infinity"' : '"Infinity"';
  report(
    context,
    `${type.rustType} takes -${max} to ${max}. ${shorten(text)} is ${verdict}; write ${infinity} if that is meant.`,
  );
}

export function decodeFloat(context: DecodeContext, type: FloatType): JsonValue {
  const offset = take(context, type.bits / 8, type.rustType);
  if (offset < 0) {
    return null;
  }
  return floatToJson(
    type.bits === 32
      ? shortestF32(context.view.getFloat32(offset, true))
      : context.view.getFloat64(offset, true),
  );
}
