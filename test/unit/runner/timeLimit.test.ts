// The limit of time and its debuggers: when it stands still, when it counts again, and what the system says of a debugger.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import {
  readLinuxStatus,
  readMacFlags,
} from "../../../src/runner/process/debugger/attachedDebugger.ts";
import { TimeLimit } from "../../../src/runner/process/timeLimit.ts";

/** A debugger that comes and goes as the test says, and what happened. */
class ScriptedDebugger {
  isThere = true;
  readonly log: string[] = [];
  #onEvent: (event: string) => void = () => undefined;

  readonly isAttached = (): Promise<boolean> => Promise.resolve(this.isThere);

  readonly held = (isHeld: boolean): void => {
    this.note(isHeld ? "held" : "let go");
  };

  note(event: string): void {
    this.log.push(event);
    this.#onEvent(event);
  }

  /** Settles with the next event of that name. */
  next(event: string): Promise<void> {
    return new Promise((resolve) => {
      this.#onEvent = (other) => {
        if (other === event) {
          resolve();
        }
      };
    });
  }
}

describe("a limit of time", () => {
  const limitWith = (script: ScriptedDebugger, timeoutMs: number | null): TimeLimit =>
    new TimeLimit(timeoutMs, script, () => {
      script.note("expired");
    });

  it("stands still under a debugger and counts from its beginning afterwards", async () => {
    const script = new ScriptedDebugger();
    const limit = limitWith(script, 40);
    limit.restart();
    await script.next("held");
    const letGo = script.next("let go");
    script.isThere = false;
    await letGo;
    const startedAt = performance.now();
    await script.next("expired");
    // Node's timers may fire a millisecond early.
    assert.ok(performance.now() - startedAt >= 38);
    assert.deepEqual(script.log, ["held", "let go", "expired"]);
  });

  it("that is stopped while it stands still never expires, and can begin again", async () => {
    const script = new ScriptedDebugger();
    const limit = limitWith(script, 1);
    limit.restart();
    await script.next("held");
    limit.stop();
    script.isThere = false;
    await setTimeout(300);
    assert.deepEqual(script.log, ["held", "let go"]);
    const expired = script.next("expired");
    limit.restart();
    await expired;
  });

  it("that is restarted while the system is asked has not expired", async () => {
    const script = new ScriptedDebugger();
    let answer: (isAttached: boolean) => void = () => undefined;
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const debug = {
      held: script.held,
      isAttached: (): Promise<boolean> =>
        new Promise((resolve) => {
          answer = resolve;
          asked();
        }),
    };
    const limit = new TimeLimit(1, debug, () => {
      script.note("expired");
    });
    limit.restart();
    await isAsked;
    limit.restart();
    answer(false);
    limit.stop();
    await setTimeout(5);
    assert.deepEqual(script.log, []);
  });

  it("is none when it is null, and needs no debugger", async () => {
    const expired = new Promise<void>((resolve) => {
      new TimeLimit(1, null, resolve).restart();
    });
    await expired;
    const script = new ScriptedDebugger();
    limitWith(script, null).restart();
    await setTimeout(5);
    assert.deepEqual(script.log, []);
  });
});

describe("what the system says of a debugger", () => {
  const status = (state: string, tracer: string): string =>
    `Name:\tnode\nState:\t${state}\nTgid:\t70\nPid:\t70\nPPid:\t1\nTracerPid:\t${tracer}\nUid:\t0\n`;

  it("on Linux", () => {
    const running = { isTraced: true, hasEnded: false };
    assert.deepEqual(readLinuxStatus(status("t (tracing stop)", "71")), running);
    assert.deepEqual(readLinuxStatus(status("S (sleeping)", "0")), {
      isTraced: false,
      hasEnded: false,
    });
    assert.deepEqual(readLinuxStatus(status("Z (zombie)", "71")), {
      isTraced: true,
      hasEnded: true,
    });
    assert.deepEqual(readLinuxStatus(""), { isTraced: false, hasEnded: false });
  });

  it("on macOS", () => {
    assert.deepEqual(readMacFlags("    4806 SX\n"), { isTraced: true, hasEnded: false });
    assert.deepEqual(readMacFlags("4006 S\n"), { isTraced: false, hasEnded: false });
    assert.deepEqual(readMacFlags(" 4806 Z+\n"), { isTraced: true, hasEnded: true });
    assert.deepEqual(readMacFlags(""), { isTraced: false, hasEnded: false });
  });
});
