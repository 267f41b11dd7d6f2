// String (u64 byte length and UTF-8) and char (the UTF-8 of one Unicode scalar, no length), reference 6.1.

import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { fail, take, takeCount } from "./decodeContext.ts";
import { describeValue, shorten } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { isBareNumber, report } from "./encodeContext.ts";
import {
  decodeUtf8,
  findInvalidUtf8,
  isScalar,
  isWellFormed,
  maxStringLength,
  scalarWidth,
} from "../text/utf8.ts";

export function encodeString(context: EncodeContext, type: TypeSchema, value: JsonValue): void {
  const text = textOf(context, type, value, "text in quotes");
  if (text !== undefined) {
    writeString(context, type, text);
  }
}

/** Length and UTF-8 of `text`; a problem when it has none. */
function writeString(context: EncodeContext, type: TypeSchema, text: string): void {
  if (!isWellFormed(text)) {
    report(context, `${type.rustType} holds Unicode text. ${loneSurrogate(text)}`);
    return;
  }
  const { writer } = context;
  const start = writer.length;
  writer.writeSafeInteger64(0);
  writer.patchLength(start, writer.writeUtf8(text));
}

/** A sentence on the first surrogate of `text` that has no partner. */
export function loneSurrogate(text: string): string {
  const index = text.search(/\p{Surrogate}/u);
  const code = text.charCodeAt(index).toString(16).toUpperCase();
  return `At position ${index + 1} is half of a surrogate pair (\\u${code}), which cannot be sent.`;
}

export function encodeChar(context: EncodeContext, type: TypeSchema, value: JsonValue): void {
  const text = textOf(context, type, value, "one character in quotes");
  if (text === undefined) {
    return;
  }
  const scalar = unescapeScalar(text);
  const scalars = Array.from(scalar.slice(0, 64));
  if (scalars.length !== 1 || scalar.length > 2) {
    report(context, `${type.rustType} holds one Unicode scalar. ${countScalars(text, scalars)}`);
  } else if (!isWellFormed(scalar)) {
    report(context, `${type.rustType} holds one Unicode scalar. ${loneSurrogate(scalar)}`);
  } else {
    context.writer.writeUtf8(scalar);
  }
}

/** `\u{1F600}`, Rust's own escape, as the scalar it means; other text unchanged. */
function unescapeScalar(text: string): string {
  const escaped = /^\\u\{([0-9a-f]{1,6})\}$/i.exec(text);
  const code = Number.parseInt(escaped?.[1] ?? "ffffffff", 16);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : text;
}

function countScalars(text: string, scalars: readonly string[]): string {
  if (text === "") {
    return "The text is empty.";
  }
  if (scalars.length > 4) {
    return `'${shorten(text)}' is longer.`;
  }
  const parts = scalars.map((scalar) => {
    const code = scalar.codePointAt(0) ?? 0;
    const isPlain = code > 0x20 && code < 0x7f;
    return isPlain ? scalar : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return `'${text}' here is ${scalars.length} (${parts.join(" + ")}).`;
}

function textOf(
  context: EncodeContext,
  type: TypeSchema,
  value: JsonValue,
  wanted: string,
): string | undefined {
  if (typeof value !== "string") {
    report(context, `${type.rustType} takes ${wanted}. ${describeValue(value)} is not text.`);
    return undefined;
  }
  if (isBareNumber(context)) {
    report(context, `${type.rustType} takes ${wanted}. ${shorten(value)} is a number.`);
    return undefined;
  }
  return value;
}

export function decodeString(context: DecodeContext, type: TypeSchema): JsonValue {
  const length = takeCount(context, type.rustType, "byte", []);
  const start = length < 0 ? -1 : take(context, length, type.rustType);
  if (start < 0) {
    return "";
  }
  if (length > maxStringLength) {
    fail(context, `${type.rustType} is too long to show: ${length} bytes.`, start);
    return "";
  }
  const text = decodeUtf8(context.bytes, start, start + length);
  if (text === undefined) {
    const offset = findInvalidUtf8(context.bytes, start, start + length);
    const byte = (context.bytes[offset] ?? 0).toString(16).padStart(2, "0");
    fail(context, `${type.rustType} is not valid UTF-8 from byte 0x${byte} on.`, offset);
    return "";
  }
  return text;
}

export function decodeChar(context: DecodeContext, type: TypeSchema): JsonValue {
  const start = take(context, 1, type.rustType);
  if (start < 0) {
    return "";
  }
  const first = context.bytes[start] ?? 0;
  const width = scalarWidth(first);
  if (width === 0) {
    const byte = first.toString(16).padStart(2, "0");
    fail(context, `${type.rustType} cannot start with byte 0x${byte}.`, start);
    return "";
  }
  context.offset = start;
  if (take(context, width, type.rustType) < 0) {
    return "";
  }
  if (!isScalar(context.bytes, start, width)) {
    fail(context, `${type.rustType} is not a Unicode scalar in UTF-8.`, start);
    return "";
  }
  return decodeUtf8(context.bytes, start, start + width) ?? "";
}
