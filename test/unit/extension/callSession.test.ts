// A panel's runs: one at a time, the newest arguments win until the call begins, cancel reaches the run.

import assert from "node:assert/strict";
import {
  CallSession,
  type Run,
  type RunRequest,
} from "../../../src/extension/invoke/callSession.ts";
import type { CallOutcome } from "../../../src/model/outcome.ts";
import type { RunPhase } from "../../../src/protocol/panel.ts";

const building: RunPhase = {
  kind: "building",
  packageName: "demo",
  done: 1,
  total: 3,
  crateName: null,
  isWaitingForLock: false,
  startedAtMs: 0,
};

function outcomeOf(request: RunRequest): CallOutcome {
  return {
    result: { kind: "ok", value: request.arguments, bytes: new Uint8Array(), ranges: [] },
    output: { stdout: "", stderr: "", droppedBytes: 0 },
    measurements: { totalMs: 1 },
    notes: [],
  };
}

const request = (n: number): RunRequest => ({ arguments: { n }, timeoutMs: null });

/** A session whose run stops where the test holds it. */
function heldSession() {
  const phases: RunPhase["kind"][] = [];
  const outcomes: unknown[] = [];
  const errors: unknown[] = [];
  let starts = 0;
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let setPhase: (phase: RunPhase) => void = () => undefined;
  const run: Run = async (newest, signal, onPhase) => {
    starts++;
    setPhase = onPhase;
    await gate;
    if (signal.aborted) {
      return { ...outcomeOf(newest()), result: { kind: "cancelled", afterMs: 1 } };
    }
    return outcomeOf(newest());
  };
  const session = new CallSession(run, {
    onPhase: ({ kind }) => phases.push(kind),
    onOutcome: ({ result }) => outcomes.push(result.kind === "ok" ? result.value : result.kind),
    onError: (error) => errors.push(error),
  });
  return {
    session,
    phases,
    outcomes,
    errors,
    release: () => {
      open();
    },
    startCount: () => starts,
    enter: (phase: RunPhase) => {
      setPhase(phase);
    },
  };
}

describe("CallSession", () => {
  it("reports the outcome before it says that nothing runs, and runs nothing by then", async () => {
    const order: string[] = [];
    const session: CallSession = new CallSession((newest) => Promise.resolve(outcomeOf(newest())), {
      onPhase: ({ kind }) => order.push(kind),
      onOutcome: () => order.push(`outcome, ${session.phase.kind}, ${String(session.isRunning)}`),
      onError: () => order.push("error"),
    });
    await session.invoke(request(1));
    assert.deepEqual(order, ["outcome, idle, false", "idle"]);
  });

  it("takes the newest arguments while it builds, and builds once", async () => {
    const held = heldSession();
    const first = held.session.invoke(request(1));
    held.enter(building);
    await held.session.invoke(request(2));
    await held.session.invoke(request(3));
    held.release();
    await first;
    assert.deepEqual(held.outcomes, [{ n: 3 }]);
    assert.equal(held.startCount(), 1);
  });

  it("keeps the arguments of a call that began", async () => {
    const held = heldSession();
    const first = held.session.invoke(request(1));
    held.enter({ kind: "calling", startedAtMs: 0 });
    await held.session.invoke(request(2));
    held.release();
    await first;
    assert.deepEqual(held.outcomes, [{ n: 1 }]);
  });

  it("cancels what runs and can run again", async () => {
    const held = heldSession();
    held.session.cancel();
    const first = held.session.invoke(request(1));
    held.session.cancel();
    held.release();
    await first;
    assert.deepEqual(held.outcomes, ["cancelled"]);
    assert.equal(held.session.isRunning, false);
    await held.session.invoke(request(2));
    assert.deepEqual(held.outcomes, ["cancelled", { n: 2 }]);
  });

  it("is idle again after a bug, which is reported and is no outcome", async () => {
    const errors: unknown[] = [];
    const outcomes: CallOutcome[] = [];
    const session = new CallSession(() => Promise.reject(new Error("bug")), {
      onPhase: () => undefined,
      onOutcome: (outcome) => outcomes.push(outcome),
      onError: (error) => errors.push(error),
    });
    await session.invoke(request(1));
    assert.equal(session.phase.kind, "idle");
    assert.equal(session.isRunning, false);
    assert.equal(errors.length, 1);
    assert.equal(outcomes.length, 0);
  });
});
