// UTF-8 both ways for the codec. Text crosses unchanged or not at all: nothing is ever replaced by U+FFFD, no BOM is dropped.

interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}

interface Utf8Encoder {
  encodeInto(text: string, target: Uint8Array): { readonly read: number; readonly written: number };
}

// Node, browsers and workers all have these, but no library of the core's TypeScript program declares them.
const globals = globalThis as unknown as {
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => Utf8Decoder;
  readonly TextEncoder: new () => Utf8Encoder;
};

const decoder = new globals.TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new globals.TextEncoder();

/** Below this length a loop is faster than the call into TextDecoder or TextEncoder. */
const shortLength = 24;

/** The longest string every supported engine can hold (V8: 2^29 - 24 UTF-16 units). */
export const maxStringLength = 2 ** 29 - 24;

/** The text of `bytes[start, end)`; undefined when that is not well-formed UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= shortLength) {
    let text = "";
    let position = start;
    for (; position < end; position++) {
      const byte = bytes[position] ?? 0;
      if (byte >= 0x80) {
        break;
      }
      text += String.fromCharCode(byte);
    }
    if (position === end) {
      return text;
    }
  }
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** How many bytes `text` takes. */
export function byteLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair counts for two of its four bytes.
    length += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return length;
}

/** Writes `text` at the start of `target` as far as it fits; never splits a scalar. Lone surrogates must be ruled out first. */
export function encodeUtf8Into(
  text: string,
  target: Uint8Array,
): { readonly read: number; readonly written: number } {
  return encoder.encodeInto(text, target);
}

/** Whether every surrogate in `text` has its partner, so that it has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  // ES2024, in Node 20 and every browser of the panel, but not in the core's library.
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** Length in bytes of the scalar that `first` starts, 0 when no scalar starts so (Rust's `utf8_char_width`). */
export function scalarWidth(first: number): number {
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xc2 || first > 0xf4) {
    return 0;
  }
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Offset of the first byte in `[start, end)` that begins no well-formed scalar; `end` when all is well. */
export function findInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end) {
    const width = scalarWidth(bytes[position] ?? 0);
    if (width === 0 || position + width > end || !isScalar(bytes, position, width)) {
      return position;
    }
    position += width;
  }
  return end;
}

/** Whether `width` bytes at `position`, of which the first is a right one for that width, are one scalar. */
export function isScalar(bytes: Uint8Array, position: number, width: number): boolean {
  const first = bytes[position] ?? 0;
  for (let index = 1; index < width; index++) {
    if (((bytes[position + index] ?? 0) & 0xc0) !== 0x80) {
      return false;
    }
  }
  const second = bytes[position + 1] ?? 0;
  const isOverlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const isSurrogate = first === 0xed && second > 0x9f;
  const isBeyondUnicode = first === 0xf4 && second > 0x8f;
  return width === 1 || !(isOverlong || isSurrogate || isBeyondUnicode);
}
