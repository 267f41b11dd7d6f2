// What bzip2 writes below its blocks: single bits, and symbols in Huffman codes.

/** Why the bytes are no whole bzip2 file. */
export class Bzip2Error extends Error {
  readonly reason: "cut" | "damaged";

  constructor(reason: "cut" | "damaged") {
    super(reason === "cut" ? "the file ends in the middle" : "the file is damaged");
    this.reason = reason;
  }
}

/** The most bits that a Huffman code has. */
export const longestCode = 20;

/** Codes of at most so many bits are looked up. */
const shortCode = 10;

/** Takes bits from bytes, the highest first. */
export class BitReader {
  readonly #read: () => Uint8Array | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #next = 0;
  #bits = 0;
  #count = 0;
  /** So many of the bits at hand are no bits of the file. */
  #missing = 0;

  constructor(read: () => Uint8Array | undefined) {
    this.#read = read;
  }

  /** The next `count` bits, at most 24. */
  take(count: number): number {
    const bits = this.peek(count);
    this.skip(count);
    return bits;
  }

  /** The next `count` bits, which stay; behind the file's end there are zeros. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#bits = (this.#bits << 8) | this.#nextByte();
      this.#count += 8;
    }
    return (this.#bits >>> (this.#count - count)) & ((1 << count) - 1);
  }

  /** Passes over bits that were looked at. */
  skip(count: number): void {
    this.#count -= count;
    if (this.#count < this.#missing) {
      throw new Bzip2Error("cut");
    }
  }

  #nextByte(): number {
    while (this.#next === this.#bytes.length) {
      const bytes = this.#read();
      if (bytes === undefined) {
        this.#missing += 8;
        return 0;
      }
      this.#bytes = bytes;
      this.#next = 0;
    }
    const byte = this.#bytes[this.#next] ?? 0;
    this.#next += 1;
    return byte;
  }
}

/** Canonical Huffman codes: those of one length are consecutive numbers. */
export class HuffmanTable {
  /** The symbols by their codes. */
  readonly #symbols: Uint16Array;
  /** By length: the first code of it, the number of its codes, and the place of its first symbol. */
  readonly #firstCode = new Int32Array(longestCode + 1);
  readonly #count = new Int32Array(longestCode + 1);
  readonly #firstSymbol = new Int32Array(longestCode + 1);
  /** For every way that the next bits may go on: length and symbol of a code that is short enough, else 0. */
  readonly #short = new Int32Array(1 << shortCode);

  constructor(lengths: Uint8Array) {
    for (const length of lengths) {
      this.#count[length] = (this.#count[length] ?? 0) + 1;
    }
    let [code, place] = [0, 0];
    for (let length = 1; length <= longestCode; length += 1) {
      const count = this.#count[length] ?? 0;
      this.#firstCode[length] = code;
      this.#firstSymbol[length] = place;
      code = (code + count) << 1;
      place += count;
    }
    const next = this.#firstSymbol.slice();
    this.#symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      this.#symbols[next[length] ?? 0] = symbol;
      next[length] = (next[length] ?? 0) + 1;
    });
    this.#short.forEach((_, ahead) => {
      this.#short[ahead] = this.#find(ahead << (longestCode - shortCode), shortCode);
    });
  }

  read(bits: BitReader): number {
    const ahead = bits.peek(longestCode);
    const found =
      (this.#short[ahead >>> (longestCode - shortCode)] ?? 0) || this.#find(ahead, longestCode);
    if (found === 0) {
      throw new Bzip2Error("damaged");
    }
    bits.skip(found >>> 16);
    return found & 0xffff;
  }

  /** The code that the next bits begin with, as its length above its symbol; 0 when none of at most `longest` bits does. */
  #find(ahead: number, longest: number): number {
    for (let length = 1; length <= longest; length += 1) {
      const offset = (ahead >>> (longestCode - length)) - (this.#firstCode[length] ?? 0);
      if (offset >= 0 && offset < (this.#count[length] ?? 0)) {
        return (length << 16) | (this.#symbols[(this.#firstSymbol[length] ?? 0) + offset] ?? 0);
      }
    }
    return 0;
  }
}
