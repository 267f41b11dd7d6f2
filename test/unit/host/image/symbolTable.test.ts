// Symbols of Mach-O files, which no Linux machine builds, made by hand; and files of all kinds that make no sense. Real ELF
// files are read in test/host/olderLibraries.test.ts.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { ImageSource } from "../../../../src/host/image/imageHeaders.ts";
import { readSymbolTable } from "../../../../src/host/image/symbolTable.ts";

function sourceOf(bytes: Uint8Array): ImageSource {
  return {
    size: bytes.length,
    read: (offset, length) =>
      offset + length <= bytes.length
        ? new DataView(bytes.buffer, bytes.byteOffset + offset, length)
        : undefined,
  };
}

interface MachoSymbol {
  readonly name: string;
  readonly type: number;
  readonly value: number;
}

/** A thin file: header, one segment, one symbol table. */
function machoFile(symbols: readonly MachoSymbol[]): Buffer {
  const names = Buffer.from(`\0${symbols.map(({ name }) => `${name}\0`).join("")}`);
  const commandBytes = 72 + 24;
  const symbolsAt = 32 + commandBytes;
  const namesAt = symbolsAt + symbols.length * 16;
  const file = Buffer.alloc(namesAt + names.length);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(2, 16);
  file.writeUInt32LE(commandBytes, 20);
  file.writeUInt32LE(0x19, 32);
  file.writeUInt32LE(72, 36);
  file.writeBigUInt64LE(0x1000n, 32 + 24);
  file.writeBigUInt64LE(0x2000n, 32 + 32);
  file.writeUInt32LE(2, 104);
  file.writeUInt32LE(24, 108);
  file.writeUInt32LE(symbolsAt, 112);
  file.writeUInt32LE(symbols.length, 116);
  file.writeUInt32LE(namesAt, 120);
  file.writeUInt32LE(names.length, 124);
  let nameAt = 1;
  symbols.forEach(({ name, type, value }, index) => {
    const at = symbolsAt + index * 16;
    file.writeUInt32LE(nameAt, at);
    file.writeUInt8(type, at + 4);
    file.writeBigUInt64LE(BigInt(value), at + 8);
    nameAt += Buffer.byteLength(name) + 1;
  });
  names.copy(file, namesAt);
  return file;
}

const symbols = [
  { name: "_undefined", type: 0x01, value: 0x1500 },
  { name: "_debugged", type: 0x24, value: 0x1500 },
  { name: "_not_fidius_get_registry", type: 0x0f, value: 0x1600 },
  { name: "_fidius_get_registry", type: 0x0f, value: 0x1700 },
  { name: "__ZN1a22__fidius_shim_P_greet17h0123456789abcdefE", type: 0x0e, value: 0x1500 },
];

/** As `lipo` writes it: a table in front, the files behind. */
function universalFile(machine: number, slice: Buffer): Buffer {
  const head = Buffer.alloc(256);
  head.writeUInt32BE(0xcafebabe, 0);
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(7, 8);
  head.writeUInt32BE(machine, 28);
  head.writeUInt32BE(256, 36);
  head.writeUInt32BE(slice.length, 40);
  return Buffer.concat([head, slice]);
}

describe("symbol tables", () => {
  const thin = machoFile(symbols);
  for (const [what, file] of [
    ["thin", thin],
    ["universal", universalFile(0x0100000c, thin)],
  ] as const) {
    it(`of a ${what} Mach-O file name its functions, without the underscore`, () => {
      const table = readSymbolTable(sourceOf(file), "arm64");
      assert.ok(table !== undefined);
      assert.equal(table.addressOf("fidius_get_registry"), 0x1700);
      assert.equal(table.addressOf("undefined"), undefined);
      assert.deepEqual(
        [...table.namesAt(new Set([0x1500, 0x1501]))],
        [[0x1500, ["_ZN1a22__fidius_shim_P_greet17h0123456789abcdefE"]]],
      );
      assert.ok(table.hasBytes(0x2ff8, 8));
      assert.ok(!table.hasBytes(0x2ff9, 8));
    });
  }

  it("of another architecture are not read", () => {
    const file = universalFile(0x0100000c, thin);
    assert.equal(readSymbolTable(sourceOf(file), "x64"), undefined);
  });

  it("of damaged files are undefined or empty, and never an exception", () => {
    const elf = Buffer.alloc(400);
    elf.writeUInt32BE(0x7f454c46, 0);
    elf.writeUInt16BE(0x0201, 4);
    fc.assert(
      fc.property(
        fc.constantFrom(thin, universalFile(0x0100000c, thin), elf),
        fc.array(fc.tuple(fc.nat({ max: 399 }), fc.nat({ max: 255 })), { maxLength: 12 }),
        fc.nat({ max: 400 }),
        (file, changes, length) => {
          const bytes = Uint8Array.from(file);
          for (const [at, value] of changes.filter(([place]) => place > 6)) {
            bytes[at] = value;
          }
          const table = readSymbolTable(sourceOf(bytes.subarray(0, length)), "arm64");
          table?.addressOf("fidius_get_registry");
          table?.namesAt(new Set([0x1500]));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
