// "base64:…" text into bytes: standard and URL-safe alphabet, padding optional, white space allowed.

import { quote } from "./describe.ts";

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

/** Reads base64 from `text` at `from` into `target`; the number of bytes, or a sentence on what is wrong. */
export function decodeBase64Into(text: string, from: number, target: Uint8Array): number | string {
  let written = 0;
  let bits = 0;
  let held = 0;
  let end = text.length;
  while (end > from && (text[end - 1] === "=" || values[text.charCodeAt(end - 1)] === -2)) {
    end--;
  }
  for (let index = from; index < end; index++) {
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
