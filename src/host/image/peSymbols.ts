// Functions of a PE library: from its COFF symbol table, which GNU's linker keeps, or from the program database beside it, which
// Microsoft's and LLVM's linkers write. Layouts: Microsoft's "PE Format"; x64 and ARM64 have the same.

import type { ImageSource } from "./imageHeaders.ts";
import { readPdbFunctions } from "./pdbSymbols.ts";
import type { AddressRange } from "./addressRange.ts";

const symbolBytes = 18;
const sectionBytes = 40;
const mostSections = 4096;

/** What a symbol's type says of a function: DTYPE_FUNCTION in the high half of the low byte. */
const functionType = 0x20;

/** Where the table of data directories begins in a header of 64 bits, and the directory of debug information in it. */
const [wideHeader, debugDirectoryAt] = [0x20b, 160];
const codeViewType = 2;

/** Functions by names of more than eight bytes, as all of Fidius' have. Addresses are relative to where the library is loaded. */
export interface PeFunctions {
  /** 16 bytes each: the place of the name in `names`, 0, the address and 0, as 32-bit words. */
  readonly table: DataView;
  /** Names that end with 0. */
  readonly names: DataView;
  readonly sections: readonly AddressRange[];
}

/** Opens a file in the library's folder for `use`; undefined when there is none. */
export type FileBeside = <T>(name: string, use: (source: ImageSource) => T) => T | undefined;

interface Headers {
  readonly symbolsAt: number;
  readonly symbolCount: number;
  readonly sections: readonly Section[];
  readonly debugDirectory: { readonly address: number; readonly bytes: number };
}

interface Section extends AddressRange {
  readonly fileOffset: number;
}

/** Reads the functions; undefined when neither the library nor a database of its own names any. */
export function peFunctions(
  source: ImageSource,
  beside: FileBeside,
  mostBytes: number,
): PeFunctions | undefined {
  const headers = readHeaders(source);
  return (
    headers &&
    (fromCoff(source, headers, mostBytes) ?? fromDatabase(source, headers, beside, mostBytes))
  );
}

function readHeaders(source: ImageSource): Headers | undefined {
  const at = source.read(60, 4)?.getUint32(0, true);
  const head = at === undefined ? undefined : source.read(at, 24);
  if (at === undefined || head?.getUint32(0, false) !== 0x50450000) {
    return undefined;
  }
  const [sectionCount, optionalBytes] = [head.getUint16(6, true), head.getUint16(20, true)];
  const optional = source.read(at + 24, optionalBytes);
  const table =
    sectionCount > mostSections
      ? undefined
      : source.read(at + 24 + optionalBytes, sectionCount * sectionBytes);
  if (optional === undefined || table === undefined) {
    return undefined;
  }
  const hasDebug =
    optionalBytes >= debugDirectoryAt + 8 && optional.getUint16(0, true) === wideHeader;
  const debugField = (field: number): number =>
    hasDebug ? optional.getUint32(debugDirectoryAt + field, true) : 0;
  return {
    symbolsAt: head.getUint32(12, true),
    symbolCount: head.getUint32(16, true),
    sections: Array.from({ length: sectionCount }, (_, index) => sectionAt(table, index)),
    debugDirectory: { address: debugField(0), bytes: debugField(4) },
  };
}

function sectionAt(table: DataView, index: number): Section {
  const field = (offset: number): number => table.getUint32(index * sectionBytes + offset, true);
  return { start: field(12), end: field(12) + field(8), fileOffset: field(20) };
}

function fromCoff(
  source: ImageSource,
  { symbolsAt, symbolCount, sections }: Headers,
  mostBytes: number,
): PeFunctions | undefined {
  const tableBytes = symbolCount * symbolBytes;
  if (symbolsAt === 0 || tableBytes === 0 || tableBytes > mostBytes) {
    return undefined;
  }
  const namesAt = symbolsAt + tableBytes;
  const nameBytes = source.read(namesAt, 4)?.getUint32(0, true) ?? 0;
  const symbols = source.read(symbolsAt, tableBytes);
  const names = nameBytes > mostBytes ? undefined : source.read(namesAt, nameBytes);
  return symbols && names && { table: coffTable(symbols, sections), names, sections };
}

function coffTable(symbols: DataView, sections: readonly Section[]): DataView {
  const words: number[] = [];
  for (let at = 0; at + symbolBytes <= symbols.byteLength; at += symbolBytes) {
    const section = sections[symbols.getInt16(at + 12, true) - 1];
    const isLongName = symbols.getUint32(at, true) === 0;
    if (isLongName && section !== undefined && symbols.getUint16(at + 14, true) === functionType) {
      words.push(
        symbols.getUint32(at + 4, true),
        0,
        section.start + symbols.getUint32(at + 8, true),
        0,
      );
    }
    // More of the same symbol.
    at += symbols.getUint8(at + 17) * symbolBytes;
  }
  return new DataView(Uint32Array.from(words).buffer);
}

function fromDatabase(
  source: ImageSource,
  { sections, debugDirectory }: Headers,
  beside: FileBeside,
  mostBytes: number,
): PeFunctions | undefined {
  const entry = codeViewOf(source, sections, debugDirectory);
  const functions =
    entry &&
    beside(entry.fileName, (database) =>
      readPdbFunctions(database, entry, isFidiusName, mostBytes),
    );
  if (functions === undefined) {
    return undefined;
  }
  const names = Buffer.from(functions.map(({ name }) => `${name}\0`).join(""));
  const words: number[] = [];
  let nameAt = 0;
  for (const { name, section, offset } of functions) {
    const start = sections[section - 1]?.start;
    if (start !== undefined) {
      words.push(nameAt, 0, start + offset, 0);
    }
    nameAt += Buffer.byteLength(name) + 1;
  }
  return {
    table: new DataView(Uint32Array.from(words).buffer),
    names: new DataView(names.buffer, names.byteOffset, names.byteLength),
    sections,
  };
}

function isFidiusName(name: string): boolean {
  return name === "fidius_get_registry" || name.includes("__fidius_shim_");
}

interface CodeView {
  readonly guid: string;
  /** Without folders: what a library says of other folders is not followed. */
  readonly fileName: string;
}

/** Which database belongs to the library: "RSDS", 16 bytes that both have, an age, and the database's path. */
function codeViewOf(
  source: ImageSource,
  sections: readonly Section[],
  { address, bytes }: Headers["debugDirectory"],
): CodeView | undefined {
  const section = sections.find(({ start, end }) => address >= start && address < end);
  const entries =
    section === undefined || bytes > 28 * mostSections
      ? undefined
      : source.read(section.fileOffset + address - section.start, bytes);
  for (let at = 0; entries !== undefined && at + 28 <= entries.byteLength; at += 28) {
    const [length, offset] = [entries.getUint32(at + 16, true), entries.getUint32(at + 24, true)];
    const isCodeView = entries.getUint32(at + 12, true) === codeViewType;
    const view =
      isCodeView && length > 24 && length < 65_536 ? source.read(offset, length) : undefined;
    if (view?.getUint32(0, false) === 0x52534453) {
      const content = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
      const path = content.toString("utf8", 24).split("\0", 1)[0] ?? "";
      return { guid: content.toString("hex", 4, 20), fileName: path.replace(/^.*[/\\]/su, "") };
    }
  }
  return undefined;
}
