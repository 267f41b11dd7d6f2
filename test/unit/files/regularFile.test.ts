// The one door for files: what is no regular file, or larger than its limit, is an answer at once.

import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync, constants, truncateSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describeFileProblem, sizeText } from "../../../src/files/fileProblem.ts";
import {
  checkRegularFile,
  openRegularFile,
  piecesOf,
  readRegularFile,
  readRegularFileSync,
  readRegularText,
  readRegularTextSync,
} from "../../../src/files/regularFile.ts";

const limit = 1024 * 1024;

describe("reading files", () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-files-"));
  });

  after(() => rm(folder, { recursive: true }));

  /** The same answer of both readers and of the check. */
  async function refusal(path: string, most = limit): Promise<string> {
    const read = await readRegularFile(path, { limit: most });
    const readAtOnce = readRegularFileSync(path, most);
    assert.ok(!read.ok && !readAtOnce.ok, `${path} was read`);
    assert.deepEqual(read.error, readAtOnce.error);
    assert.deepEqual(await checkRegularFile(path, most), read.error);
    return describeFileProblem("It", read.error);
  }

  it("gives the bytes as they are, of any size up to the limit", async () => {
    for (const size of [0, 1, 4095, 16 * 1024, 16 * 1024 + 1, limit]) {
      const bytes = Buffer.alloc(size, "Fidius");
      await writeFile(at("whole"), bytes);
      const read = await readRegularFile(at("whole"), { limit });
      assert.ok(read.ok && read.value.equals(bytes));
      const readAtOnce = readRegularFileSync(at("whole"), limit);
      assert.ok(readAtOnce.ok && readAtOnce.value.equals(bytes));
    }
  });

  it("refuses one byte more than the limit", async () => {
    await writeFile(at("large"), Buffer.alloc(limit + 1));
    assert.equal(
      await refusal(at("large")),
      "It cannot be read: it is larger than 1 MiB, the most that is read of such a file. Give a smaller file.",
    );
  });

  it("refuses a file of a terabyte without reading it", async () => {
    await writeFile(at("sparse"), "");
    truncateSync(at("sparse"), 2 ** 40);
    assert.match(await refusal(at("sparse"), 2 ** 32), /larger than 4 GiB/);
  });

  it("names a pipe that nobody writes to, and one that somebody writes to, whose writer is not disturbed", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    assert.match(await refusal(at("pipe")), /^It cannot be read: it is a named pipe/);
    const both = openSync(at("pipe"), constants.O_RDWR | constants.O_NONBLOCK);
    try {
      assert.match(await refusal(at("pipe")), /it is a named pipe/);
    } finally {
      closeSync(both);
    }
  });

  it("names devices, folders, sockets and files that are not there", async () => {
    await mkdir(at("folder"));
    const server = createServer().listen(at("socket"));
    await once(server, "listening");
    try {
      assert.match(await refusal("/dev/zero"), /it is a device, which may never end/);
      assert.match(await refusal("/dev/tty"), /it is a device/);
      assert.match(await refusal(at("folder")), /it is a folder/);
      assert.match(await refusal(at("socket")), /it is a socket/);
      assert.match(await refusal(at("gone")), /there is no such file/);
      assert.match(await refusal(join(at("whole"), "below")), /there is no such file/);
    } finally {
      server.close();
    }
  });

  it("names links that lead in a circle or nowhere, and follows others", async () => {
    await symlink("circle", at("circle"));
    await symlink("nowhere", at("dangling"));
    await writeFile(at("target"), "text");
    await symlink("target", at("link"));
    assert.match(await refusal(at("circle")), /its symbolic links lead in a circle/);
    assert.match(await refusal(at("dangling")), /there is no such file/);
    assert.deepEqual(readRegularTextSync(at("link"), limit), { ok: true, value: "text" });
  });

  it("ends at a file that grows while it is read", async () => {
    const path = at("growing");
    await writeFile(path, Buffer.alloc(64 * 1024 * 1024));
    // Memory that is shared tells the writer to stop.
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const writer = new Worker(
      `const { workerData: { path, stop }, parentPort } = require("node:worker_threads");
       const fs = require("node:fs");
       const file = fs.openSync(path, "a");
       const piece = Buffer.alloc(4096);
       for (let told = false; Atomics.load(stop, 0) === 0; ) {
         fs.writeSync(file, piece);
         if (!told) { told = true; parentPort.postMessage("writes"); }
       }`,
      { eval: true, workerData: { path, stop } },
    );
    try {
      await once(writer, "message");
      const read = await readRegularFile(path, { limit: 512 * 1024 * 1024 });
      assert.ok(!read.ok);
      assert.match(
        describeFileProblem("It", read.error),
        /it changes while it is read\. Try again/,
      );
    } finally {
      Atomics.store(stop, 0, 1);
      await once(writer, "exit");
    }
  });

  it("reads the files of /proc, which show no size", async () => {
    const status = readRegularTextSync("/proc/self/status", limit);
    assert.ok(status.ok && status.value.includes("VmData"));
    const maps = await readRegularFile("/proc/self/maps", { limit: 64 });
    assert.ok(!maps.ok && maps.error.kind === "tooLarge");
  });

  it("takes text as it is or not at all, and tells the line", async () => {
    await writeFile(at("text"), "\u{FEFF}é\r\n\u{FFFD}");
    const text = await readRegularText(at("text"), { limit });
    assert.ok(text.ok);
    assert.equal(text.value, "\u{FEFF}é\r\n\u{FFFD}");
    await writeFile(at("latin"), Buffer.from("a\nb\xe9c\nd\xff", "latin1"));
    const latin = await readRegularText(at("latin"), { limit });
    assert.ok(!latin.ok);
    assert.equal(
      describeFileProblem("It", latin.error),
      "It cannot be read: it is no UTF-8 text, which line 2 shows first. Save it in UTF-8.",
    );
  });

  it("ends when it is cancelled, before or meanwhile", async () => {
    await writeFile(at("slow"), Buffer.alloc(32 * 1024 * 1024));
    const aborted = await readRegularFile(at("slow"), { limit, signal: AbortSignal.abort() });
    assert.ok(!aborted.ok && aborted.error.kind === "cancelled");
    const controller = new AbortController();
    const reading = readRegularFile(at("slow"), {
      limit: 64 * 1024 * 1024,
      signal: controller.signal,
    });
    controller.abort();
    const cancelled = await reading;
    assert.ok(!cancelled.ok && cancelled.error.kind === "cancelled");
  });

  it("gives large files in pieces, up to the size they had", async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024 + 7, "piece");
    await writeFile(at("pieces"), bytes);
    const opened = await openRegularFile(at("pieces"), 2 ** 40);
    assert.ok(opened.ok);
    await using file = opened.value;
    await writeFile(at("pieces"), "more", { flag: "a" });
    const pieces: Buffer[] = [];
    for await (const piece of piecesOf(file)) {
      assert.ok(piece.length <= 1024 * 1024);
      pieces.push(piece);
    }
    assert.ok(Buffer.concat(pieces).equals(bytes));
  });

  it("leaves no descriptor open", async () => {
    for (let round = 0; round < 50; round += 1) {
      await readRegularFile(at("text"), { limit });
      await readRegularFile(at("pipe"), { limit });
      await readRegularFile(at("large"), { limit });
      readRegularFileSync(at("folder"), limit);
    }
    // A read that was cancelled closes its file when the disk has answered; the time limit of the test is that of the waiting.
    while (descriptorsIn(folder).length > 0) {
      await setImmediate();
    }
  });
});

/** Files of a folder that this process holds open; descriptors of other suites come and go. */
function descriptorsIn(folder: string): readonly string[] {
  const listing = execFileSync("ls", ["-l", `/proc/${String(process.pid)}/fd`], {
    encoding: "utf8",
  });
  return listing.split("\n").filter((line) => line.includes(folder));
}

describe("sizes in sentences", () => {
  it("have the largest whole unit", () => {
    assert.deepEqual([0, 1000, 1024, 500 * 1024 * 1024, 2 ** 32].map(sizeText), [
      "0 bytes",
      "1000 bytes",
      "1 KiB",
      "500 MiB",
      "4 GiB",
    ]);
  });
});
