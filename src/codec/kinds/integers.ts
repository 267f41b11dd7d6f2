// Integers of 8 to 128 bits, two's complement little endian (reference 6.1). Up to 32 bits they are JSON numbers; beyond,
// decimal strings, because a JS number would lose digits.

import type { IntegerBits, TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { fail, take } from "./decodeContext.ts";
import { describeValue, quote, shorten } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { report, settle } from "./encodeContext.ts";

export type IntegerType = Extract<TypeSchema, { kind: "integer" }>;

/** What a text says as an integer. */
export type IntegerText =
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "fraction" }
  /** More digits than any integer type holds. */
  | { readonly kind: "huge"; readonly isNegative: boolean }
  | { readonly kind: "notANumber" };

const prefixedPattern = /^([+-]?)(0x[0-9a-f_]*[0-9a-f]_*|0o[0-7_]*[0-7]_*|0b[01_]*[01]_*)$/i;
const decimalPattern = /^([+-]?)(\d[\d_]*)(?:\.([\d_]*))?(?:e([+-]?\d[\d_]*))?$/i;
/** 128 bits have at most 39 digits; longer numbers are not even computed. */
const maxDigits = 60;

/** Reads `42`, `-7`, `0xff`, `0b1010`, `0o17`, `1_000`, `1e3`, `1.5e3`; spaces around are allowed. */
export function parseInteger(text: string): IntegerText {
  const trimmed = text.trim();
  if (trimmed.length <= maxDigits && /^-?\d+$/.test(trimmed)) {
    return { kind: "integer", value: BigInt(trimmed) };
  }
  const prefixed = prefixedPattern.exec(trimmed);
  if (prefixed !== null) {
    const digits = (prefixed[2] ?? "").replaceAll("_", "");
    const isNegative = prefixed[1] === "-";
    if (digits.length > 4 * maxDigits) {
      return { kind: "huge", isNegative };
    }
    const value = BigInt(digits);
    return { kind: "integer", value: isNegative ? -value : value };
  }
  const decimal = decimalPattern.exec(trimmed);
  if (decimal === null) {
    return { kind: "notANumber" };
  }
  const [, sign, whole = "", fraction = "", exponent = "0"] = decimal;
  return integerFromDecimal(
    sign === "-",
    whole.replaceAll("_", "") + fraction.replaceAll("_", ""),
    Number(exponent.replaceAll("_", "")) - fraction.replaceAll("_", "").length,
  );
}

function integerFromDecimal(isNegative: boolean, digits: string, exponent: number): IntegerText {
  const significant = digits.replace(/^0+/, "");
  if (significant === "") {
    return { kind: "integer", value: 0n };
  }
  const trailingZeros = significant.length - significant.replace(/0+$/, "").length;
  if (exponent < -trailingZeros) {
    return { kind: "fraction" };
  }
  if (significant.length + exponent > maxDigits) {
    return { kind: "huge", isNegative };
  }
  const all = exponent >= 0 ? significant + "0".repeat(exponent) : significant.slice(0, exponent);
  const value = BigInt(all);
  return { kind: "integer", value: isNegative ? -value : value };
}

/** Least and greatest value of an integer type. */
export function integerRange(type: IntegerType): IntegerRange {
  const range = ranges[type.bits];
  if (type.signed) {
    return range.signed;
  }
  return type.nonZero === true ? range.nonZero : range.unsigned;
}

export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
}

function rangesOf(bits: bigint): Readonly<Record<"signed" | "unsigned" | "nonZero", IntegerRange>> {
  const half = 1n << (bits - 1n);
  const max = 2n * half - 1n;
  return {
    signed: { min: -half, max: half - 1n },
    unsigned: { min: 0n, max },
    nonZero: { min: 1n, max },
  };
}

const ranges = {
  8: rangesOf(8n),
  16: rangesOf(16n),
  32: rangesOf(32n),
  64: rangesOf(64n),
  128: rangesOf(128n),
} as const;

/** `u8 takes 0 to 255`, the first sentence of every problem with an integer. */
function rule(type: IntegerType, noun = ""): string {
  const { min, max } = integerRange(type);
  const exception = type.signed && type.nonZero === true ? " except 0" : "";
  return `${type.rustType} takes ${noun}${min} to ${max}${exception}.`;
}

export function encodeInteger(context: EncodeContext, type: IntegerType, value: JsonValue): void {
  if (typeof value === "number") {
    encodeNumber(context, type, value);
  } else if (typeof value === "string") {
    encodeText(context, type, value);
  } else {
    report(context, `${rule(type)} ${describeValue(value)} is not a number.`);
  }
}

function encodeNumber(context: EncodeContext, type: IntegerType, value: number): void {
  if (!Number.isInteger(value)) {
    const what = Number.isFinite(value) ? "is not whole" : "is not a number";
    report(context, `${rule(type, "whole numbers from ")} ${value} ${what}.`);
    return;
  }
  if (!Number.isSafeInteger(value)) {
    const { min, max } = integerRange(type);
    if (BigInt(value) > max || BigInt(value) < min) {
      reportOutside(context, type, value < 0, String(value));
    } else {
      report(
        context,
        `${rule(type)} ${value} may have lost digits on the way. Write it in quotes to keep them all.`,
      );
    }
    return;
  }
  if (type.bits > 32) {
    settle(context, value, String(value));
  }
  encodeExact(context, type, value);
}

function encodeExact(context: EncodeContext, type: IntegerType, value: number): void {
  if (isInRange(type, value)) {
    writeSafe(context, type.bits, value);
  } else {
    reportOutside(context, type, value < 0, String(value));
  }
}

function isInRange(type: IntegerType, value: number): boolean {
  if (value === 0) {
    return type.nonZero !== true;
  }
  if (type.bits > 32) {
    return type.signed || value > 0;
  }
  const span = 2 ** type.bits;
  return type.signed ? value >= -span / 2 && value < span / 2 : value > 0 && value < span;
}

function writeSafe(context: EncodeContext, bits: IntegerBits, value: number): void {
  const { writer } = context;
  switch (bits) {
    case 8:
      writer.writeU8(value);
      return;
    case 16:
      writer.writeU16(value);
      return;
    case 32:
      writer.writeU32(value);
      return;
    case 64:
      writer.writeSafeInteger64(value);
      return;
    case 128:
      writer.writeSafeInteger64(value);
      writer.writeSafeInteger64(value < 0 ? -1 : 0);
  }
}

function encodeText(context: EncodeContext, type: IntegerType, text: string): void {
  if (text.length <= 15 && /^-?\d+$/.test(text)) {
    const value = Number(text);
    settle(context, text, type.bits > 32 ? String(value) : value);
    encodeExact(context, type, value);
    return;
  }
  const parsed = parseInteger(text);
  switch (parsed.kind) {
    case "notANumber":
      report(context, `${rule(type)} ${quote(text)} is not a number.`);
      return;
    case "fraction":
      report(context, `${rule(type, "whole numbers from ")} ${shorten(text)} is not whole.`);
      return;
    case "huge":
      reportOutside(context, type, parsed.isNegative, text);
      return;
    case "integer":
      encodeBigInt(context, type, parsed.value, text);
  }
}

function encodeBigInt(
  context: EncodeContext,
  type: IntegerType,
  value: bigint,
  text: string,
): void {
  const { min, max } = integerRange(type);
  if (value < min || value > max || (value === 0n && type.nonZero === true)) {
    reportOutside(context, type, value < 0n, text);
    return;
  }
  settle(context, text, type.bits > 32 ? value.toString() : Number(value));
  if (type.bits <= 32) {
    writeSafe(context, type.bits, Number(value));
    return;
  }
  context.writer.writeBigInt64(value);
  if (type.bits === 128) {
    context.writer.writeBigInt64(value >> 64n);
  }
}

function reportOutside(
  context: EncodeContext,
  type: IntegerType,
  isNegative: boolean,
  text: string,
): void {
  const isZero = type.nonZero === true && Number(text) === 0;
  const isSmall = isNegative || (isZero && !type.signed);
  const verdict = isZero && type.signed ? "not allowed" : isSmall ? "too small" : "too large";
  report(context, `${rule(type)} ${shorten(text.trim())} is ${verdict}.`);
}

export function decodeInteger(context: DecodeContext, type: IntegerType): JsonValue {
  const offset = take(context, type.bits / 8, type.rustType);
  if (offset < 0) {
    return null;
  }
  const value = readInteger(context.view, offset, type);
  if (type.nonZero === true && (value === 0 || value === "0")) {
    fail(context, `${type.rustType} cannot be 0.`, offset);
  }
  return value;
}

function readInteger(view: DataView, offset: number, type: IntegerType): number | string {
  switch (type.bits) {
    case 8:
      return type.signed ? view.getInt8(offset) : view.getUint8(offset);
    case 16:
      return type.signed ? view.getInt16(offset, true) : view.getUint16(offset, true);
    case 32:
      return type.signed ? view.getInt32(offset, true) : view.getUint32(offset, true);
    case 64:
      return read64(view, offset, type.signed);
    case 128:
      return read128(view, offset, type.signed);
  }
}

function read64(view: DataView, offset: number, signed: boolean): string {
  const high = signed ? view.getInt32(offset + 4, true) : view.getUint32(offset + 4, true);
  if (high >= -0x20_0000 && high < 0x20_0000) {
    return String(high * 0x1_0000_0000 + view.getUint32(offset, true));
  }
  const value = signed ? view.getBigInt64(offset, true) : view.getBigUint64(offset, true);
  return value.toString();
}

function read128(view: DataView, offset: number, signed: boolean): string {
  const low = view.getBigUint64(offset, true);
  const high = signed ? view.getBigInt64(offset + 8, true) : view.getBigUint64(offset + 8, true);
  return ((high << 64n) | low).toString();
}
