// "hex:…" text both ways, by table: byte strings can be many megabytes.

import { quote } from "./describe.ts";
import { decodeUtf8, encodeUtf8Into } from "./utf8.ts";

const digits = "0123456789abcdef";
const digitCodes = Uint8Array.from(digits, (digit) => digit.charCodeAt(0));

/** Value of an ASCII hex digit; -1 for other bytes of UTF-8, -2 for what may stand between digits. */
const nibbles = new Int8Array(256).fill(-1);

for (let value = 0; value < 16; value++) {
  const digit = digits.charAt(value);
  nibbles[digit.charCodeAt(0)] = value;
  nibbles[digit.toUpperCase().charCodeAt(0)] = value;
}
for (const separator of " \t\r\n_") {
  nibbles[separator.charCodeAt(0)] = -2;
}

/** Two bytes as they lie in memory, whatever the machine's byte order → their four ASCII digits. Made when it is first needed. */
let quadsOfPairs: Uint32Array | null = null;

function tableOfQuads(): Uint32Array {
  if (quadsOfPairs === null) {
    quadsOfPairs = new Uint32Array(65_536);
    const quads = new Uint8Array(quadsOfPairs.buffer);
    const pairs = new Uint8Array(Uint16Array.from(quadsOfPairs.keys()).buffer);
    for (const [index, byte] of pairs.entries()) {
      quads[2 * index] = digitCodes[byte >> 4] ?? 0;
      quads[2 * index + 1] = digitCodes[byte & 15] ?? 0;
    }
  }
  return quadsOfPairs;
}

/** Value of two ASCII digits as they lie in memory; -1 where one of them is no digit. Made when it is first needed. */
let pairValues: Int16Array | null = null;

function tableOfPairs(): Int16Array {
  if (pairValues === null) {
    pairValues = new Int16Array(65_536).fill(-1);
    const code = new Uint16Array(1);
    const codeBytes = new Uint8Array(code.buffer);
    for (const high of "0123456789abcdefABCDEF") {
      for (const low of "0123456789abcdefABCDEF") {
        codeBytes[0] = high.charCodeAt(0);
        codeBytes[1] = low.charCodeAt(0);
        pairValues[code[0] ?? 0] = Number.parseInt(high + low, 16);
      }
    }
  }
  return pairValues;
}

/** The most bytes whose hex text is still one string. */
export const maxHexBytes = 2 ** 28 - 16;

/** Bytes that become text at once: such texts lie outside of the heap and are not copied by its collector. */
const chunkSize = 1 << 20;

/** Digits that are read at once: as many as stay in the processor's cache. */
const digitsAtOnce = 1 << 14;

/** From so many bytes on the tables of pairs are worth the time that making them takes. */
const manyBytes = 1 << 10;

/** Room for the digits of a large piece, kept: megabytes anew for each call are much work for the collector. */
let roomForDigits: Uint8Array | null = null;

function roomFor(length: number): Uint8Array {
  if (length < chunkSize) {
    return new Uint8Array(2 * length);
  }
  return (roomForDigits ??= new Uint8Array(2 * chunkSize));
}

/** `hex:` and two digits for each byte of `[start, end)`. */
export function bytesToHexText(bytes: Uint8Array, start: number, end: number): string {
  let text = "hex:";
  const target = roomFor(Math.min(end - start, chunkSize));
  for (let from = start; from < end; from += chunkSize) {
    const chunk = bytes.subarray(from, Math.min(from + chunkSize, end));
    writeDigits(chunk, target);
    text += decodeUtf8(target, 0, 2 * chunk.length) ?? "";
  }
  return text;
}

function writeDigits(bytes: Uint8Array, target: Uint8Array): void {
  const inPairs = bytes.length < manyBytes ? 0 : writeQuads(bytes, target);
  for (let index = inPairs; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    target[2 * index] = digitCodes[byte >> 4] ?? 0;
    target[2 * index + 1] = digitCodes[byte & 15] ?? 0;
  }
}

/** The digits of all bytes that have a partner; returns how many bytes these are. */
function writeQuads(bytes: Uint8Array, target: Uint8Array): number {
  // Pairs are read from even addresses only. A constructor copies; `slice` of a Buffer would be a view of the same odd place.
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  const pairs = new Uint16Array(aligned.buffer, aligned.byteOffset, bytes.length >> 1);
  const quads = new Uint32Array(target.buffer, 0, pairs.length);
  const table = tableOfQuads();
  for (let index = 0; index < pairs.length; index++) {
    quads[index] = table[pairs[index] ?? 0] ?? 0;
  }
  return 2 * pairs.length;
}

/** Reads hex digits from `text` at `from` into `target`; the number of bytes, or a sentence on what is wrong. */
export function decodeHexInto(text: string, from: number, target: Uint8Array): number | string {
  const digits: HexDigits = { target, written: 0, high: -1 };
  const chunk = new Uint8Array(3 * Math.min(text.length, digitsAtOnce));
  for (let start = from; start < text.length; start += digitsAtOnce) {
    const { written } = encodeUtf8Into(text.slice(start, start + digitsAtOnce), chunk);
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
  let index = digits.high < 0 ? readPairs(digits, chunk, length) : 0;
  let { written, high } = digits;
  for (; index < length; index++) {
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
    } else if (high < 0 && index % 2 === 1) {
      // Behind a separator pairs may lie as before.
      Object.assign(digits, { written, high });
      index = readPairs(digits, chunk, length, index + 1) - 1;
      written = digits.written;
    }
  }
  digits.written = written;
  digits.high = high;
  return -1;
}

/** Room for the bytes of one piece of text: written in pairs, then copied to wherever they belong. */
const pairsOfBytes = new Uint16Array(digitsAtOnce / 4);
const bytesOfPairs = new Uint8Array(pairsOfBytes.buffer);

/** Reads pairs of digits from an even index on, as far as they go; the index of what is none. `chunk` has a buffer of its own. */
function readPairs(digits: HexDigits, chunk: Uint8Array, length: number, from = 0): number {
  const table = tableOfPairs();
  const codes = new Uint16Array(chunk.buffer, 0, length >> 1);
  let at = from === 0 ? readQuads(digits, chunk, length) >> 1 : from >> 1;
  const { target } = digits;
  let { written } = digits;
  for (; at < codes.length; at++) {
    const byte = table[codes[at] ?? 0] ?? -1;
    if (byte < 0) {
      break;
    }
    target[written++] = byte;
  }
  digits.written = written;
  return 2 * at;
}

/** The same for four digits at a time, from the start. Two pairs are read and written as they lie in memory, whatever its byte order. */
function readQuads(digits: HexDigits, chunk: Uint8Array, length: number): number {
  const table = tableOfPairs();
  const codes = new Int32Array(chunk.buffer, 0, length >> 2);
  let at = 0;
  for (; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    const pair = (table[code & 0xffff] ?? -1) | ((table[code >>> 16] ?? -1) << 8);
    // Negative when either of them is no byte.
    if (pair < 0) {
      break;
    }
    pairsOfBytes[at] = pair;
  }
  digits.target.set(bytesOfPairs.subarray(0, 2 * at), digits.written);
  digits.written += 2 * at;
  return 4 * at;
}
