// The symbol table of an ELF, Mach-O or PE library, which debug and release builds keep unless they are stripped: it names the
// functions that a vtable leads to. A table that is missing or makes no sense is undefined, never an exception.

import type { ImageSource } from "./imageHeaders.ts";
import type { AddressRange } from "./addressRange.ts";
import { peFunctions } from "./peSymbols.ts";
import type { FileBeside } from "./peSymbols.ts";

/** Largest table of symbols or of their names that is read. */
const mostBytes = 128 * 1024 * 1024;

/** Most headers of sections, segments or commands that are looked at. */
const mostHeaders = 4096;

/** Addresses here are the file's own, before the loader has moved the library. */
export interface SymbolTable {
  /** Address of the symbol; undefined when there is none. */
  addressOf(name: string): number | undefined;
  /** The names at some addresses. One address may have several. */
  namesAt(addresses: ReadonlySet<number>): ReadonlyMap<number, readonly string[]>;
  /** Whether the library has all of the bytes in memory. */
  hasBytes(address: number, length: number): boolean;
}

/**
 * What differs between the formats. In both, a symbol has the place of its name in the first 32-bit word, its type in the low
 * byte of the second one, and its address in the third and fourth.
 */
interface SymbolLayout {
  readonly bytes: number;
  /** Before every name; Mach-O has an underscore. */
  readonly prefix: string;
  readonly isFunction: (type: number) => boolean;
}

const elfLayout: SymbolLayout = {
  bytes: 24,
  prefix: "",
  isFunction: (type) => (type & 0xf) === 2,
};

const machoLayout: SymbolLayout = {
  bytes: 16,
  prefix: "_",
  // Defined in a section, and no entry for a debugger.
  isFunction: (type) => (type & 0xee) === 0x0e,
};

/** As {@link peFunctions} writes them down: functions only. */
const peLayout: SymbolLayout = { bytes: 16, prefix: "", isFunction: () => true };

/**
 * Reads the table of the architecture that this process has, as in `process.arch`. `beside` opens files of the library's folder,
 * where Windows keeps names.
 */
export function readSymbolTable(
  source: ImageSource,
  architecture: string,
  beside: FileBeside = () => undefined,
): SymbolTable | undefined {
  const start = source.read(0, 4);
  if (start === undefined) {
    return undefined;
  }
  const big = start.getUint32(0, false);
  if (big === 0x7f454c46) {
    return readElf(source);
  }
  if (big === 0xcafebabe || big === 0xcafebabf) {
    const slice = universalSlice(source, architecture, big === 0xcafebabf);
    return slice === undefined ? undefined : readMacho(source, slice);
  }
  if (start.getUint16(0, false) === 0x4d5a) {
    const functions = peFunctions(source, beside, mostBytes);
    return functions && new Symbols(functions.table, functions.names, functions.sections, peLayout);
  }
  return start.getUint32(0, true) === 0xfeedfacf ? readMacho(source, 0) : undefined;
}

function readElf(source: ImageSource): SymbolTable | undefined {
  const head = source.read(0, 64);
  if (head?.getUint16(4, false) !== 0x0201) {
    // Not of 64 bits, or big endian.
    return undefined;
  }
  const segments = readHeaders(source, tableOf(head, 32, 54))
    ?.filter((header) => header.byteLength >= 56 && header.getUint32(0, true) === 1)
    .map((header) => rangeOf(header.getBigUint64(16, true), header.getBigUint64(40, true)));
  const sections = readHeaders(source, tableOf(head, 40, 58));
  const symbols = sections?.find(
    (header) => header.byteLength >= 64 && header.getUint32(4, true) === 2,
  );
  const names = symbols && sections?.[symbols.getUint32(40, true)];
  if (segments === undefined || symbols === undefined || names === undefined) {
    return undefined;
  }
  const [table, text] = [sectionBytes(source, symbols), sectionBytes(source, names)];
  return table && text && new Symbols(table, text, segments, elfLayout);
}

interface HeaderTable {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

function tableOf(head: DataView, offsetAt: number, sizeAt: number): HeaderTable {
  return {
    offset: Number(head.getBigUint64(offsetAt, true)),
    size: head.getUint16(sizeAt, true),
    count: head.getUint16(sizeAt + 2, true),
  };
}

function readHeaders(
  source: ImageSource,
  { offset, size, count }: HeaderTable,
): readonly DataView[] | undefined {
  const bytes = count > mostHeaders ? undefined : source.read(offset, size * count);
  return (
    bytes &&
    Array.from(
      { length: count },
      (_, index) => new DataView(bytes.buffer, bytes.byteOffset + index * size, size),
    )
  );
}

function sectionBytes(source: ImageSource, header: DataView): DataView | undefined {
  const [offset, size] = [header.getBigUint64(24, true), header.getBigUint64(32, true)];
  return size > mostBytes ? undefined : source.read(Number(offset), Number(size));
}

function rangeOf(start: bigint, length: bigint): AddressRange {
  return { start: Number(start), end: Number(start + length) };
}

const machoMachines: Readonly<Record<string, number>> = { x64: 0x01000007, arm64: 0x0100000c };

function universalSlice(
  source: ImageSource,
  architecture: string,
  is64: boolean,
): number | undefined {
  const entryBytes = is64 ? 32 : 20;
  const count = Math.min(source.read(4, 4)?.getUint32(0, false) ?? 0, 40);
  const table = source.read(8, count * entryBytes);
  for (let at = 0; table !== undefined && at < table.byteLength; at += entryBytes) {
    if (table.getUint32(at, false) === machoMachines[architecture]) {
      return is64 ? Number(table.getBigUint64(at + 8, false)) : table.getUint32(at + 8, false);
    }
  }
  return undefined;
}

function readMacho(source: ImageSource, start: number): SymbolTable | undefined {
  const commands = machoCommands(source, start);
  const segments = commands
    .filter((command) => command.getUint32(0, true) === 0x19 && command.byteLength >= 72)
    .map((command) => rangeOf(command.getBigUint64(24, true), command.getBigUint64(32, true)));
  const symbols = commands.find(
    (command) => command.getUint32(0, true) === 2 && command.byteLength >= 24,
  );
  if (symbols === undefined) {
    return undefined;
  }
  const part = (offsetAt: number, countAt: number, bytes: number): DataView | undefined => {
    const length = symbols.getUint32(countAt, true) * bytes;
    const offset = start + symbols.getUint32(offsetAt, true);
    return length > mostBytes ? undefined : source.read(offset, length);
  };
  const [table, text] = [part(8, 12, machoLayout.bytes), part(16, 20, 1)];
  return table && text && new Symbols(table, text, segments, machoLayout);
}

/** The load commands as far as they make sense. */
function machoCommands(source: ImageSource, start: number): readonly DataView[] {
  const bytes = source.read(start + 20, 4)?.getUint32(0, true) ?? 0;
  const all = bytes > mostBytes ? undefined : source.read(start + 32, bytes);
  const commands: DataView[] = [];
  let at = 0;
  while (all !== undefined && at + 8 <= all.byteLength && commands.length < mostHeaders) {
    const size = all.getUint32(at + 4, true);
    if (size < 8 || at + size > all.byteLength) {
      break;
    }
    commands.push(new DataView(all.buffer, all.byteOffset + at, size));
    at += size;
  }
  return commands;
}

/** Tables have tens of thousands of symbols and are read before every first call, by code that never ran: the loop is bare. */
class Symbols implements SymbolTable {
  /** Little endian, as the machines are that these formats are read on. */
  readonly #words: Uint32Array;
  readonly #names: Buffer;
  readonly #segments: readonly AddressRange[];
  readonly #layout: SymbolLayout;

  constructor(
    table: DataView,
    names: DataView,
    segments: readonly AddressRange[],
    layout: SymbolLayout,
  ) {
    const { buffer, byteOffset, byteLength } = table;
    const length = byteLength - (byteLength % layout.bytes);
    this.#words =
      byteOffset % 4 === 0
        ? new Uint32Array(buffer, byteOffset, length / 4)
        : new Uint32Array(buffer.slice(byteOffset, byteOffset + length));
    this.#names = Buffer.from(names.buffer, names.byteOffset, names.byteLength);
    this.#segments = segments;
    this.#layout = layout;
  }

  addressOf(name: string): number | undefined {
    const wanted = Buffer.from(`${this.#layout.prefix}${name}\0`);
    const words = this.#words;
    const step = this.#layout.bytes / 4;
    // A name may be the end of another one.
    for (let at = this.#names.indexOf(wanted); at >= 0; at = this.#names.indexOf(wanted, at + 1)) {
      for (let word = words.indexOf(at); word >= 0; word = words.indexOf(at, word + 1)) {
        if (word % step === 0 && this.#isFunction(word)) {
          return this.#address(word);
        }
      }
    }
    return undefined;
  }

  namesAt(addresses: ReadonlySet<number>): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, string[]>();
    const words = this.#words;
    const step = this.#layout.bytes / 4;
    // Functions of one vtable lie near to each other, and most others do not.
    const [least, greatest] = [Math.min(...addresses), Math.max(...addresses)];
    for (let word = 0; word < words.length; word += step) {
      const address = this.#address(word);
      const isNear = address >= least && address <= greatest;
      if (isNear && addresses.has(address) && this.#isFunction(word)) {
        found.set(address, [...(found.get(address) ?? []), this.#nameOf(word)]);
      }
    }
    return found;
  }

  hasBytes(address: number, length: number): boolean {
    return this.#segments.some(({ start, end }) => address >= start && address + length <= end);
  }

  #isFunction(word: number): boolean {
    return this.#layout.isFunction((this.#words[word + 1] ?? 0) & 0xff);
  }

  #address(word: number): number {
    return (this.#words[word + 2] ?? 0) + (this.#words[word + 3] ?? 0) * 0x1_0000_0000;
  }

  #nameOf(word: number): string {
    const nameAt = this.#words[word] ?? 0;
    const end = this.#names.indexOf(0, nameAt);
    const name = end < 0 ? "" : this.#names.toString("utf8", nameAt, end);
    return name.slice(this.#layout.prefix.length);
  }
}
