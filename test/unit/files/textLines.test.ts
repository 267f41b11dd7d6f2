// Lines out of pieces: cut at newlines alone, wherever the pieces are cut.

import assert from "node:assert/strict";
import { describeFileProblem } from "../../../src/files/fileProblem.ts";
import { textLines } from "../../../src/files/textLines.ts";

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

async function linesOf(bytes: Buffer, size: number, limit = 1024): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of textLines(inPieces(bytes, size), limit)) {
    lines.push(line.ok ? line.value : describeFileProblem("It", line.error));
  }
  return lines;
}

describe("lines of text", () => {
  it("are the same wherever the pieces end", async () => {
    const text = '{"a":"é\u2028\r!"}\r\n\n"\u{1F980}"\nlast';
    for (let size = 1; size <= Buffer.byteLength(text); size += 1) {
      assert.deepEqual(await linesOf(Buffer.from(text), size), [
        '{"a":"é\u2028\r!"}',
        "",
        '"\u{1F980}"',
        "last",
      ]);
    }
    assert.deepEqual(await linesOf(Buffer.from("one\n"), 3), ["one"]);
    assert.deepEqual(await linesOf(Buffer.alloc(0), 3), []);
  });

  it("end at the first one that is no UTF-8", async () => {
    assert.deepEqual(await linesOf(Buffer.from("a\n\xff\nc\n", "latin1"), 2), [
      "a",
      "It cannot be read: it is no UTF-8 text, which line 2 shows first. Save it in UTF-8.",
    ]);
  });

  it("end at one that does not end", async () => {
    const lines = await linesOf(Buffer.from(`a\n${"0".repeat(5000)}`), 512);
    assert.deepEqual(lines, [
      "a",
      "It cannot be read: line 2 is longer than 1 KiB, the most that is read of one. Give shorter lines.",
    ]);
  });

  it("end at what the reading meets", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from("a\nb"));
      throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
    }
    const lines: string[] = [];
    for await (const line of textLines(broken(), 1024)) {
      lines.push(line.ok ? line.value : line.error.reason);
    }
    assert.deepEqual(lines, ["a", "EIO: i/o error"]);
  });
});
