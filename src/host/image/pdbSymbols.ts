// Functions named in a program database (.pdb), where Microsoft's linker and LLVM's put the names that other formats keep in the
// library. Layouts: LLVM's "The PDB File Format" (MSF container, DBI stream, CodeView symbol records).

import type { ImageSource } from "./imageHeaders.ts";

/** A function's name and where it is in a section of the library. */
export interface PdbFunction {
  readonly name: string;
  /** From 1, as the library's own section table counts. */
  readonly section: number;
  readonly offset: number;
}

/** What tells that a library and a database were linked together. */
export interface PdbIdentity {
  /** 16 bytes in hexadecimal digits. */
  readonly guid: string;
}

const magic = "Microsoft C/C++ MSF 7.00\r\n\x1aDS\0\0\0";
const mostStreams = 1 << 16;
const mostModules = 1 << 16;

const [informationStream, debugStream] = [1, 3];
const noStream = 0xffff;

/** The size of a stream that was deleted. */
const absentStream = 0xffff_ffff;

const publicSymbol = 0x110e;
const procedureSymbols: ReadonlySet<number> = new Set([0x110f, 0x1110, 0x1146, 0x1147]);

/** Reads the functions whose names `isWanted` takes; undefined when the file is no database of this identity. */
export function readPdbFunctions(
  source: ImageSource,
  identity: PdbIdentity,
  isWanted: (name: string) => boolean,
  mostBytes: number,
): readonly PdbFunction[] | undefined {
  const streams = MsfStreams.open(source, mostBytes);
  const debug = streams?.read(debugStream);
  if (streams === undefined || debug === undefined || debug.length < 64) {
    return undefined;
  }
  if (streams.read(informationStream)?.toString("hex", 12, 28) !== identity.guid) {
    return undefined;
  }
  const found: PdbFunction[] = [];
  const publics = streams.read(debug.readUInt16LE(20)) ?? Buffer.alloc(0);
  readRecords(publics, { start: 0, end: publics.length }, isWanted, found);
  for (const { stream, symbolBytes } of modulesOf(debug)) {
    const symbols = streams.read(stream) ?? Buffer.alloc(0);
    // The first four bytes say the version of the records.
    readRecords(symbols, { start: 4, end: Math.min(symbolBytes, symbols.length) }, isWanted, found);
  }
  return found;
}

interface Module {
  readonly stream: number;
  readonly symbolBytes: number;
}

/** The modules of the DBI stream that have symbols: each is 64 bytes and two names, to the next multiple of four. */
function modulesOf(debug: Buffer): readonly Module[] {
  const end = Math.min(64 + debug.readUInt32LE(24), debug.length);
  const modules: Module[] = [];
  for (let at = 64; at + 64 <= end && modules.length < mostModules;) {
    const stream = debug.readUInt16LE(at + 34);
    if (stream !== noStream) {
      modules.push({ stream, symbolBytes: debug.readUInt32LE(at + 36) });
    }
    const firstName = debug.indexOf(0, at + 64);
    const secondName = firstName < 0 ? -1 : debug.indexOf(0, firstName + 1);
    if (secondName < 0) {
      break;
    }
    at = Math.ceil((secondName + 1) / 4) * 4;
  }
  return modules;
}

function readRecords(
  bytes: Buffer,
  { start, end }: { readonly start: number; readonly end: number },
  isWanted: (name: string) => boolean,
  found: PdbFunction[],
): void {
  for (let at = start; at + 4 <= end;) {
    const next = at + 2 + bytes.readUInt16LE(at);
    if (next < at + 4 || next > end) {
      return;
    }
    const kind = bytes.readUInt16LE(at + 2);
    // Section and offset stand before the name: a public symbol has flags before them, a procedure seven other words.
    const offsetAt = kind === publicSymbol ? at + 8 : procedureSymbols.has(kind) ? at + 32 : null;
    const nameAt = offsetAt === null ? next : offsetAt + (kind === publicSymbol ? 6 : 7);
    if (offsetAt !== null && nameAt < next) {
      const nameEnd = bytes.indexOf(0, nameAt);
      const name = bytes.toString("utf8", nameAt, nameEnd < 0 ? next : Math.min(nameEnd, next));
      if (isWanted(name)) {
        const section = bytes.readUInt16LE(offsetAt + 4);
        found.push({ name, section, offset: bytes.readUInt32LE(offsetAt) });
      }
    }
    at = next;
  }
}

interface StreamPlace {
  readonly bytes: number;
  /** Where its list of blocks is in the directory. */
  readonly listAt: number;
}

/** The container: a file of blocks, in which each stream is a list of blocks. */
class MsfStreams {
  readonly #source: ImageSource;
  readonly #blockBytes: number;
  readonly #directory: Buffer;
  readonly #places: readonly StreamPlace[];
  /** How many more bytes are read: modules may all name the same large stream. */
  #bytesLeft: number;

  constructor(source: ImageSource, blockBytes: number, directory: Buffer, mostBytes: number) {
    this.#source = source;
    this.#blockBytes = blockBytes;
    this.#directory = directory;
    this.#places = placesOf(directory, blockBytes);
    this.#bytesLeft = mostBytes;
  }

  static open(source: ImageSource, mostBytes: number): MsfStreams | undefined {
    const head = bytesOf(source, 0, 56);
    const blockBytes = head?.readUInt32LE(32) ?? 0;
    if (head?.toString("latin1", 0, 32) !== magic || blockBytes < 512 || blockBytes > 65_536) {
      return undefined;
    }
    const directoryBytes = head.readUInt32LE(44);
    const mapBytes = Math.ceil(directoryBytes / blockBytes) * 4;
    const map =
      directoryBytes > mostBytes
        ? undefined
        : bytesOf(source, head.readUInt32LE(52) * blockBytes, mapBytes);
    const directory = map && readBlocks(source, blockBytes, map, directoryBytes);
    return directory && new MsfStreams(source, blockBytes, directory, mostBytes);
  }

  /** All bytes of a stream; undefined when there is none of that number, or too much was read already. */
  read(stream: number): Buffer | undefined {
    const place = this.#places[stream];
    const listBytes = Math.ceil((place?.bytes ?? 0) / this.#blockBytes) * 4;
    if (place === undefined || place.bytes > this.#bytesLeft) {
      return undefined;
    }
    this.#bytesLeft -= place.bytes;
    const list = this.#directory.subarray(place.listAt, place.listAt + listBytes);
    return list.length < listBytes
      ? undefined
      : readBlocks(this.#source, this.#blockBytes, list, place.bytes);
  }
}

/** The directory: how many streams there are, the size of each, then their lists of blocks. */
function placesOf(directory: Buffer, blockBytes: number): readonly StreamPlace[] {
  const count = directory.length < 4 ? 0 : directory.readUInt32LE(0);
  const sizesEnd = 4 + count * 4;
  if (count > mostStreams || sizesEnd > directory.length) {
    return [];
  }
  let listAt = sizesEnd;
  return Array.from({ length: count }, (_, stream) => {
    const size = directory.readUInt32LE(4 + stream * 4);
    const bytes = size === absentStream ? 0 : size;
    const place = { bytes, listAt };
    listAt += Math.ceil(bytes / blockBytes) * 4;
    return place;
  });
}

function readBlocks(
  source: ImageSource,
  blockBytes: number,
  list: Buffer,
  bytes: number,
): Buffer | undefined {
  const all = Buffer.alloc(bytes);
  for (let done = 0, index = 0; done < bytes; done += blockBytes, index += 1) {
    const length = Math.min(blockBytes, bytes - done);
    const block = bytesOf(source, list.readUInt32LE(index * 4) * blockBytes, length);
    if (block === undefined) {
      return undefined;
    }
    block.copy(all, done);
  }
  return all;
}

function bytesOf(source: ImageSource, offset: number, length: number): Buffer | undefined {
  const view = source.read(offset, length);
  return view && Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
