// "hex:…" text both ways, by table: byte strings can be many megabytes.

import { quote } from "./describe.ts";
import { decodeUtf8, encodeUtf8Into } from "./utf8.ts";

const digits = "0123456789abcdef";

/** Two ASCII digits per byte, as they lie in memory whatever the machine's byte order. */
const pairs = new Uint16Array(256);
const pairBytes = new Uint8Array(pairs.buffer);
/** Value of an ASCII hex digit; -1 for other bytes of UTF-8, -2 for what may stand between digits. */
const nibbles = new Int8Array(256).fill(-1);

for (let byte = 0; byte < 256; byte++) {
  pairBytes[2 * byte] = digits.charCodeAt(byte >> 4);
  pairBytes[2 * byte + 1] = digits.charCodeAt(byte & 15);
}
for (let value = 0; value < 16; value++) {
  const digit = digits.charAt(value);
  nibbles[digit.charCodeAt(0)] = value;
  nibbles[digit.toUpperCase().charCodeAt(0)] = value;
}
for (const separator of " \t\r\n_") {
  nibbles[separator.charCodeAt(0)] = -2;
}

/** The most bytes whose hex text is still one string. */
export const maxHexBytes = 2 ** 28 - 16;

const chunkSize = 1 << 20;

/** `hex:` and two digits for each byte of `[start, end)`. */
export function bytesToHexText(bytes: Uint8Array, start: number, end: number): string {
  let text = "hex:";
  const target = new Uint16Array(Math.min(end - start, chunkSize));
  const targetBytes = new Uint8Array(target.buffer);
  for (let from = start; from < end; from += chunkSize) {
    const to = Math.min(from + chunkSize, end);
    for (let index = from; index < to; index++) {
      target[index - from] = pairs[bytes[index] ?? 0] ?? 0;
    }
    text += decodeUtf8(targetBytes, 0, 2 * (to - from)) ?? "";
  }
  return text;
}

/** Reads hex digits from `text` at `from` into `target`; the number of bytes, or a sentence on what is wrong. */
export function decodeHexInto(text: string, from: number, target: Uint8Array): number | string {
  const digits: HexDigits = { target, written: 0, high: -1 };
  const chunk = new Uint8Array(3 * Math.min(text.length, chunkSize));
  for (let start = from; start < text.length; start += chunkSize) {
    const { written } = encodeUtf8Into(text.slice(start, start + chunkSize), chunk);
    const wrong = readDigits(digits, chunk, written);
    if (wrong >= 0) {
      const column = start + wrong;
      const character = String.fromCodePoint(text.codePointAt(column) ?? 0);
      return `${quote(character)} at column ${column + 1} is not a hex digit.`;
    }
  }
  return digits.high < 0
    ? digits.written
    : `Hex digits come in pairs; the last one, at column ${text.trimEnd().length}, has no partner.`;
}

interface HexDigits {
  readonly target: Uint8Array;
  written: number;
  /** The first digit of a byte whose second is still to come; -1 when there is none. */
  high: number;
}

/** Reads ASCII digits; the index of the first byte that is none, or -1. */
function readDigits(digits: HexDigits, chunk: Uint8Array, length: number): number {
  const { target } = digits;
  let { written, high } = digits;
  for (let index = 0; index < length; index++) {
    if (high < 0 && index + 1 < length) {
      const byte =
        ((nibbles[chunk[index] ?? 0] ?? -1) << 4) | (nibbles[chunk[index + 1] ?? 0] ?? -1);
      if (byte >= 0) {
        target[written++] = byte;
        index++;
        continue;
      }
    }
    const nibble = nibbles[chunk[index] ?? 0] ?? -1;
    if (nibble >= 0) {
      if (high < 0) {
        high = nibble;
      } else {
        target[written++] = high * 16 + nibble;
        high = -1;
      }
    } else if (nibble === -1) {
      return index;
    }
  }
  digits.written = written;
  digits.high = high;
  return -1;
}
