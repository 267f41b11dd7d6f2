// "base64:…" text into bytes: standard and URL-safe alphabet, padding optional, white space allowed.

import { quote } from "./describe.ts";
import { encodeUtf8Into } from "./utf8.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Value of a character; -1 for other characters, -2 for white space. */
const values = new Int8Array(128).fill(-1);

for (let value = 0; value < 64; value++) {
  values[alphabet.charCodeAt(value)] = value;
}
values["-".charCodeAt(0)] = 62;
values["_".charCodeAt(0)] = 63;
for (const space of " \t\r\n") {
  values[space.charCodeAt(0)] = -2;
}

/** Characters that are read at once: as many as stay in the processor's cache, and whole groups of four. */
const charactersAtOnce = 1 << 14;

/** From so many characters on the table of pairs is worth the time that making it takes. */
const manyCharacters = 1 << 10;

/** Twelve bits of two characters as they lie in memory; -1 where one of them is none of the alphabet. Made when it is first needed. */
let pairValues: Int16Array | null = null;

function tableOfPairs(): Int16Array {
  if (pairValues === null) {
    pairValues = new Int16Array(65_536).fill(-1);
    const codes = Uint16Array.from(pairValues.keys());
    const characters = new Uint8Array(codes.buffer);
    for (const code of codes) {
      const first = values[characters[2 * code] ?? 0] ?? -1;
      const second = values[characters[2 * code + 1] ?? 0] ?? -1;
      pairValues[code] = first < 0 || second < 0 ? -1 : (first << 6) | second;
    }
  }
  return pairValues;
}

/** Reads base64 from `text` at `from` into `target`; the number of bytes, or a sentence on what is wrong. */
export function decodeBase64Into(text: string, from: number, target: Uint8Array): number | string {
  let end = text.length;
  while (end > from && (text[end - 1] === "=" || values[text.charCodeAt(end - 1)] === -2)) {
    end--;
  }
  const start = end - from < manyCharacters ? from : readGroups(text, from, end, target);
  let written = ((start - from) / 4) * 3;
  let bits = 0;
  let held = 0;
  for (let index = start; index < end; index++) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value >= 0) {
      bits = ((bits << 6) | value) & 0xffff;
      held += 6;
      if (held >= 8) {
        held -= 8;
        target[written++] = (bits >> held) & 0xff;
      }
    } else if (value === -1) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      return `${quote(character)} at column ${index + 1} is not a base64 character.`;
    }
  }
  if (held === 6) {
    return "The base64 text stops in the middle of a byte.";
  }
  return (bits & ((1 << held) - 1)) === 0
    ? written
    : "The base64 text ends in bits that belong to no byte; a character may be wrong or missing.";
}

/** Reads groups of four characters, three bytes each, as far as they go without anything between them; the index of what follows. */
function readGroups(text: string, from: number, end: number, target: Uint8Array): number {
  const chunk = new Uint8Array(3 * Math.min(end - from, charactersAtOnce));
  const codes = new Uint16Array(chunk.buffer, 0, chunk.length >> 1);
  const table = tableOfPairs();
  let written = 0;
  for (let start = from; start < end; start += charactersAtOnce) {
    const piece = text.slice(start, Math.min(start + charactersAtOnce, end));
    const groups = encodeUtf8Into(piece, chunk).written >> 2;
    for (let group = 0; group < groups; group++) {
      const first = table[codes[2 * group] ?? 0] ?? -1;
      const second = table[codes[2 * group + 1] ?? 0] ?? -1;
      if ((first | second) < 0) {
        return start + 4 * group;
      }
      target[written] = first >> 4;
      target[written + 1] = ((first & 15) << 4) | (second >> 8);
      target[written + 2] = second & 0xff;
      written += 3;
    }
  }
  return from + (written / 3) * 4;
}
