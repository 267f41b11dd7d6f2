// Libraries that change, vanish or do not fit while a host runs: the host has its own copy, and the next call sees what is
// there then.

import assert from "node:assert/strict";
import {
  copyFile,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallOutcome } from "../../src/model/outcome.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { isWindows } from "../support/windows.ts";
import { FaultPage } from "./faultPage.ts";
import { allCalls, faults } from "./fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "./harness.ts";

describe("libraries that change under a running host", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let folder = "";
  let file = "";
  const page = new FaultPage(4, "Libraries that change under a running host");

  before(async function () {
    this.timeout(600_000);
    await fixtureLibrary("faults");
  });
  after(() => {
    page.write();
  });
  beforeEach(async () => {
    test = await TestRunner.create();
    folder = await mkdtemp(join(tmpdir(), "fidius-changed-"));
    file = join(folder, "plugin.so");
    await copyFile(await fixtureLibrary("faults"), file);
    assert.equal(valueOf(await none()), "survived");
  });
  afterEach(async () => {
    await test.dispose();
    await rm(folder, { recursive: true });
  });

  const none = (): Promise<CallOutcome> =>
    test.call(file, faults, "cause", { fault: "none", amount: 0 });
  const add = (): Promise<CallOutcome> => test.call(file, allCalls, "add", { left: 40, right: 2 });

  /** While a call runs, so that code of the old library is needed after the change. */
  async function duringCall(change: () => Promise<void>): Promise<CallOutcome> {
    const running = test.call(file, faults, "cause", { fault: "sleep", amount: 300 });
    await change();
    const outcome = await running;
    assert.equal(valueOf(outcome), "survived");
    return outcome;
  }

  it("replaced by renaming: the call ends well, the next one runs the new code", async () => {
    const outcome = await duringCall(async () => {
      await copyFile(await fixtureLibrary("calls"), join(folder, "new"));
      await rename(join(folder, "new"), file);
    });
    const next = await add();
    assert.equal(valueOf(next), 42);
    page.record("replaced by renaming while a call runs", outcome, next);
  });

  it("overwritten in place: the call ends well, the next one runs the new code", async () => {
    const outcome = await duringCall(async () => {
      const bytes = await readFile(await fixtureLibrary("calls"));
      await using target = await open(file, "r+");
      await target.truncate(0);
      await target.write(bytes, 0, bytes.length, 0);
    });
    const next = await add();
    assert.equal(valueOf(next), 42);
    page.record("overwritten in place while a call runs", outcome, next);
  });

  it("truncated in place: the call ends well, the next one says so", async () => {
    const outcome = await duringCall(() => truncate(file, 5000));
    const cut = await none();
    assert.equal(resultOf(cut, "loadFailed").failure.kind, "truncated");
    await copyFile(await fixtureLibrary("faults"), file);
    const next = await none();
    assert.equal(valueOf(next), "survived");
    page.record("truncated in place while a call runs", outcome, "load failed: truncated");
    page.record("called when it is truncated", cut, next, "load failed: truncated");
  });

  it("deleted: the call ends well, the next one says so, and a new file is called", async () => {
    const outcome = await duringCall(() => rm(file));
    const missing = await none();
    assert.equal(resultOf(missing, "loadFailed").failure.kind, "notFound");
    await copyFile(await fixtureLibrary("faults"), file);
    const next = await none();
    assert.equal(valueOf(next), "survived");
    page.record("deleted while a call runs", outcome, "load failed: notFound");
    const withoutPath = "load failed: notFound";
    page.record("called when it is deleted", missing, next, withoutPath);
  });

  it("a private copy that something else removed is made again", async () => {
    // Windows lets nobody remove what a process has loaded.
    await (isWindows ? test.runner.restart() : undefined);
    const libraries = join(test.staging, "libraries");
    const [own = ""] = await readdir(libraries);
    await rm(join(libraries, own), { recursive: true });
    const next = await none();
    assert.equal(valueOf(next), "survived");
    const again = await none();
    assert.equal(valueOf(again), "survived");
    page.record("the host's own copy removed between two calls", next, again);
    await test.call(file, faults, "cause", { fault: "abort", amount: 0 });
    assert.equal(valueOf(await none()), "survived");
  });

  it("for another processor: refused before the loader sees it", async () => {
    const foreign = await readFile(file);
    // e_machine of ELF, CPU type of Mach-O, machine of PE: each to another known processor.
    const isArm = process.arch === "arm64";
    if (process.platform === "darwin") {
      foreign.writeUInt32LE(isArm ? 0x01000007 : 0x0100000c, 4);
    } else if (isWindows) {
      foreign.writeUInt16LE(isArm ? 0x8664 : 0xaa64, foreign.readUInt32LE(60) + 4);
    } else {
      foreign.writeUInt16LE(isArm ? 62 : 183, 18);
    }
    await rm(file);
    await writeFile(file, foreign);
    const outcome = await none();
    assert.equal(resultOf(outcome, "loadFailed").failure.kind, "wrongArchitecture");
    await copyFile(await fixtureLibrary("faults"), file);
    const next = await none();
    assert.equal(valueOf(next), "survived");
    page.record("built for another processor", outcome, next, "load failed: wrongArchitecture");
  });

  it("two hosts at once: the end of one is nothing to the other", async () => {
    const other = await TestRunner.create();
    try {
      const inOther = (fault: string, amount = 0): Promise<CallOutcome> =>
        other.call(file, faults, "cause", { fault, amount });
      await inOther("none");
      const running = inOther("sleep", 400);
      const crash = await test.call(file, faults, "cause", { fault: "segfault", amount: 0 });
      assert.equal(resultOf(crash, "crashed").death.kind, "memoryFault");
      const survivor = await running;
      assert.equal(valueOf(survivor), "survived");
      const next = await none();
      assert.equal(valueOf(next), "survived");
      page.record("one of two hosts of the library ends: that one", crash, next);
      page.record(
        "one of two hosts of the library ends: the other one",
        survivor,
        await inOther("none"),
      );
    } finally {
      await other.dispose();
    }
  });
});
