// Compresses to bzip2, the form of Fidius' archives. No npm package that writes it is kept up, and what it takes is little: runs, sorting,
// moving to the front, and one Huffman code for each block.

import { checksums } from "./bzip2Checksums.ts";
import { longestCode } from "./bzip2Bits.ts";
import { codeLengths, codesOf } from "./huffmanCode.ts";
import { sortBlock } from "./blockSort.ts";

/** Bytes of a block at the highest level, less what a last run may add. */
const blockBytes = 900_000 - 20;

const blockMagic = [0x314159, 0x265359] as const;
const endMagic = [0x177245, 0x385090] as const;

/** Symbols that one table is used for before the next is named. */
const groupSize = 50;

/** The file that holds all pieces, piece by piece. */
export async function* bzip2(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const bits = new BitWriter();
  bits.put(8, 0x42).put(8, 0x5a).put(8, 0x68).put(8, 0x39);
  let block = new RunBlock();
  let combined = 0;
  const close = (): void => {
    const checksum = writeBlock(bits, block);
    combined = (((combined << 1) | (combined >>> 31)) ^ checksum) >>> 0;
    block = new RunBlock();
  };
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      from = block.take(piece, from);
      if (block.isFull) {
        close();
        yield bits.taken();
      }
    }
  }
  if (!block.isEmpty) {
    close();
  }
  endMagic.forEach((half) => bits.put(24, half));
  bits.put(16, combined >>> 16).put(16, combined & 0xffff);
  yield bits.finished();
}

/** Puts bits into bytes, the highest first. */
class BitWriter {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** At most 24 bits. */
  put(count: number, value: number): this {
    this.#bits = (this.#bits << count) | value;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#add((this.#bits >>> this.#count) & 0xff);
    }
    this.#bits &= (1 << this.#count) - 1;
    return this;
  }

  /** The whole bytes so far, which are let go. */
  taken(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  finished(): Uint8Array {
    this.put(7, 0);
    return this.taken();
  }

  #add(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }
}

/** A block with its runs shortened: four equal bytes are followed by how many more of them there are. */
class RunBlock {
  readonly #bytes = new Uint8Array(blockBytes + 20);
  #length = 0;
  #checksum = -1;
  #last = -1;
  #run = 0;

  get isEmpty(): boolean {
    return this.#length === 0 && this.#run === 0;
  }

  get isFull(): boolean {
    return this.#length >= blockBytes;
  }

  /** Takes bytes of a piece until the block is full; where it stopped. */
  take(piece: Uint8Array, from: number): number {
    let at = from;
    for (; at < piece.length && !this.isFull; at += 1) {
      const byte = piece[at] ?? 0;
      if (byte !== this.#last || this.#run === 255) {
        this.#endRun();
        this.#last = byte;
      }
      this.#run += 1;
      const place = ((this.#checksum >>> 24) ^ byte) & 0xff;
      this.#checksum = (this.#checksum << 8) ^ (checksums[place] ?? 0);
    }
    return at;
  }

  finished(): { readonly bytes: Uint8Array; readonly checksum: number } {
    this.#endRun();
    return { bytes: this.#bytes.subarray(0, this.#length), checksum: ~this.#checksum >>> 0 };
  }

  #endRun(): void {
    const written = Math.min(this.#run, 4);
    this.#bytes.fill(this.#last, this.#length, this.#length + written);
    this.#length += written;
    if (written === 4) {
      this.#bytes[this.#length] = this.#run - 4;
      this.#length += 1;
    }
    this.#run = 0;
  }
}

/** Writes a block; its checksum. */
function writeBlock(bits: BitWriter, block: RunBlock): number {
  const { bytes, checksum } = block.finished();
  const { last, start } = sortBlock(bytes);
  blockMagic.forEach((half) => bits.put(24, half));
  bits.put(16, checksum >>> 16).put(16, checksum & 0xffff);
  bits.put(1, 0).put(24, start);
  const used = [...new Set(bytes)].sort((left, right) => left - right);
  writeUsedBytes(bits, used);
  const symbols = symbolsOf(last, used);
  writeSymbols(bits, symbols, used.length + 2);
  return checksum;
}

/** A map of sixteen ranges, then one of each range that is used. */
function writeUsedBytes(bits: BitWriter, used: readonly number[]): void {
  const ranges = Array.from({ length: 16 }, (_, range) =>
    used
      .filter((byte) => byte >> 4 === range)
      .reduce((map, byte) => map | (0x8000 >> (byte & 15)), 0),
  );
  bits.put(
    16,
    ranges.reduce((map, range, index) => (range === 0 ? map : map | (0x8000 >> index)), 0),
  );
  ranges.filter((range) => range !== 0).forEach((range) => bits.put(16, range));
}

/** Each byte as its place among those used last, runs of the foremost as numbers whose digits are 1 and 2. */
function symbolsOf(last: Uint8Array, used: readonly number[]): readonly number[] {
  const symbols: number[] = [];
  const front = Uint8Array.from(used);
  let run = 0;
  const endRun = (): void => {
    for (; run > 0; run = (run - 1) >> 1) {
      symbols.push((run & 1) === 1 ? 0 : 1);
    }
  };
  for (const byte of last) {
    const place = front.indexOf(byte);
    if (place === 0) {
      run += 1;
    } else {
      endRun();
      symbols.push(place + 1);
      front.copyWithin(1, 0, place);
      front[0] = byte;
    }
  }
  endRun();
  symbols.push(used.length + 1);
  return symbols;
}

/** One code for all symbols. The format asks for two tables at least, so it stands there twice. */
function writeSymbols(bits: BitWriter, symbols: readonly number[], alphabet: number): void {
  const counts = new Array<number>(alphabet).fill(0);
  for (const symbol of symbols) {
    counts[symbol] = (counts[symbol] ?? 0) + 1;
  }
  const lengths = codeLengths(counts, longestCode - 3);
  const selectors = Math.ceil(symbols.length / groupSize);
  bits.put(3, 2).put(15, selectors);
  for (let group = 0; group < selectors; group += 1) {
    bits.put(1, 0);
  }
  for (const _table of [0, 1]) {
    writeLengths(bits, lengths);
  }
  const codes = codesOf(lengths);
  for (const symbol of symbols) {
    bits.put(lengths[symbol] ?? 0, codes[symbol] ?? 0);
  }
}

/** Each length by its difference to the one before. */
function writeLengths(bits: BitWriter, lengths: readonly number[]): void {
  let length = lengths[0] ?? 1;
  bits.put(5, length);
  for (const wanted of lengths) {
    for (; length < wanted; length += 1) {
      bits.put(2, 0b10);
    }
    for (; length > wanted; length -= 1) {
      bits.put(2, 0b11);
    }
    bits.put(1, 0);
  }
}
