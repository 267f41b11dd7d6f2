// One growing buffer that encoding writes into, little endian as bincode 1 has it (reference 4.1, 6.1).

import { encodeUtf8Into } from "../text/utf8.ts";

/** From here on a copy costs more than the room that is left unused. */
const largeBytes = 1 << 20;

/** Collects bytes; `finish` hands out exactly what was written, and ends the writing. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  writeU8(value: number): void {
    const offset = this.#advance(1);
    this.#view.setUint8(offset, value);
  }

  writeU16(value: number): void {
    const offset = this.#advance(2);
    this.#view.setUint16(offset, value, true);
  }

  writeU32(value: number): void {
    const offset = this.#advance(4);
    this.#view.setUint32(offset, value, true);
  }

  /** Any safe integer as 64 bits, two's complement. */
  writeSafeInteger64(value: number): void {
    const high = Math.floor(value / 0x1_0000_0000);
    const offset = this.#advance(8);
    this.#view.setUint32(offset, value - high * 0x1_0000_0000, true);
    this.#view.setInt32(offset + 4, high, true);
  }

  /** The low 64 bits of `value`. */
  writeBigInt64(value: bigint): void {
    const offset = this.#advance(8);
    this.#view.setBigUint64(offset, BigInt.asUintN(64, value), true);
  }

  writeF32(value: number): void {
    const offset = this.#advance(4);
    this.#view.setFloat32(offset, value, true);
  }

  writeF64(value: number): void {
    const offset = this.#advance(8);
    this.#view.setFloat64(offset, value, true);
  }

  /** UTF-8 of `text`, which must be well formed; returns the number of bytes. */
  writeUtf8(text: string): number {
    const start = this.#length;
    if (text.length <= 32 && this.#writeAscii(text)) {
      return text.length;
    }
    let rest = text;
    this.#reserve(text.length + 16);
    for (;;) {
      const { read, written } = encodeUtf8Into(rest, this.#bytes.subarray(this.#length));
      this.#length += written;
      if (read === rest.length) {
        return this.#length - start;
      }
      rest = rest.slice(read);
      this.#reserve(Math.max(rest.length * 3, 16));
    }
  }

  /** Room for `count` bytes that the caller fills in at once; the array is good until the next write. */
  claim(count: number): Uint8Array {
    const offset = this.#advance(count);
    return this.#bytes.subarray(offset, offset + count);
  }

  /** Takes back what was written after `length`. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** Overwrites eight bytes at `offset` with a length that was not known when they were written. */
  patchLength(offset: number, value: number): void {
    this.#view.setUint32(offset, value % 0x1_0000_0000, true);
    this.#view.setUint32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
  }

  /** What was written since `start`, one character per byte: a key to compare encoded values by. */
  fingerprintFrom(start: number): string {
    let text = "";
    for (let index = start; index < this.#length; index++) {
      text += String.fromCharCode(this.#bytes[index] ?? 0);
    }
    return text;
  }

  finish(): Uint8Array {
    return this.#length < largeBytes
      ? this.#bytes.slice(0, this.#length)
      : this.#bytes.subarray(0, this.#length);
  }

  #writeAscii(text: string): boolean {
    const start = this.#advance(text.length);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) {
        this.#length = start;
        return false;
      }
      this.#bytes[start + index] = code;
    }
    return true;
  }

  #advance(count: number): number {
    const offset = this.#length;
    if (offset + count > this.#bytes.length) {
      this.#reserve(count);
    }
    this.#length = offset + count;
    return offset;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
  }
}
