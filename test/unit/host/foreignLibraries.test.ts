// Libraries of other systems, x64 and ARM64, as rustc and the linkers of LLVM and GNU wrote them (test/vectors/libraries): what they
// are and which functions they name, and files of the same kinds that make no sense.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readImage, type ImageSource } from "../../../src/host/image/imageHeaders.ts";
import type { FileBeside } from "../../../src/host/image/peSymbols.ts";
import { readSymbolTable, type SymbolTable } from "../../../src/host/image/symbolTable.ts";

const folder = join(import.meta.dirname, "../../vectors/libraries");

function sourceOf(bytes: Uint8Array): ImageSource {
  return {
    size: bytes.length,
    read: (offset, length) =>
      offset + length <= bytes.length
        ? new DataView(bytes.buffer, bytes.byteOffset + offset, length)
        : undefined,
  };
}

function besideOf(files: Readonly<Record<string, Uint8Array>>): FileBeside {
  return (name, use) => {
    const bytes = files[name];
    return bytes === undefined ? undefined : use(sourceOf(bytes));
  };
}

function shimAt(table: SymbolTable | undefined, offset: number): string {
  const own = table?.addressOf("fidius_get_registry") ?? Number.NaN;
  return (
    table
      ?.namesAt(new Set([own + offset]))
      .get(own + offset)
      ?.join() ?? ""
  );
}

describe("libraries of other systems", () => {
  // Where the linker put the two functions, from the entry point.
  for (const [kind, format, architecture, greet, part] of [
    ["x86_64-msvc", "pe", "x64", -16, -32],
    ["aarch64-msvc", "pe", "arm64", -12, -24],
    ["x86_64-gnu", "pe", "x64", -16, -32],
    ["x86_64-macos", "macho", "x64", -16, -32],
    ["aarch64-macos", "macho", "arm64", -12, -24],
  ] as const) {
    const library = readFileSync(join(folder, kind, format === "pe" ? "shims.dll" : "shims.dylib"));
    const files: Readonly<Record<string, Uint8Array>> = kind.endsWith("msvc")
      ? { "shims.pdb": readFileSync(join(folder, kind, "shims.pdb")) }
      : {};

    it(`${kind}: is a whole library of its system and processor`, () => {
      assert.deepEqual(readImage(sourceOf(library), architecture), {
        kind: "image",
        format,
        architectures: [architecture],
        isLibrary: true,
      });
      const cut = library.subarray(0, -1);
      assert.equal(readImage(sourceOf(cut), architecture).kind, "truncated");
    });

    it(`${kind}: finds the functions of a vtable beside the entry point`, () => {
      const table = readSymbolTable(sourceOf(library), architecture, besideOf(files));
      assert.match(shimAt(table, greet), /__fidius_shim_Greeter_greet/);
      assert.match(shimAt(table, part), /__fidius_shim_Greeter_part/);
      assert.equal(table?.hasBytes(table.addressOf("fidius_get_registry") ?? 0, 8), true);
    });

    it(`${kind}: a damaged file gives names or none, never an exception`, () => {
      const file = files["shims.pdb"] ?? library;
      fc.assert(
        fc.property(
          fc.nat(file.length - 4),
          fc.integer({ min: -1, max: 0x7fff_ffff }),
          fc.boolean(),
          (at, word, isCut) => {
            const damaged = Buffer.from(file);
            damaged.writeInt32LE(word, at);
            const bytes = isCut ? damaged.subarray(0, at) : damaged;
            const table =
              file === library
                ? readSymbolTable(sourceOf(bytes), architecture)
                : readSymbolTable(
                    sourceOf(library),
                    architecture,
                    besideOf({ "shims.pdb": bytes }),
                  );
            table?.addressOf("fidius_get_registry");
            table?.namesAt(new Set([0x1000, 0x1010]));
          },
        ),
      );
    });
  }

  it("does not take the names of another build's database", () => {
    const library = readFileSync(join(folder, "x86_64-msvc", "shims.dll"));
    const other = readFileSync(join(folder, "aarch64-msvc", "shims.pdb"));
    const beside = besideOf({ "shims.pdb": other });
    assert.equal(readSymbolTable(sourceOf(library), "x64", beside), undefined);
    assert.equal(readSymbolTable(sourceOf(library), "x64"), undefined);
  });
});
