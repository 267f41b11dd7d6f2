// How hosts come and go: cancelling, queueing, restarting, refusing after crashes, new builds, and no process left behind.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import { interfaceHash } from "../../src/abi/interfaceHash.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import { buildFixture, fixtureLibrary } from "../support/fixtureLibraries.ts";
import { isWindows } from "../support/windows.ts";
import { FaultPage } from "./faultPage.ts";
import { allCalls, faults, method, plugin, types } from "./fixtureSchemas.ts";
import { hostEntry, isRunning, resultOf, TestRunner, untilEnded, valueOf } from "./harness.ts";

const currentSignatures = ["revision:->String", "scale:u32->u32"];
const nextSignatures = ["reset:->", "revision:->String", "scale:u64->u64"];

function revised(signatures: readonly string[]): PluginSchema {
  const methods = [
    method("revision", { slot: 0, returns: types.text }),
    method("scale", { slot: 1, arguments: { value: types.u32 }, returns: types.u32 }),
  ];
  const hash = interfaceHash(signatures);
  return plugin("Revised", "Revision", methods, { interfaceHash: hash, signatures });
}

describe("hosts come and go", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library = "";
  const page = new FaultPage(5, "The editor ends");

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("faults");
  });
  beforeEach(async () => {
    test = await TestRunner.create();
  });
  afterEach(() => test.dispose());
  after(() => {
    page.write();
  });

  const cause = (fault: string, amount = 0, options = {}) =>
    test.call(library, faults, "cause", { fault, amount }, options);

  it("cancels a running call by ending its process at once", async () => {
    const abort = new AbortController();
    let calledAt = 0;
    const running = cause("loop", 0, {
      signal: abort.signal,
      timeoutMs: null,
      onPhase: (phase: string) => {
        if (phase === "calling") {
          calledAt = performance.now();
          setTimeout(() => {
            abort.abort();
          }, 50);
        }
      },
    });
    const outcome = await running;
    const { afterMs } = resultOf(outcome, "cancelled");
    assert.ok(performance.now() - calledAt < 1000);
    assert.ok(afterMs >= 45, String(afterMs));
    assert.ok(!isRunning(outcome.measurements.hostPid ?? 0));
    assert.equal(valueOf(await cause("none")), "survived");
  });

  it("runs calls of one library one after the other, and cancels waiting ones alone", async () => {
    const first = cause("sleep", 200);
    const abort = new AbortController();
    const second = cause("none", 0, { signal: abort.signal });
    const third = cause("none");
    abort.abort();
    assert.equal((await second).result.kind, "cancelled");
    const [one, three] = [await first, await third];
    assert.equal(valueOf(one), "survived");
    assert.equal(valueOf(three), "survived");
    assert.equal(one.measurements.hostPid, three.measurements.hostPid);
    assert.ok(three.measurements.totalMs >= 190);
  });

  it("does not start a call that was cancelled before", async () => {
    const outcome = await cause("none", 0, { signal: AbortSignal.abort() });
    assert.equal(outcome.result.kind, "cancelled");
    assert.deepEqual(test.runner.hostPids, []);
  });

  it("runs libraries side by side", async () => {
    const calls = await fixtureLibrary("calls");
    const slow = cause("sleep", 1500);
    await test.call(calls, allCalls, "nothing");
    const quick = await test.call(calls, allCalls, "add", { left: 1, right: 2 });
    assert.equal(valueOf(quick), 3);
    assert.ok((await slow).measurements.totalMs > quick.measurements.totalMs);
  });

  it("keeps one host per library and one spare, which the next build takes", async () => {
    const first = await cause("none");
    await setImmediate();
    const spare = test.runner.hostPids.find((pid) => pid !== first.measurements.hostPid);
    assert.equal(test.runner.hostPids.length, 2);
    const calls = await fixtureLibrary("calls");
    const other = await test.call(calls, allCalls, "nothing");
    assert.equal(other.measurements.hostPid, spare);
    await setImmediate();
    assert.equal(test.runner.hostPids.length, 3);
  });

  it("warms up ahead of the first call", async () => {
    test.runner.warmUp();
    const [spare] = test.runner.hostPids;
    assert.equal((await cause("none")).measurements.hostPid, spare);
  });

  it("ends idle hosts", async () => {
    const idle = await TestRunner.create({ idleMs: 30, keepsSpare: false });
    const outcome = await idle.call(library, faults, "cause", { fault: "none", amount: 0 });
    await untilEnded(outcome.measurements.hostPid ?? 0, 5000);
    const next = await idle.call(library, faults, "cause", { fault: "none", amount: 0 });
    assert.equal(valueOf(next), "survived");
    await idle.dispose();
  });

  it("keeps only so many hosts warm", async () => {
    const one = await TestRunner.create({ warmHosts: 1, keepsSpare: false });
    const first = await one.call(library, faults, "cause", { fault: "none", amount: 0 });
    await one.call(await fixtureLibrary("calls"), allCalls, "nothing");
    await untilEnded(first.measurements.hostPid ?? 0, 5000);
    await one.dispose();
  });

  it("restart ends running calls and starts anew", async () => {
    const running = cause("loop", 0, {
      timeoutMs: null,
      onPhase: (phase: string) => {
        if (phase === "calling") {
          void test.runner.restart();
        }
      },
    });
    assert.equal((await running).result.kind, "cancelled");
    assert.equal(valueOf(await cause("none")), "survived");
  });

  it("calls a build that crashed again and again, whenever it is asked to", async () => {
    for (let crash = 1; crash <= 5; crash += 1) {
      assert.equal((await cause("abort")).result.kind, "crashed");
    }
    assert.equal(valueOf(await cause("none")), "survived");
  });

  it("restart tells how many processes it ended", async () => {
    assert.equal(valueOf(await cause("none")), "survived");
    assert.equal(await test.runner.restart(), 1);
    assert.equal(await test.runner.restart(), 0);
  });

  it("does not count time-outs and cancels as crashes", async () => {
    for (let time = 1; time <= 4; time += 1) {
      const outcome = await cause("loop", 0, { timeoutMs: 20 });
      assert.equal(outcome.result.kind, "timedOut");
    }
    assert.equal(valueOf(await cause("none")), "survived");
  });

  it("dispose ends running calls", async () => {
    const short = await TestRunner.create();
    const running = short.call(
      library,
      faults,
      "cause",
      { fault: "loop", amount: 0 },
      {
        timeoutMs: null,
        onPhase: (phase) => {
          if (phase === "calling") {
            short.runner.dispose();
          }
        },
      },
    );
    assert.equal((await running).result.kind, "cancelled");
    await short.dispose();
  });

  it("says when the host itself cannot be started", async () => {
    const cases = [
      [{ nodeExecutable: "/no/such/node" }, /could not be started: .*ENOENT/],
      [{ hostEntry: join(tmpdir(), "no-such-host.cjs") }, /did not start: Cannot find module/],
    ] as const;
    for (const [options, message] of cases) {
      const broken = await TestRunner.create({ ...options, keepsSpare: false });
      const args = { fault: "none", amount: 0 };
      const outcome = await broken.call(library, faults, "cause", args);
      assert.match(resultOf(outcome, "loadFailed").failure.message, message);
      await broken.dispose();
    }
  });

  it("loads a private copy, and removes copies of processes that ended", async () => {
    await cause("none");
    const folder = join(test.staging, "libraries");
    const [own = ""] = await readdir(folder);
    if (!isWindows) {
      // Windows gives folders of a user's profile to that user alone, and has no modes.
      assert.equal((await stat(join(folder, own))).mode & 0o777, 0o700);
    }
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    await copyFile(library, join(folder, "keep"));
    const left = await mkdtemp(join(folder, `${String(dead.pid)}-`));
    const second = await TestRunner.create({ stagingDirectory: folder });
    await second.call(library, faults, "cause", { fault: "none", amount: 0 });
    const names = await readdir(folder);
    assert.ok(!names.includes(left.slice(folder.length + 1)));
    assert.ok(names.includes(own) && names.includes("keep"));
    await second.dispose();
    assert.deepEqual((await readdir(folder)).sort(), [own, "keep"].sort());
  });

  describe("with new builds", () => {
    let target = "";

    before(async () => {
      target = await mkdtemp(join(tmpdir(), "fidius-build-"));
    });
    after(() => rm(target, { recursive: true, force: true }));

    it("shows new code after a rebuild, and keeps the host when nothing changed", async () => {
      const build = (revision: string): Promise<string> =>
        buildFixture("revision", {
          environment: { FIDIUS_FIXTURE_REVISION: revision },
        });
      const schema = revised(currentSignatures);
      const pids = new Set<number | undefined>();
      for (const revision of ["one", "two", "three"]) {
        const built = await build(revision);
        const outcome = await test.call(built, schema, "revision");
        assert.equal(valueOf(outcome), revision);
        pids.add(outcome.measurements.hostPid);
        // Touched, not changed.
        await utimes(built, new Date(), new Date());
        const again = await test.call(built, schema, "revision");
        assert.equal(valueOf(again), revision);
        pids.add(again.measurements.hostPid);
      }
      assert.equal(pids.size, 3);
      await test.runner.restart();
      const folders = await readdir(join(test.staging, "libraries"));
      const own = folders.find((name) => name.startsWith(`${String(process.pid)}-`)) ?? "";
      const copies = await readdir(join(test.staging, "libraries", own));
      assert.equal(copies.length, 1, copies.join());
    });

    it("calls a new build in the place of one that crashed", async () => {
      const first = join(target, "plugin.so");
      await copyFile(library, first);
      const abort = () => test.call(first, faults, "cause", { fault: "abort", amount: 0 });
      for (let crash = 1; crash <= 4; crash += 1) {
        assert.equal((await abort()).result.kind, "crashed");
      }
      await rm(first);
      await copyFile(await fixtureLibrary("calls"), first);
      assert.equal(valueOf(await test.call(first, allCalls, "nothing")), null);
    });

    it("names the signature lines in which the binary differs from the source", async () => {
      const current = await buildFixture("revision", {});
      const schema = revised(currentSignatures);
      assert.equal(valueOf(await test.call(current, schema, "scale", { value: 4 })), 8);
      const sourceIsAhead = await test.call(current, revised(nextSignatures), "revision");
      const changed = resultOf(sourceIsAhead, "interfaceChanged");
      assert.equal(changed.sourceHash, interfaceHash(nextSignatures));
      assert.equal(changed.binaryHash, interfaceHash(currentSignatures));
      assert.deepEqual(changed.differences, [
        { change: "added", method: "reset", sourceSignature: "reset:->" },
        {
          change: "changed",
          method: "scale",
          sourceSignature: "scale:u64->u64",
          binarySignature: "scale:u32->u32",
        },
      ]);
      const next = await buildFixture("revision", { features: ["next"] });
      const stillOld = await test.call(next, schema, "revision");
      assert.equal(
        resultOf(stillOld, "interfaceChanged").binaryHash,
        interfaceHash(nextSignatures),
      );
      // Another editor or command line that shares the folder knows the lines as well.
      const shared = { stagingDirectory: join(test.staging, "libraries") };
      const other = await TestRunner.create(shared);
      try {
        const unseen = resultOf(await other.call(next, schema, "revision"), "interfaceChanged");
        assert.deepEqual(unseen.differences, [
          { change: "removed", method: "reset", binarySignature: "reset:->" },
          {
            change: "changed",
            method: "scale",
            sourceSignature: "scale:u32->u32",
            binarySignature: "scale:u64->u64",
          },
        ]);
        const again = await buildFixture("revision", {});
        const seen = await other.call(again, revised(nextSignatures), "revision");
        assert.deepEqual(resultOf(seen, "interfaceChanged").differences, changed.differences);
      } finally {
        await other.dispose();
      }
      await buildFixture("revision", { features: ["next"] });
      const renewed = revised(nextSignatures);
      assert.equal(valueOf(await test.call(next, renewed, "revision")), "first");
    });
  });

  for (const fault of ["none", "loop", "sleep", "stop", "grandchildAndLoop"]) {
    it(`leaves no orphan when the editor is killed during: ${fault}`, async () => {
      const editor = spawn(
        process.execPath,
        [join(import.meta.dirname, "orphanedEditor.ts"), hostEntry(), library, fault, test.staging],
        { stdio: ["pipe", "pipe", "inherit"] },
      );
      const lines = createInterface({ input: editor.stdout });
      const [line] = (await once(lines, "line")) as [string];
      const pids = line.split(" ").map(Number);
      assert.ok(pids.length > 0 && pids.every(isRunning));
      editor.kill("SIGKILL");
      for (const pid of pids) {
        await untilEnded(pid, 1000);
      }
      page.note(
        `the editor is killed with SIGKILL during: ${fault}`,
        "no process is left after a second",
      );
    });
  }
});
