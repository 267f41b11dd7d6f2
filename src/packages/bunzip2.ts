// Decompresses bzip2 piece by piece: a caller that takes no more pieces stops the work, whatever the file claims. A few hundred
// bytes may stand for gigabytes, so nothing is decoded ahead, and every loop ends at a bound of the format.

import { checksums } from "./bzip2Checksums.ts";
import { BitReader, Bzip2Error, HuffmanTable, longestCode } from "./bzip2Bits.ts";

/** Bytes of a piece. */
const pieceBytes = 64 * 1024;

/** Groups of symbols that are decoded without a pause: some milliseconds of work. */
const groupsBetweenPauses = 512;

/** Symbols that one Huffman table is used for. */
const groupSize = 50;

const blockMagic = [0x314159, 0x265359] as const;
const endMagic = [0x177245, 0x385090] as const;

/**
 * The content of the first bzip2 stream of a file; what follows it is not looked at, as Fidius does. `read` gives the next bytes of the
 * file, or undefined at its end. An empty piece is a pause: the work so far took a while.
 */
export function* bunzip2(
  read: () => Uint8Array | undefined,
): Generator<Uint8Array, undefined, undefined> {
  const bits = new BitReader(read);
  const level = readHead(bits);
  const block = new Int32Array(level * 100_000);
  let combined = 0;
  for (;;) {
    const magic = [bits.take(24), bits.take(24)];
    const expected = (bits.take(16) * 0x10000 + bits.take(16)) >>> 0;
    if (magic[0] === endMagic[0] && magic[1] === endMagic[1]) {
      if (expected !== combined) {
        throw new Bzip2Error("damaged");
      }
      return undefined;
    }
    if (magic[0] !== blockMagic[0] || magic[1] !== blockMagic[1]) {
      throw new Bzip2Error("damaged");
    }
    const found = yield* readBlock(bits, block);
    if (found !== expected) {
      throw new Bzip2Error("damaged");
    }
    combined = (((combined << 1) | (combined >>> 31)) ^ found) >>> 0;
  }
}

/** Level of the compression, 1 to 9: a block has up to that many times 100,000 bytes. */
function readHead(bits: BitReader): number {
  const isBzip2 = bits.take(8) === 0x42 && bits.take(8) === 0x5a && bits.take(8) === 0x68;
  const level = bits.take(8) - 0x30;
  if (!isBzip2 || level < 1 || level > 9) {
    throw new Bzip2Error("damaged");
  }
  return level;
}

/** Gives the bytes of one block; returns their checksum. */
function* readBlock(bits: BitReader, block: Int32Array): Generator<Uint8Array, number, undefined> {
  const isRandomised = bits.take(1) === 1;
  const start = bits.take(24);
  // Encoders have not made such blocks since 1996.
  if (isRandomised) {
    throw new Bzip2Error("damaged");
  }
  const { length, counts } = yield* readSymbols(bits, block);
  if (start >= length) {
    throw new Bzip2Error("damaged");
  }
  linkBytes(block, length, counts);
  return yield* expandRuns(block, length, start);
}

/** A block's symbols as bytes in the low eight bits of `block`, and how often each byte stands there. */
function* readSymbols(
  bits: BitReader,
  block: Int32Array,
): Generator<Uint8Array, { readonly length: number; readonly counts: Int32Array }, undefined> {
  const bytes = readUsedBytes(bits);
  const tableCount = bits.take(3);
  const selectorCount = bits.take(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount === 0) {
    throw new Bzip2Error("damaged");
  }
  const selectors = readSelectors(bits, tableCount, selectorCount);
  const tables = Array.from({ length: tableCount }, () => readTable(bits, bytes.length + 2));
  const symbols = new SymbolReader(bits, block, bytes);
  for (const [group, selector] of selectors.entries()) {
    const table = tables[selector];
    if (table !== undefined && symbols.readGroup(table)) {
      return symbols;
    }
    if (group % groupsBetweenPauses === groupsBetweenPauses - 1) {
      yield new Uint8Array(0);
    }
  }
  throw new Bzip2Error("damaged");
}

/** Puts what symbols stand for into a block. */
class SymbolReader {
  readonly #bits: BitReader;
  readonly #block: Int32Array;
  /** The last one used is the first. */
  readonly #bytes: Uint8Array;
  readonly counts = new Int32Array(256);
  length = 0;
  #run = 0;
  #runBit = 1;

  constructor(bits: BitReader, block: Int32Array, bytes: Uint8Array) {
    this.#bits = bits;
    this.#block = block;
    this.#bytes = bytes;
  }

  /** Reads the symbols that one table is used for; true at the end of the block. */
  readGroup(table: HuffmanTable): boolean {
    const endOfBlock = this.#bytes.length + 1;
    for (let index = 0; index < groupSize; index += 1) {
      const symbol = table.read(this.#bits);
      if (symbol <= 1) {
        // Runs of the foremost byte are numbers whose digits are 1 and 2.
        this.#run += this.#runBit << symbol;
        this.#runBit <<= 1;
        if (this.#run > this.#block.length) {
          throw new Bzip2Error("damaged");
        }
        continue;
      }
      if (this.#run > 0) {
        this.#put(this.#bytes[0] ?? 0, this.#run);
        this.#run = 0;
        this.#runBit = 1;
      }
      if (symbol === endOfBlock) {
        return true;
      }
      this.#put(moveToFront(this.#bytes, symbol - 1), 1);
    }
    return false;
  }

  #put(byte: number, times: number): void {
    const end = this.length + times;
    if (end > this.#block.length) {
      throw new Bzip2Error("damaged");
    }
    for (let place = this.length; place < end; place += 1) {
      this.#block[place] = byte;
    }
    this.counts[byte] = (this.counts[byte] ?? 0) + times;
    this.length = end;
  }
}

function moveToFront(bytes: Uint8Array, index: number): number {
  const byte = bytes[index] ?? 0;
  for (let place = index; place > 0; place -= 1) {
    bytes[place] = bytes[place - 1] ?? 0;
  }
  bytes[0] = byte;
  return byte;
}

/** The bytes that the block has, in their order: a map of sixteen ranges, then one of each range that is used. */
function readUsedBytes(bits: BitReader): Uint8Array {
  const ranges = bits.take(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range += 1) {
    if (((ranges >>> (15 - range)) & 1) === 1) {
      const map = bits.take(16);
      for (let bit = 0; bit < 16; bit += 1) {
        if (((map >>> (15 - bit)) & 1) === 1) {
          used.push(range * 16 + bit);
        }
      }
    }
  }
  if (used.length === 0) {
    throw new Bzip2Error("damaged");
  }
  return Uint8Array.from(used);
}

/** Which table each group of symbols uses. */
function readSelectors(bits: BitReader, tableCount: number, selectorCount: number): Uint8Array {
  const order = Uint8Array.from({ length: tableCount }, (_, index) => index);
  const selectors = new Uint8Array(selectorCount);
  for (let index = 0; index < selectorCount; index += 1) {
    let place = 0;
    while (bits.take(1) === 1) {
      place += 1;
      if (place >= tableCount) {
        throw new Bzip2Error("damaged");
      }
    }
    selectors[index] = moveToFront(order, place);
  }
  return selectors;
}

function readTable(bits: BitReader, symbols: number): HuffmanTable {
  const lengths = new Uint8Array(symbols);
  let length = bits.take(5);
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    for (;;) {
      if (length < 1 || length > longestCode) {
        throw new Bzip2Error("damaged");
      }
      if (bits.take(1) === 0) {
        break;
      }
      length += bits.take(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return new HuffmanTable(lengths);
}

/** Undoes the sorting (Burrows-Wheeler): each place gets, above its byte, the place of the byte that follows. */
function linkBytes(block: Int32Array, length: number, counts: Int32Array): void {
  const next = new Int32Array(256);
  let sum = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    next[byte] = sum;
    sum += counts[byte] ?? 0;
  }
  for (let place = 0; place < length; place += 1) {
    const byte = (block[place] ?? 0) & 0xff;
    const at = next[byte] ?? 0;
    block[at] = (block[at] ?? 0) | (place << 8);
    next[byte] = at + 1;
  }
}

/** Gives the block's bytes from `start` on, and returns their checksum. */
function* expandRuns(
  block: Int32Array,
  length: number,
  start: number,
): Generator<Uint8Array, number, undefined> {
  const runs = new RunReader(block, length, start);
  for (;;) {
    const piece = runs.read();
    if (piece.length === 0) {
      return runs.checksum;
    }
    yield piece;
  }
}

/** Follows the links of a block. Four equal bytes are followed by how many more of them there are. */
class RunReader {
  readonly #block: Int32Array;
  #left: number;
  #place: number;
  #last = -1;
  #equal = 0;
  #checksum = -1;

  constructor(block: Int32Array, length: number, start: number) {
    this.#block = block;
    this.#left = length;
    this.#place = (block[start] ?? 0) >>> 8;
  }

  get checksum(): number {
    return ~this.#checksum >>> 0;
  }

  /** The next bytes, none at the end. */
  read(): Uint8Array {
    const piece = new Uint8Array(pieceBytes);
    let filled = 0;
    let checksum = this.#checksum;
    while (this.#left > 0 && filled <= pieceBytes - 256) {
      const entry = this.#block[this.#place] ?? 0;
      const byte = entry & 0xff;
      this.#place = entry >>> 8;
      this.#left -= 1;
      let times = 1;
      if (this.#equal === 4) {
        times = byte;
        this.#equal = 0;
      } else {
        this.#equal = byte === this.#last ? this.#equal + 1 : 1;
        this.#last = byte;
      }
      for (let time = 0; time < times; time += 1) {
        piece[filled] = this.#last;
        filled += 1;
        checksum = (checksum << 8) ^ (checksums[((checksum >>> 24) ^ this.#last) & 0xff] ?? 0);
      }
    }
    this.#checksum = checksum;
    return piece.subarray(0, filled);
  }
}
