// "hex:…" text both ways, by table: byte strings can be many megabytes.

import { quote } from "./describe.ts";
import { decodeUtf8 } from "./utf8.ts";

const digits = "0123456789abcdef";

/** Two ASCII digits per byte, as they lie in memory whatever the machine's byte order. */
const pairs = new Uint16Array(256);
const pairBytes = new Uint8Array(pairs.buffer);
/** Value of an ASCII hex digit; -1 for other characters, -2 for those that may stand between digits. */
const nibbles = new Int8Array(128).fill(-1);

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
  let written = 0;
  let high = -1;
  for (let index = from; index < text.length; index++) {
    const nibble = nibbles[text.charCodeAt(index)] ?? -1;
    if (nibble >= 0) {
      if (high < 0) {
        high = nibble;
      } else {
        target[written++] = high * 16 + nibble;
        high = -1;
      }
    } else if (nibble === -1) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      return `${quote(character)} at column ${index + 1} is not a hex digit.`;
    }
  }
  return high < 0
    ? written
    : `Hex digits come in pairs; the last one, at column ${text.trimEnd().length}, has no partner.`;
}
