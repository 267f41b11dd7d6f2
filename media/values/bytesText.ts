// Bytes in the forms people write them (text, hex, base64, list) and the change from one form to another.

import type { JsonValue } from "../../src/model/value/value.ts";
import { isJsonArray, isJsonObject } from "../../src/model/value/jsonObject.ts";

export type BytesForm = "text" | "hex" | "base64" | "file";

export interface BytesDraft {
  readonly form: BytesForm;
  /** What stands in the editor: the text after the prefix, or the file's path. */
  readonly text: string;
}

/** How the value is written now. A list of numbers is shown as hex. */
export function bytesDraft(value: JsonValue): BytesDraft {
  if (isJsonObject(value)) {
    const file = value["$file"];
    return { form: "file", text: typeof file === "string" ? file : "" };
  }
  if (isJsonArray(value)) {
    return { form: "hex", text: bytesToHex(Uint8Array.from(value.map(Number))) };
  }
  const match = typeof value === "string" ? /^(text|hex|base64):([\s\S]*)$/.exec(value) : null;
  return match === null
    ? { form: "hex", text: typeof value === "string" ? value : "" }
    : { form: match[1] as BytesForm, text: match[2] ?? "" };
}

export function bytesValue(draft: BytesDraft): JsonValue {
  return draft.form === "file" ? { $file: draft.text } : `${draft.form}:${draft.text}`;
}

/** The bytes that the editor's text means; undefined when it means none (a file's are read at call time). */
export function draftBytes(draft: BytesDraft): Uint8Array | undefined {
  switch (draft.form) {
    case "text":
      return new TextEncoder().encode(draft.text);
    case "hex":
      return hexToBytes(draft.text);
    case "base64":
      return base64ToBytes(draft.text);
    case "file":
      return undefined;
  }
}

/** The same bytes in another form; undefined when that form cannot hold them. */
export function bytesInForm(bytes: Uint8Array, form: BytesForm): string | undefined {
  switch (form) {
    case "text":
      try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        return undefined;
      }
    case "hex":
      return bytesToHex(bytes);
    case "base64":
      return bytesToBase64(bytes);
    case "file":
      return undefined;
  }
}

export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function hexToBytes(text: string): Uint8Array | undefined {
  const digits = text.replace(/^\s*0x/i, "").replace(/[\s_,:-]/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    return undefined;
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function base64ToBytes(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, "")), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export function bytesToBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
