// Everything a plugin can do wrong inside a call: each fault has its outcome, leaves this process alone, and the next call
// of the same plugin works.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { CallOutcome, DeathKind } from "../../src/model/outcome.ts";
import { buildFixture, fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { isWindows } from "../support/windows.ts";
import { FaultPage } from "./faultPage.ts";
import { allCalls, faults as plainFaults } from "./fixtureSchemas.ts";
import {
  isRunning,
  LoopWatch,
  resultOf,
  TestRunner,
  untilEnded,
  untilReaped,
  valueOf,
} from "./harness.ts";

/** R1 asks for 50 ms; the rest is for a busy machine. The benchmark has the figures. */
const longestBlockMs = 250;

/** With the real workspace, so that places in it are found. */
const faults = {
  ...plainFaults,
  crate: { ...plainFaults.crate, workspaceRoot: fixturesFolder },
};

interface FaultCase {
  readonly fault: string;
  readonly amount?: number;
  readonly method?: "cause" | "cause_later";
  readonly timeoutMs?: number;
  /** The host may survive the call and die of it in the next one: what the page says of that. */
  readonly harmsItsHost?: string;
  readonly check: (outcome: CallOutcome) => void | Promise<void>;
}

/** What Windows has not or does otherwise: signals, forks, descriptors that plugins share, checks of glibc's heap, `setenv`. */
const isPosixFault: Readonly<Record<string, true>> = {
  doubleFree: true,
  smashHeap: true,
  kill: true,
  ignoreSigtermAndLoop: true,
  catchSegfault: true,
  stop: true,
  closeDescriptors: true,
  closeOutput: true,
  writeToDescriptors: true,
  setVariable: true,
  fork: true,
  // Wine has nothing left to tell of it with; Windows would tell 0xC00000FD.
  stackOverflow: true,
};

/** `windows` is the exit code with which Windows tells what `signal` tells elsewhere, and its meaning. */
function dies(
  kind: DeathKind,
  message: RegExp,
  signal: string | null = null,
  windows: RegExp = message,
) {
  return (outcome: CallOutcome): void => {
    const { death } = resultOf(outcome, "crashed");
    assert.equal(death.kind, kind, JSON.stringify(death));
    assert.match(death.message, isWindows ? windows : message);
    assert.equal(death.signal, isWindows ? null : signal);
  };
}

function panics(message: string | RegExp, hasLocation = true) {
  return (outcome: CallOutcome): void => {
    const { panic } = resultOf(outcome, "panic");
    if (typeof message === "string") {
      assert.equal(panic.message, message);
    } else {
      assert.match(panic.message, message);
    }
    if (hasLocation) {
      assert.match(panic.location?.file ?? "", /faults\/src\/lib\.rs$/);
      assert.ok((panic.location?.line ?? 0) > 1);
      assert.ok((panic.location?.column ?? 0) > 1);
    }
  };
}

function survives(value: unknown = "survived") {
  return (outcome: CallOutcome): void => {
    assert.equal(valueOf(outcome), value);
  };
}

function timesOut(outcome: CallOutcome): void {
  const { afterMs } = resultOf(outcome, "timedOut");
  assert.ok(afterMs >= 290, String(afterMs));
}

const memoryFault = dies(
  "memoryFault",
  /memory fault or stack overflow/,
  "SIGSEGV",
  /0xC0000005 \(access violation\)/,
);

const aborts = dies("abort", /SIGABRT \(abort\)/, "SIGABRT", /0xC0000409 \(abort\)/);

/** A crash that a panic came before, which could not unwind. */
function abortsAfterPanic(message: string) {
  return (outcome: CallOutcome): void => {
    aborts(outcome);
    const { panic } = resultOf(outcome, "crashed");
    assert.equal(panic?.message, message);
    assert.match(panic.location?.file ?? "", /src\/lib\.rs$/);
  };
}

const mebibyte = 1024 * 1024;

/** Wine's pipes are slow. */
const [floodMebibytes, floodStderrMebibytes] = isWindows ? [10, 5] : [100, 20];

const cases: readonly FaultCase[] = [
  { fault: "panic", amount: 7, check: panics("it went wrong: 7") },
  { fault: "panic", amount: 8, method: "cause_later", check: panics("it went wrong: 8") },
  { fault: "panicAfterYield", amount: 9, method: "cause_later", check: panics("after a pause: 9") },
  { fault: "panicAny", check: panics("unknown panic") },
  { fault: "panicAny", method: "cause_later", check: panics("unknown panic") },
  { fault: "panicIndex", check: panics(/index out of bounds/) },
  { fault: "panicIndex", method: "cause_later", check: panics(/index out of bounds/) },
  { fault: "panicCapacity", check: panics("capacity overflow", false) },
  { fault: "panicNotUtf8", check: panics("not \ufffd UTF-8") },
  { fault: "panicInDropAlone", check: panics("panic while dropping") },
  { fault: "panicInDropAlone", method: "cause_later", check: panics("panic while dropping") },
  { fault: "panicInDrop", check: abortsAfterPanic("panic while dropping") },
  { fault: "panicInDrop", method: "cause_later", check: abortsAfterPanic("panic while dropping") },
  { fault: "panicInThread", check: survives() },
  { fault: "panicInTask", method: "cause_later", check: survives() },
  { fault: "abort", check: aborts },
  { fault: "abort", method: "cause_later", check: aborts },
  { fault: "doubleFree", check: aborts },
  { fault: "smashHeap", check: aborts },
  { fault: "exit", amount: 0, check: dies("exited", /exit with code 0/) },
  { fault: "exit", amount: 3, check: dies("exited", /exit with code 3/) },
  { fault: "exit", amount: 3, method: "cause_later", check: dies("exited", /exit with code 3/) },
  { fault: "exitNow", amount: 7, check: dies("exited", /exit with code 7/) },
  { fault: "stackOverflow", check: memoryFault },
  { fault: "stackOverflow", method: "cause_later", check: memoryFault },
  { fault: "segfault", check: memoryFault },
  { fault: "segfault", method: "cause_later", check: memoryFault },
  { fault: "wildPointer", check: memoryFault },
  {
    fault: "illegal",
    check: dies("illegalInstruction", /SIGILL/, "SIGILL", /0xC000001D \(illegal instruction\)/),
  },
  { fault: "kill", check: dies("killed", /SIGKILL/, "SIGKILL") },
  {
    fault: "outOfMemory",
    check: dies("outOfMemory", /allocation of 1152921504606846976 bytes/, "SIGABRT"),
  },
  { fault: "loop", timeoutMs: 300, check: timesOut },
  { fault: "loop", method: "cause_later", timeoutMs: 300, check: timesOut },
  { fault: "deadlock", timeoutMs: 300, check: timesOut },
  { fault: "never", method: "cause_later", timeoutMs: 300, check: timesOut },
  { fault: "blockOnPipe", timeoutMs: 300, check: timesOut },
  { fault: "ignoreSigtermAndLoop", timeoutMs: 300, check: timesOut },
  { fault: "catchSegfault", timeoutMs: 300, check: timesOut },
  { fault: "sleep", amount: 600_000, timeoutMs: 300, check: timesOut },
  { fault: "stop", timeoutMs: 300, check: timesOut },
  { fault: "sleep", amount: 20, check: survives() },
  {
    // Rust keeps the line until it ends, so it is gone with the process.
    fault: "printWithoutNewline",
    timeoutMs: 300,
    check: (outcome) => {
      timesOut(outcome);
      assert.doesNotMatch(outcome.output.stdout, /never seen/);
    },
  },
  { fault: "threadOutlives", amount: 50, check: survives() },
  { fault: "taskOutlives", amount: 50, method: "cause_later", check: survives() },
  {
    fault: "flood",
    amount: floodMebibytes * mebibyte,
    check: (outcome) => {
      survives()(outcome);
      assert.equal(outcome.output.stdout.length, mebibyte);
      assert.equal(
        outcome.output.droppedBytes,
        (floodMebibytes - 1) * mebibyte + "stdout before flood\n".length,
      );
    },
  },
  {
    fault: "floodStderr",
    amount: floodStderrMebibytes * mebibyte,
    check: (outcome) => {
      survives()(outcome);
      assert.equal(outcome.output.stderr.length, mebibyte);
      assert.equal(
        outcome.output.droppedBytes,
        (floodStderrMebibytes - 1) * mebibyte + "stderr before floodStderr\n".length,
      );
    },
  },
  { fault: "readStdin", check: survives("Ok(0)") },
  { fault: "emptyResult", check: survives("") },
  {
    fault: "resultNotUtf8",
    check: (outcome) => {
      assert.match(resultOf(outcome, "wireError").message, /Could not decode .* as String .*UTF-8/);
    },
  },
  { fault: "closeDescriptors", amount: 1, check: survives() },
  { fault: "closeDescriptors", amount: 150, check: survives() },
  {
    fault: "closeDescriptors",
    amount: 1000,
    check: dies("protocolError", /closed the descriptor that its answer would go through/),
  },
  { fault: "closeOutput", check: survives() },
  { fault: "writeToDescriptors", amount: 3, check: survives() },
  {
    // Among these are the pipes of the host's own event loop, whose readers take garbage for addresses: the process dies
    // now, in the next call, or never. One call more at the most is lost by it.
    harmsItsHost: "ok, or crash: memoryFault now or in the next call",
    fault: "writeToDescriptors",
    amount: 40,
    check: (outcome) => {
      assert.match(outcome.result.kind, /^(?:ok|crashed)$/);
    },
  },
  {
    fault: "changeDirectory",
    check: (outcome) => {
      survives()(outcome);
      assert.match(outcome.notes.join(), /working directory to (?:\/|[A-Z]:\\); it was put back/);
    },
  },
  {
    fault: "setVariable",
    check: (outcome) => {
      survives()(outcome);
      assert.match(outcome.notes.join(), /FIDIUS_FAULT/);
    },
  },
  { fault: "fork", check: survives() },
  {
    fault: "grandchildAndLoop",
    timeoutMs: 300,
    check: async (outcome) => {
      timesOut(outcome);
      const pid = Number(/grandchild (\d+)/.exec(outcome.output.stderr)?.[1]);
      assert.ok(pid > 0);
      await untilEnded(pid, 2000);
    },
  },
];

function assertWordsBefore(fault: string, { output }: CallOutcome): void {
  assert.ok(fault === "flood" || output.stdout.includes(`stdout before ${fault}\n`), output.stdout);
  const isInStderr = output.stderr.includes(`stderr before ${fault}\n`);
  assert.ok(fault === "floodStderr" || isInStderr, output.stderr);
}

describe("faults of a plugin", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library = "";
  const page = new FaultPage(1, "In a call");
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): void => {
    uncaught.push(error);
  };

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("faults");
    test = await TestRunner.create();
    process.on("uncaughtExceptionMonitor", onUncaught);
  });
  afterEach(() => test.runner.restart());
  after(async () => {
    process.off("uncaughtExceptionMonitor", onUncaught);
    await test.dispose();
    page.write();
    assert.deepEqual(uncaught, []);
  });

  const call = (
    fault: string,
    amount = 0,
    method = "cause",
    timeoutMs = 20_000,
  ): Promise<CallOutcome> => test.call(library, faults, method, { fault, amount }, { timeoutMs });

  const possible = cases.filter(({ fault }) => !isWindows || isPosixFault[fault] === undefined);
  for (const { fault, amount = 0, method = "cause", timeoutMs, check, harmsItsHost } of possible) {
    const title = `${method}: ${fault} ${String(amount)}`;
    it(title, async () => {
      // Loaded before, so that the time of the fault alone is watched.
      assert.equal(valueOf(await call("none")), "survived");
      const watch = new LoopWatch();
      const outcome = await call(fault, amount, method, timeoutMs);
      const { ownMs, delayMs } = watch.stop();
      page.measure(title, delayMs);
      await check(outcome);
      assertWordsBefore(fault, outcome);
      assert.ok(ownMs < longestBlockMs, `blocked for ${String(ownMs)} ms`);
      let next = await call("none");
      if (harmsItsHost !== undefined && next.result.kind === "crashed") {
        next = await call("none");
      }
      assert.equal(valueOf(next), "survived");
      if (harmsItsHost === undefined) {
        page.record(title, outcome, next);
      } else {
        page.record(title, outcome, "ok, after one more crash at most", harmsItsHost);
      }
    });
  }

  it('panic = "abort": the panic is told with the crash', async () => {
    const rustcArguments = ["-C", "panic=abort"];
    const aborting = await buildFixture("aborting", { rustcArguments });
    const methods = faults.methods.filter(({ name }) => name === "cause");
    const schema = { ...faults, name: "Aborting", interfaceName: "Panics", methods };
    const cause = (fault: string, amount: number): Promise<CallOutcome> =>
      test.call(aborting, schema, "cause", { fault, amount });
    const outcome = await cause("panic", 5);
    abortsAfterPanic("it went wrong: 5")(outcome);
    assertWordsBefore("panic", outcome);
    const next = await cause("none", 0);
    assert.equal(valueOf(next), "survived");
    page.record('cause: panic 5, built with panic = "abort"', outcome, next);
  }).timeout(600_000);

  // Only Linux keeps such a limit.
  if (process.platform === "linux") {
    it("memory eaten until the limit", async () => {
      const limited = await TestRunner.create({ memoryLimit: () => 400 * mebibyte });
      try {
        const eat = (amount: number): Promise<CallOutcome> =>
          limited.call(library, faults, "cause", { fault: "eatMemory", amount });
        const outcome = await eat(4096 * mebibyte);
        dies(
          "outOfMemory",
          /allocation of 16777216 bytes failed.*memory limit/,
          "SIGABRT",
        )(outcome);
        assertWordsBefore("eatMemory", outcome);
        const next = await eat(300 * mebibyte);
        assert.equal(valueOf(next), "survived");
        page.record("cause: eatMemory, 4 GiB with a limit of 400 MiB", outcome, next);
      } finally {
        await limited.dispose();
      }
    });
  }

  it("keeps all of stderr of a process that died", async () => {
    const environment = { RUST_BACKTRACE: "1" };
    const args = { fault: "panicInDrop", amount: 0 };
    const outcome = await test.call(library, faults, "cause", args, { environment });
    assert.match(outcome.output.stderr, /first panic/);
    assert.match(outcome.output.stderr, /panic while dropping/);
  });

  it("gives a panic's backtrace when the environment asks for one", async () => {
    const environment = { RUST_BACKTRACE: "1" };
    const args = { fault: "panic", amount: 1 };
    const outcome = await test.call(library, faults, "cause", args, { environment });
    const { panic } = resultOf(outcome, "panic");
    assert.match(panic.backtrace ?? "", /fixture_faults::cause/);
    assert.equal(panic.message, "it went wrong: 1");
    const own = (panic.frames ?? []).filter(({ origin }) => origin === "own");
    assert.deepEqual(
      own.map((frame) => frame.function),
      ["fixture_faults::cause", "<fixture_faults::Misbehaving as fixture_faults::Faults>::cause"],
    );
    assert.deepEqual(own[0]?.location, panic.location);
    assert.equal(panic.location?.file, "faults/src/lib.rs");
    // The package's folder as working directory makes Rust print other paths.
    const inPackage = await test.call(library, faults, "cause_later", args, {
      environment,
      workingDirectory: join(fixturesFolder, "faults"),
    });
    const frames = resultOf(inPackage, "panic").panic.frames ?? [];
    assert.deepEqual(frames.find(({ origin }) => origin === "own")?.location, panic.location);
    assert.ok(frames.some((frame) => frame.function.startsWith("tokio::")));
  });

  it("tells the next call of a death between two calls, and starts anew", async () => {
    const first = await call("segfaultLater", 300);
    assert.equal(valueOf(first), "survived");
    await untilReaped(first.measurements.hostPid ?? 0);
    const next = await call("none");
    assert.equal(valueOf(next), "survived");
    assert.match(next.notes.join(), /while no method ran: .*(?:SIGSEGV|0xC0000005)/);
    page.record("cause: segfaultLater 300", first, next, "ok; the next call tells of the crash");
    assert.notEqual(next.measurements.hostPid, first.measurements.hostPid);
  });

  it("ends what a plugin started together with its host", async () => {
    const pid = Number(valueOf(await call("grandchild")));
    assert.ok(isRunning(pid));
    await test.runner.restart();
    await untilEnded(pid, 2000);
  });

  it("leaves other libraries' hosts alone", async () => {
    const calls = await fixtureLibrary("calls");
    const before = await test.call(calls, allCalls, "add", { left: 1, right: 1 });
    await call("abort");
    const after = await test.call(calls, allCalls, "add", { left: 1, right: 1 });
    assert.equal(after.measurements.hostPid, before.measurements.hostPid);
  });

  it("answers soon after a crash, on the spare", async () => {
    await call("none");
    // The spare is started after a call; a call of another library would not show when it is ready.
    await call("sleep", 400);
    await call("abort");
    const next = await call("none");
    assert.equal(valueOf(next), "survived");
    assert.ok(next.measurements.totalMs < 400, String(next.measurements.totalMs));
  });
});
