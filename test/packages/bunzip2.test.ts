// The decompression of archives: what bzip2 wrote comes out again, what it did not write is refused, and nothing is decoded ahead.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { bunzip2 } from "../../src/packages/bunzip2.ts";
import { Bzip2Error } from "../../src/packages/bzip2Bits.ts";
import { noise, temporaryFolder } from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

let oracle: PackageOracle;

before(async function () {
  this.timeout(300_000);
  oracle = await buildPackageOracle();
});

async function compressed(content: Uint8Array): Promise<Uint8Array> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "content");
  await writeFile(file, content);
  assert.ok((await oracle("compress", file)).accepted);
  return await readFile(`${file}.bz2`);
}

/** The file in pieces of `size` bytes. */
function reader(file: Uint8Array, size: number): () => Uint8Array | undefined {
  let position = 0;
  return () => {
    const piece = file.subarray(position, position + size);
    position += piece.length;
    return piece.length === 0 ? undefined : piece;
  };
}

function decompressed(file: Uint8Array, size = 1000): Buffer {
  return Buffer.concat([...bunzip2(reader(file, size))]);
}

const runs = fc
  .array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 700 })), { maxLength: 400 })
  .map((pairs) => Buffer.concat(pairs.map(([byte, times]) => Buffer.alloc(times, byte))));

it("whatever was compressed comes out again, in whatever pieces it is read", async function () {
  this.timeout(120_000);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 5000 }), runs),
      fc.integer({ min: 1, max: 5000 }),
      async (content, size) => {
        assert.ok(decompressed(await compressed(content), size).equals(content));
      },
    ),
    { numRuns: 40 },
  );
  const several = Buffer.concat([noise("blocks", 1_000_000), Buffer.alloc(3_000_000, 7)]);
  assert.ok(decompressed(await compressed(several)).equals(several));
});

it("a cut file is cut, and a changed one is damaged or the same", async function () {
  this.timeout(120_000);
  const content = noise("damage", 3000);
  const file = await compressed(content);
  for (let length = 0; length < file.length; length += 97) {
    assert.throws(
      () => decompressed(file.subarray(0, length)),
      (error) => error instanceof Bzip2Error && error.reason === "cut",
    );
  }
  fc.assert(
    fc.property(fc.nat({ max: file.length * 8 - 1 }), (bit) => {
      const changed = Uint8Array.from(file);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        assert.ok(decompressed(changed).equals(content));
      } catch (error) {
        assert.ok(error instanceof Bzip2Error, String(error));
      }
    }),
    { numRuns: 300 },
  );
});

it("any bytes behind the head end with an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const file = Buffer.concat([Buffer.from("BZh91AY&SY"), bytes]);
      assert.throws(() => decompressed(file), Bzip2Error);
    }),
  );
});

it("nothing is decoded ahead: pieces are small, and who takes one costs one", async function () {
  this.timeout(60_000);
  const file = await compressed(Buffer.alloc(60 << 20));
  let length = 0;
  for (const piece of bunzip2(reader(file, 1000))) {
    assert.ok(piece.length <= 64 * 1024);
    length += piece.length;
    if (length > 0) {
      break;
    }
  }
  assert.ok(length <= 64 * 1024, `${String(length)} bytes`);
});
