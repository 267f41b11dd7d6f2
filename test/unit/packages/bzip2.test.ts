// What is compressed is the same again once it is decompressed. test/packages lets libbz2 read it, inside of archives.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { bunzip2 } from "../../../src/packages/bunzip2.ts";
import { bzip2 } from "../../../src/packages/bzip2.ts";
import { codeLengths, codesOf } from "../../../src/packages/huffmanCode.ts";

async function compressed(content: Uint8Array, pieceBytes: number): Promise<Buffer> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < content.length; from += pieceBytes) {
      yield await Promise.resolve(content.subarray(from, from + pieceBytes));
    }
  }
  const written: Uint8Array[] = [];
  for await (const piece of bzip2(pieces())) {
    written.push(piece);
  }
  return Buffer.concat(written);
}

function decompressed(file: Buffer): Buffer {
  const left = [file];
  return Buffer.concat([...bunzip2(() => left.shift())]);
}

/** Bytes without a pattern, the same in each run. */
function noise(length: number): Buffer {
  const parts = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash("sha256").update(String(index)).digest(),
  );
  return Buffer.concat(parts).subarray(0, length);
}

describe("bzip2", function () {
  this.timeout(300_000);
  const runs = [3, 4, 5, 254, 255, 256, 259, 260].map((length, byte) => Buffer.alloc(length, byte));
  const rows: readonly (readonly [name: string, content: Buffer])[] = [
    ["nothing", Buffer.alloc(0)],
    ["one byte", Buffer.from("a")],
    ["runs about the lengths that are written in short", Buffer.concat(runs)],
    ["each byte once", Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte))],
    ["the same pair again and again, whose rotations are equal", Buffer.from("ab".repeat(20_000))],
    [
      "text",
      Buffer.from(Array.from({ length: 5000 }, (_, line) => `line ${String(line)}\n`).join("")),
    ],
    ["noise", noise(50_000)],
    ["more than one block", noise(905_000)],
  ];
  for (const [name, content] of rows) {
    it(`writes what can be read: ${name}`, async () => {
      const file = await compressed(content, 40_000);
      assert.ok(decompressed(file).equals(content));
    });
  }

  it("gives the same bytes however the content comes", async () => {
    const [, content = Buffer.alloc(0)] = rows[5] ?? [];
    assert.deepEqual(await compressed(content, 1), await compressed(content, 1_000_000));
    assert.ok((await compressed(content, 1000)).length < content.length / 5);
  });

  it("keeps codes at their longest, and no code begins another", () => {
    // Numbers of Fibonacci make the deepest tree there is.
    const counts = [1, 1];
    while (counts.length < 40) {
      counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0));
    }
    const lengths = codeLengths(counts, 17);
    assert.equal(Math.max(...lengths), 17);
    const words = codesOf(lengths)
      .map((code, symbol) => code.toString(2).padStart(lengths[symbol] ?? 0, "0"))
      .sort();
    words.forEach((word, place) => {
      assert.equal(word.length <= 17, true);
      assert.ok(!(words[place + 1] ?? "").startsWith(word));
    });
  });
});
