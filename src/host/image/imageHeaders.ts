// Headers of ELF, Mach-O and PE files: format, architecture, kind, and how many bytes they announce. Only what preflight.ts
// must know; anything odd is "none" or "truncated", never an exception.

/** A file to look into; `read` gives undefined past its end. */
export interface ImageSource {
  readonly size: number;
  read(offset: number, length: number): DataView | undefined;
}

export type ImageFormat = "elf" | "macho" | "pe";

export type Image =
  | { readonly kind: "none" }
  | { readonly kind: "truncated"; readonly needed: number; readonly size: number }
  | {
      readonly kind: "image";
      readonly format: ImageFormat;
      /** As in `process.arch`, or the number in hex when it has no such name. */
      readonly architectures: readonly string[];
      readonly isLibrary: boolean;
    };

const none: Image = { kind: "none" };

/** More of a header's tables than any real library has. */
const mostEntries = 65_536;

/** Reads the headers. Of a universal Mach-O file the slice of `architecture` is checked. */
export function readImage(source: ImageSource, architecture: string): Image {
  const start = source.read(0, 4);
  if (start === undefined) {
    return none;
  }
  const big = start.getUint32(0, false);
  if (big === 0x7f454c46) {
    return readElf(source);
  }
  if (big === 0xcafebabe || big === 0xcafebabf) {
    return readUniversal(source, architecture, big === 0xcafebabf);
  }
  const little = start.getUint32(0, true);
  if (little === 0xfeedfacf || little === 0xfeedface) {
    return readMacho(source, 0, source.size);
  }
  return start.getUint16(0, false) === 0x4d5a ? readPe(source) : none;
}

function truncated(needed: number, source: ImageSource): Image {
  return { kind: "truncated", needed, size: source.size };
}

const elfMachines: Readonly<Record<number, string>> = {
  3: "ia32",
  8: "mips",
  21: "ppc64",
  22: "s390x",
  40: "arm",
  62: "x64",
  183: "arm64",
  243: "riscv64",
  258: "loong64",
};

function readElf(source: ImageSource): Image {
  const head = source.read(0, 64);
  if (head === undefined) {
    return truncated(64, source);
  }
  const is64 = head.getUint8(4) === 2;
  const isLittle = head.getUint8(5) === 1;
  const machine = head.getUint16(18, isLittle);
  const name = elfMachines[machine] ?? `machine 0x${machine.toString(16)}`;
  const image: Image = {
    kind: "image",
    format: "elf",
    architectures: [isLittle ? name : `${name} (big endian)`],
    isLibrary: head.getUint16(16, isLittle) === 3,
  };
  if (!is64 || !isLittle) {
    return image;
  }
  const needed = Math.max(elfTableEnd(head, "sections"), elfTableEnd(head, "segments"));
  if (needed > source.size) {
    return truncated(needed, source);
  }
  const segments = elfSegmentsEnd(source, head);
  return segments > source.size ? truncated(segments, source) : image;
}

function elfTableEnd(head: DataView, table: "sections" | "segments"): number {
  const [offsetAt, sizeAt] = table === "sections" ? [40, 58] : [32, 54];
  const offset = Number(head.getBigUint64(offsetAt, true));
  return offset + head.getUint16(sizeAt, true) * head.getUint16(sizeAt + 2, true);
}

/** Where the last loaded segment ends in the file. */
function elfSegmentsEnd(source: ImageSource, head: DataView): number {
  const offset = Number(head.getBigUint64(32, true));
  const size = head.getUint16(54, true);
  const count = head.getUint16(56, true);
  const table = source.read(offset, size * count);
  let end = 0;
  for (let index = 0; table !== undefined && size >= 56 && index < count; index += 1) {
    const at = index * size;
    const isLoaded = table.getUint32(at, true) === 1;
    if (isLoaded) {
      const bytes = table.getBigUint64(at + 8, true) + table.getBigUint64(at + 32, true);
      end = Math.max(end, Number(bytes));
    }
  }
  return end;
}

const machoMachines: Readonly<Record<number, string>> = {
  0x00000007: "ia32",
  0x01000007: "x64",
  0x0000000c: "arm",
  0x0100000c: "arm64",
};

function machoName(type: number): string {
  return machoMachines[type] ?? `CPU 0x${type.toString(16)}`;
}

function readUniversal(source: ImageSource, architecture: string, is64: boolean): Image {
  const count = source.read(4, 4)?.getUint32(0, false) ?? 0;
  const entrySize = is64 ? 32 : 20;
  // The same magic begins a Java class file, where the count is a version number above 40.
  const table = count > 40 ? undefined : source.read(8, count * entrySize);
  if (table === undefined) {
    return none;
  }
  const names: string[] = [];
  let slice: Image | undefined;
  for (let index = 0; index < count; index += 1) {
    const at = index * entrySize;
    const name = machoName(table.getUint32(at, false));
    names.push(name);
    if (name === architecture) {
      const offset = is64 ? Number(table.getBigUint64(at + 8, false)) : table.getUint32(at + 8);
      const size = is64 ? Number(table.getBigUint64(at + 16, false)) : table.getUint32(at + 12);
      slice =
        offset + size > source.size
          ? truncated(offset + size, source)
          : readMacho(source, offset, size);
    }
  }
  if (slice?.kind === "image") {
    return { ...slice, architectures: names };
  }
  return slice ?? { kind: "image", format: "macho", architectures: names, isLibrary: true };
}

function readMacho(source: ImageSource, start: number, size: number): Image {
  const head = source.read(start, 32);
  if (head === undefined) {
    return truncated(start + 32, source);
  }
  const fileType = head.getUint32(12, true);
  const image: Image = {
    kind: "image",
    format: "macho",
    architectures: [machoName(head.getUint32(4, true))],
    isLibrary: fileType === 6 || fileType === 8,
  };
  if (head.getUint32(0, true) !== 0xfeedfacf) {
    return image;
  }
  const commandBytes = head.getUint32(20, true);
  const commands = source.read(start + 32, commandBytes);
  if (commands === undefined) {
    return truncated(start + 32 + commandBytes, source);
  }
  const end = machoSegmentsEnd(commands, head.getUint32(16, true));
  return end > size ? truncated(start + end, source) : image;
}

function machoSegmentsEnd(commands: DataView, count: number): number {
  let end = 0;
  let at = 0;
  for (let index = 0; index < Math.min(count, mostEntries); index += 1) {
    if (at + 8 > commands.byteLength) {
      break;
    }
    const size = commands.getUint32(at + 4, true);
    const isSegment = commands.getUint32(at, true) === 0x19;
    if (isSegment && at + 56 <= commands.byteLength) {
      const bytes = commands.getBigUint64(at + 40, true) + commands.getBigUint64(at + 48, true);
      end = Math.max(end, Number(bytes));
    }
    if (size < 8) {
      break;
    }
    at += size;
  }
  return end;
}

const peMachines: Readonly<Record<number, string>> = {
  0x014c: "ia32",
  0x8664: "x64",
  0x01c4: "arm",
  0xaa64: "arm64",
};

function readPe(source: ImageSource): Image {
  const offset = source.read(60, 4)?.getUint32(0, true);
  const head = offset === undefined ? undefined : source.read(offset, 24);
  if (offset === undefined || head === undefined) {
    return source.size < 64 ? none : truncated((offset ?? 0) + 24, source);
  }
  if (head.getUint32(0, false) !== 0x50450000) {
    return none;
  }
  const machine = head.getUint16(4, true);
  const sectionCount = head.getUint16(6, true);
  const tableAt = offset + 24 + head.getUint16(20, true);
  const table = source.read(tableAt, sectionCount * 40);
  if (table === undefined) {
    return truncated(tableAt + sectionCount * 40, source);
  }
  let end = 0;
  for (let index = 0; index < sectionCount; index += 1) {
    const at = index * 40;
    end = Math.max(end, table.getUint32(at + 16, true) + table.getUint32(at + 20, true));
  }
  end = Math.max(end, coffEnd(source, head));
  return end > source.size
    ? truncated(end, source)
    : {
        kind: "image",
        format: "pe",
        architectures: [peMachines[machine] ?? `machine 0x${machine.toString(16)}`],
        isLibrary: (head.getUint16(22, true) & 0x2000) !== 0,
      };
}

/** Where the table of symbols ends, with the names behind it, which say their own length first; 0 where there is none. */
function coffEnd(source: ImageSource, head: DataView): number {
  const [at, count] = [head.getUint32(12, true), head.getUint32(16, true)];
  if (at === 0 || count === 0) {
    return 0;
  }
  const namesAt = at + count * coffSymbolBytes;
  return namesAt + (source.read(namesAt, 4)?.getUint32(0, true) ?? 4);
}

const coffSymbolBytes = 18;
