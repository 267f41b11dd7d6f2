// The time limit under a debugger (R6): it stands still while one is attached to the host, and counts from its beginning when
// it has gone; Cancel works at any time. A real tracer holds real hosts.

import assert from "node:assert/strict";
import { fixtureLibrary, tracerProgram } from "../support/fixtureLibraries.ts";
import { Tracer } from "../support/tracer.ts";
import { faults } from "./fixtureSchemas.ts";
import { resultOf, TestRunner, untilReaped, valueOf } from "./harness.ts";
import type { CallOptions } from "./harness.ts";

const stoodStill = "The time limit stood still while a debugger was attached.";
const limitMs = 300;

// ptrace on Linux, the debug functions of kernel32 on Windows.
if (process.platform === "linux" || process.platform === "win32") {
  describe("the time limit under a debugger", function () {
    this.timeout(60_000);
    let test: TestRunner;
    let library = "";

    before(async function () {
      this.timeout(600_000);
      library = await fixtureLibrary("faults");
      await tracerProgram();
    });
    beforeEach(async () => {
      test = await TestRunner.create({ keepsSpare: false });
    });
    afterEach(() => test.dispose());

    const cause = (fault: string, amount = 0, options: CallOptions = {}) =>
      test.call(library, faults, "cause", { fault, amount }, options);

    /** A host that anyone may debug, ready for the next call. */
    const debuggableHost = async (): Promise<number> => {
      const { measurements } = await cause("allowTracing");
      assert.ok(measurements.hostPid !== undefined);
      return measurements.hostPid;
    };

    it("ends a call without one", async () => {
      await debuggableHost();
      const outcome = await cause("sleep", 5000, { timeoutMs: limitMs });
      resultOf(outcome, "timedOut");
      assert.deepEqual(outcome.notes, []);
    });

    it("stands still while one is attached", async () => {
      const pid = await debuggableHost();
      await using tracer = await Tracer.attach(pid);
      const phases: string[] = [];
      const outcome = await cause("sleep", 4 * limitMs, {
        timeoutMs: limitMs,
        onPhase: (phase) => phases.push(phase),
      });
      assert.equal(valueOf(outcome), "survived");
      assert.deepEqual(outcome.notes, [stoodStill]);
      assert.deepEqual(phases, ["calling", "debugging", "calling"]);
      await tracer.step("detach");
      assert.deepEqual((await cause("none")).notes, [], "the next call has a limit as ever");
    });

    it("stands still while the call is stopped in it, and counts anew when it has gone", async () => {
      const pid = await debuggableHost();
      await using tracer = await Tracer.attach(pid);
      await tracer.step("stop");
      const phases: string[] = [];
      let heldAtMs = 0;
      const running = cause("loop", 0, {
        timeoutMs: limitMs,
        onPhase: (phase) => {
          phases.push(phase);
          if (phase === "debugging") {
            heldAtMs = performance.now();
            void tracer.step("continue").then(() => tracer.step("detach"));
          }
        },
      });
      const outcome = await running;
      resultOf(outcome, "timedOut");
      assert.deepEqual(phases, ["calling", "debugging", "calling"]);
      assert.ok(performance.now() - heldAtMs >= limitMs, "the whole limit runs again");
      assert.deepEqual(outcome.notes, [stoodStill]);
    });

    it("Cancel ends a call that is stopped in a debugger, whose user does nothing", async () => {
      const pid = await debuggableHost();
      const tracer = await Tracer.attach(pid);
      try {
        const abort = new AbortController();
        const running = cause("loop", 0, {
          timeoutMs: limitMs,
          signal: abort.signal,
          onPhase: (phase) => {
            if (phase === "debugging") {
              void tracer.step("stop").then(() => {
                abort.abort();
              });
            }
          },
        });
        resultOf(await running, "cancelled");
        assert.deepEqual(test.runner.hostPids, []);
        assert.equal(valueOf(await cause("none")), "survived", "the next call works meanwhile");
      } finally {
        await tracer[Symbol.asyncDispose]();
      }
      await untilReaped(pid);
    });
  });
}
