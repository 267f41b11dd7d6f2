// The checks before dlopen, on hand-made headers of all three formats and on a real library.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkLibrary } from "../../src/host/image/preflight.ts";
import type { LoadTarget } from "../../src/host/image/preflight.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";

const linux: LoadTarget = { platform: "linux", architecture: "x64" };
const macos: LoadTarget = { platform: "darwin", architecture: "arm64" };
const windows: LoadTarget = { platform: "win32", architecture: "x64" };

/** An ELF file of one loaded segment. */
function elf(machine: number, type = 3, size = 256): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write("\x7fELF\x02\x01\x01", "latin1");
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(1, 64);
  bytes.writeBigUInt64LE(200n, 64 + 32);
  return bytes;
}

/** A 64-bit Mach-O file of one segment. */
function macho(cpu: number, type = 6, size = 256): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(cpu, 4);
  bytes.writeUInt32LE(type, 12);
  bytes.writeUInt32LE(1, 16);
  bytes.writeUInt32LE(72, 20);
  bytes.writeUInt32LE(0x19, 32);
  bytes.writeUInt32LE(72, 36);
  bytes.writeBigUInt64LE(200n, 32 + 48);
  return bytes;
}

/** A universal Mach-O file with one slice per CPU. */
function universal(...cpus: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.writeUInt32BE(0xcafebabe, 0);
  bytes.writeUInt32BE(cpus.length, 4);
  for (const [index, cpu] of cpus.entries()) {
    const offset = 1024 * (index + 1);
    bytes.writeUInt32BE(cpu, 8 + index * 20);
    bytes.writeUInt32BE(offset, 8 + index * 20 + 8);
    bytes.writeUInt32BE(256, 8 + index * 20 + 12);
    macho(cpu).copy(bytes, offset);
  }
  return bytes;
}

/** A PE file of one section. */
function pe(machine: number, characteristics = 0x2022): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write("MZ", "latin1");
  bytes.writeUInt32LE(128, 60);
  bytes.write("PE\0\0", 128, "latin1");
  bytes.writeUInt16LE(machine, 132);
  bytes.writeUInt16LE(1, 134);
  bytes.writeUInt16LE(240, 148);
  bytes.writeUInt16LE(characteristics, 150);
  bytes.writeUInt32LE(512, 128 + 24 + 240 + 16);
  bytes.writeUInt32LE(512, 128 + 24 + 240 + 20);
  return bytes;
}

const x64 = 0x01000007;
const arm64 = 0x0100000c;

describe("checks before dlopen", () => {
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-preflight-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const check = async (bytes: Uint8Array, target: LoadTarget): Promise<string> => {
    const file = join(folder, "library");
    await writeFile(file, bytes);
    const result = checkLibrary(file, "plugin.so", target);
    return result.ok ? "ok" : `${result.error.kind}: ${result.error.message}`;
  };

  it("passes what this machine can load", async () => {
    assert.equal(await check(elf(62), linux), "ok");
    assert.equal(await check(elf(183), { ...linux, architecture: "arm64" }), "ok");
    assert.equal(await check(macho(arm64), macos), "ok");
    assert.equal(await check(universal(x64, arm64), macos), "ok");
    assert.equal(await check(pe(0x8664), windows), "ok");
  });

  it("names both machines when they differ", async () => {
    const wrong = /^wrongArchitecture: plugin\.so is built for (.*); this editor runs on (.*)\. /;
    const names = async (bytes: Uint8Array, target: LoadTarget): Promise<string> =>
      (wrong.exec(await check(bytes, target)) ?? []).slice(1).join(" / ");
    assert.equal(await names(elf(183), linux), "Linux arm64 / Linux x64");
    assert.equal(await names(elf(0x7777), linux), "Linux machine 0x7777 / Linux x64");
    assert.equal(await names(macho(arm64), linux), "macOS arm64 / Linux x64");
    assert.equal(await names(pe(0xaa64), windows), "Windows arm64 / Windows x64");
    assert.equal(await names(universal(x64), macos), "macOS x64 / macOS arm64");
    assert.equal(await names(elf(62), windows), "Linux x64 / Windows x64");
  });

  it("refuses programs and object files", async () => {
    assert.match(await check(elf(62, 1), linux), /^notALibrary: .*cdylib/);
    assert.match(await check(macho(arm64, 2), macos), /^notALibrary/);
    assert.match(await check(pe(0x8664, 0x22), windows), /^notALibrary/);
  });

  it("tells every cut of a file", async () => {
    const images = [
      [elf(62, 3, 200), linux],
      [macho(arm64, 6, 200), macos],
      [pe(0x8664), windows],
    ] as const;
    for (const [image, target] of images) {
      assert.equal(await check(image, target), "ok");
      for (let size = 0; size < image.length; size += 1) {
        const verdict = await check(image.subarray(0, size), target);
        assert.match(verdict, /^(?:truncated|notALibrary): /, `${String(size)} bytes`);
      }
    }
  }).timeout(60_000);

  it("refuses other files", async () => {
    assert.match(await check(Buffer.from("#!/bin/sh\necho"), linux), /^notALibrary/);
    assert.match(await check(Buffer.alloc(0), linux), /^notALibrary/);
    const javaClass = Buffer.alloc(64);
    javaClass.writeUInt32BE(0xcafebabe, 0);
    javaClass.writeUInt32BE(61, 4);
    assert.match(await check(javaClass, macos), /^notALibrary/);
  });

  it("passes a real library within a millisecond", async () => {
    const library = await fixtureLibrary("calls");
    assert.ok((await readFile(library)).length > 1_000_000);
    const times = Array.from({ length: 51 }, () => {
      const start = performance.now();
      assert.ok(checkLibrary(library, "calls").ok);
      return performance.now() - start;
    });
    const median = times.sort((left, right) => left - right)[25] ?? Number.NaN;
    assert.ok(median <= 1, `${String(median)} ms`);
  }).timeout(600_000);
});
