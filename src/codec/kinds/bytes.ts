// Byte strings: `Vec<u8>` (u64 length and bytes), `[u8; N]` (bytes only), and values of unknown layout given as bytes.
// JSON forms in: "hex:…", "base64:…", "text:…", a list of numbers; out: "hex:…".

import { isJsonArray, isJsonObject, memberOf } from "../../model/value/jsonObject.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { decodeBase64Into } from "../text/base64.ts";
import type { DecodeContext } from "./decodeContext.ts";
import { fail, failLimit, take, takeCount } from "./decodeContext.ts";
import { count, describeValue, quote } from "../text/describe.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { encodeChild, isBareNumber, report } from "./encodeContext.ts";
import { bytesToHexText, decodeHexInto, maxHexBytes } from "../text/hex.ts";
import { loneSurrogate } from "./text.ts";
import { isWellFormed } from "../text/utf8.ts";

type BytesType = Extract<TypeSchema, { kind: "bytes" }>;
type UnknownType = Extract<TypeSchema, { kind: "unknown" }>;

const byteType: TypeSchema = { rustType: "u8", kind: "integer", bits: 8, signed: false };

export function encodeBytes(context: EncodeContext, type: BytesType, value: JsonValue): void {
  const { writer } = context;
  const lengthAt = writer.length;
  const isCounted = type.length === undefined || type.isCounted === true;
  if (isCounted) {
    writer.writeSafeInteger64(0);
  }
  const start = writer.length;
  if (!encodeRawBytes(context, type.rustType, value)) {
    return;
  }
  const length = writer.length - start;
  if (isCounted) {
    writer.patchLength(lengthAt, length);
  }
  if (type.length !== undefined && type.length !== length) {
    report(context, `${type.rustType} needs ${count(type.length, "byte")}, has ${length}.`);
  }
}

/** Writes the bytes that `value` stands for, without a length; false when it stands for none, or for a file's later on. */
export function encodeRawBytes(
  context: EncodeContext,
  rustType: string,
  value: JsonValue,
): boolean {
  if (typeof value === "string") {
    const problem = isBareNumber(context) ? `${value} is a number.` : writeByteText(context, value);
    if (problem !== undefined) {
      report(context, `${rustType} takes bytes. ${problem}`);
    }
    return problem === undefined;
  }
  if (isJsonArray(value)) {
    const before = context.problems.length;
    value.forEach((element, index) => {
      encodeChild(context, index, byteType, element);
    });
    return context.problems.length === before;
  }
  if (context.allowsFileReferences && isFileReference(value)) {
    return false;
  }
  report(
    context,
    isJsonObject(value) && Object.hasOwn(value, "$file")
      ? `${rustType} takes bytes. File references must be read first, which is not possible here; give the bytes themselves.`
      : `${rustType} takes bytes: "hex:…", "base64:…", "text:…" or a list of numbers. ${describeValue(value)} is none of these.`,
  );
  return false;
}

/** `{"$file": path}` and nothing else. */
function isFileReference(value: JsonValue): boolean {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) {
    return false;
  }
  const file = memberOf(value, "$file");
  return typeof file === "string" && file !== "";
}

/** Writes the bytes of a prefixed text; a sentence when it has none. */
function writeByteText(context: EncodeContext, text: string): string | undefined {
  const { writer } = context;
  if (text.startsWith("hex:")) {
    const target = writer.claim(Math.ceil((text.length - 4) / 2));
    const decoded = decodeHexInto(text, 4, target);
    return finishClaim(context, target.length, decoded);
  }
  if (text.startsWith("base64:")) {
    const target = writer.claim(Math.ceil(((text.length - 7) * 3) / 4));
    const decoded = decodeBase64Into(text, 7, target);
    return finishClaim(context, target.length, decoded);
  }
  if (text.startsWith("text:")) {
    const rest = text.slice(5);
    if (!isWellFormed(rest)) {
      return loneSurrogate(rest);
    }
    writer.writeUtf8(rest);
    return undefined;
  }
  return `Start the text with "hex:", "base64:" or "text:" to say how to read it; ${quote(text)} has none of these.`;
}

function finishClaim(
  context: EncodeContext,
  claimed: number,
  decoded: number | string,
): string | undefined {
  const used = typeof decoded === "number" ? decoded : 0;
  context.writer.truncate(context.writer.length - claimed + used);
  return typeof decoded === "number" ? undefined : decoded;
}

export function decodeBytes(context: DecodeContext, type: BytesType): JsonValue {
  const isCounted = type.length === undefined || type.isCounted === true;
  const start = context.offset;
  const length = isCounted ? takeCount(context, type.rustType, "byte", []) : (type.length ?? 0);
  if (type.length !== undefined && length >= 0 && length !== type.length) {
    fail(
      context,
      `${type.rustType} has ${count(type.length, "byte")}, not ${String(length)}.`,
      start,
    );
    return "hex:";
  }
  return length < 0 ? "hex:" : takeHex(context, length, type.rustType);
}

function takeHex(context: DecodeContext, length: number, rustType: string): string {
  const start = take(context, length, rustType);
  if (start < 0) {
    return "hex:";
  }
  if (length > maxHexBytes) {
    failLimit(context, `${rustType} is too long to show: ${length} bytes.`, start);
    return "hex:";
  }
  return bytesToHexText(context.bytes, start, start + length);
}

/** A value whose layout is not known: `{"$raw": bytes}`, written as they are. */
export function encodeUnknown(context: EncodeContext, type: UnknownType, value: JsonValue): void {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  if (!isJsonObject(value) || keys.length !== 1 || keys[0] !== "$raw") {
    report(
      context,
      `${type.rustType} is not known from source (${type.reason}), so its bytes must be given: {"$raw": "hex:…"}.`,
    );
    return;
  }
  context.path.push("$raw");
  encodeRawBytes(context, type.rustType, value["$raw"] ?? null);
  context.path.pop();
}

/** A value whose layout is not known ends nowhere; as the last part it is all the bytes that are left. */
export function decodeUnknown(
  context: DecodeContext,
  type: UnknownType,
  isLast: boolean,
): JsonValue {
  if (!isLast) {
    failLimit(
      context,
      `${type.rustType} is not known from source (${type.reason}), so where it ends and what follows begins cannot be told.`,
    );
    return null;
  }
  const left = context.bytes.length - context.offset;
  return { $raw: takeHex(context, left, type.rustType) };
}
