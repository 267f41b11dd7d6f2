// Everything a plugin can do wrong inside a call: each fault has its outcome, leaves this process alone, and the next call
// of the same plugin works.

import assert from "node:assert/strict";
import type { CallOutcome, DeathKind } from "../../src/model/outcome.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { allCalls, faults } from "./fixtureSchemas.ts";
import {
  isRunning,
  LoopWatch,
  resultOf,
  TestRunner,
  untilEnded,
  untilReaped,
  valueOf,
} from "./harness.ts";

/** The longest that this process may be kept from answering (R1). */
const longestBlockMs = 50;

interface FaultCase {
  readonly fault: string;
  readonly amount?: number;
  readonly method?: "cause" | "cause_later";
  readonly timeoutMs?: number;
  /** The host may survive the call and die of it in the next one. */
  readonly harmsItsHost?: boolean;
  readonly check: (outcome: CallOutcome) => void | Promise<void>;
}

function dies(kind: DeathKind, message: RegExp, signal: string | null = null) {
  return (outcome: CallOutcome): void => {
    const { death } = resultOf(outcome, "crashed");
    assert.equal(death.kind, kind, JSON.stringify(death));
    assert.match(death.message, message);
    assert.equal(death.signal, signal);
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

const memoryFault = dies("memoryFault", /memory fault or stack overflow/, "SIGSEGV");

const cases: readonly FaultCase[] = [
  { fault: "panic", amount: 7, check: panics("it went wrong: 7") },
  { fault: "panic", amount: 8, method: "cause_later", check: panics("it went wrong: 8") },
  { fault: "panicAny", check: panics("unknown panic") },
  { fault: "panicIndex", check: panics(/index out of bounds/) },
  { fault: "panicInThread", check: survives() },
  { fault: "panicInDrop", check: dies("abort", /SIGABRT/, "SIGABRT") },
  { fault: "abort", check: dies("abort", /SIGABRT \(abort\)/, "SIGABRT") },
  { fault: "abort", method: "cause_later", check: dies("abort", /SIGABRT/, "SIGABRT") },
  { fault: "exit", amount: 0, check: dies("exited", /exit with code 0/) },
  { fault: "exit", amount: 3, check: dies("exited", /exit with code 3/) },
  { fault: "stackOverflow", check: memoryFault },
  { fault: "stackOverflow", method: "cause_later", check: memoryFault },
  { fault: "segfault", check: memoryFault },
  { fault: "illegal", check: dies("illegalInstruction", /SIGILL/, "SIGILL") },
  { fault: "kill", check: dies("killed", /SIGKILL/, "SIGKILL") },
  {
    fault: "outOfMemory",
    check: dies("outOfMemory", /allocation of 1152921504606846976 bytes/, "SIGABRT"),
  },
  { fault: "loop", timeoutMs: 300, check: timesOut },
  { fault: "loop", method: "cause_later", timeoutMs: 300, check: timesOut },
  { fault: "ignoreSigtermAndLoop", timeoutMs: 300, check: timesOut },
  { fault: "sleep", amount: 600_000, timeoutMs: 300, check: timesOut },
  { fault: "stop", timeoutMs: 300, check: timesOut },
  { fault: "sleep", amount: 20, check: survives() },
  {
    fault: "flood",
    amount: 100 * 1024 * 1024,
    check: (outcome) => {
      survives()(outcome);
      assert.equal(outcome.output.stdout.length, 1024 * 1024);
      assert.equal(outcome.output.droppedBytes, 99 * 1024 * 1024);
    },
  },
  { fault: "readStdin", check: survives("Ok(0)") },
  { fault: "closeDescriptors", amount: 1, check: survives() },
  { fault: "closeDescriptors", amount: 150, check: survives() },
  { fault: "closeOutput", check: survives() },
  { fault: "writeToDescriptors", amount: 3, check: survives() },
  {
    // Among these are the pipes of the host's own event loop, whose readers take garbage for addresses: the process dies
    // now, in the next call, or never. One call more at the most is lost by it.
    harmsItsHost: true,
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
      assert.match(outcome.notes.join(), /working directory to \/; it was put back/);
    },
  },
  {
    fault: "setVariable",
    check: (outcome) => {
      survives()(outcome);
      assert.match(outcome.notes.join(), /FIDIUS_FAULT/);
    },
  },
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

describe("faults of a plugin", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library = "";
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
    assert.deepEqual(uncaught, []);
  });

  const call = (
    fault: string,
    amount = 0,
    method = "cause",
    timeoutMs = 20_000,
  ): Promise<CallOutcome> => test.call(library, faults, method, { fault, amount }, { timeoutMs });

  for (const { fault, amount = 0, method = "cause", timeoutMs, check, harmsItsHost } of cases) {
    it(`${method}: ${fault} ${String(amount)}`, async () => {
      // Loaded before, so that the time of the fault alone is watched.
      assert.equal(valueOf(await call("none")), "survived");
      const watch = new LoopWatch();
      const outcome = await call(fault, amount, method, timeoutMs);
      const blockedMs = watch.stop();
      await check(outcome);
      assert.ok(blockedMs < longestBlockMs, `blocked for ${String(blockedMs)} ms`);
      let next = await call("none");
      if (harmsItsHost && next.result.kind === "crashed") {
        next = await call("none");
      }
      assert.equal(valueOf(next), "survived");
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
  });

  it("tells the next call of a death between two calls, and starts anew", async () => {
    const first = await call("segfaultLater", 300);
    assert.equal(valueOf(first), "survived");
    await untilReaped(first.measurements.hostPid ?? 0);
    const next = await call("none");
    assert.equal(valueOf(next), "survived");
    assert.match(next.notes.join(), /while no method ran: .*SIGSEGV/);
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
