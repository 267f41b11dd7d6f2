// A repeated call: what counts, when it ends, and what its times say.

import assert from "node:assert/strict";
import { repeatCall, type RepeatProgress } from "../../../src/calls/repeatCall.ts";
import { outcomeOf } from "../../../src/calls/callPlugin.ts";
import type { CallOutcome, CallResult } from "../../../src/model/outcome.ts";
import { repeatReport } from "../../../src/model/repetition.ts";

const ok: CallResult = { kind: "ok", value: "1", bytes: new Uint8Array(), ranges: [] };

function took(callMs: number, result: CallResult = ok): CallOutcome {
  const outcome = outcomeOf(result, callMs);
  return { ...outcome, measurements: { ...outcome.measurements, callMs } };
}

/** Calls that take these times, on a clock that only they move. */
function calls(times: readonly number[], more: { readonly failsIn?: number } = {}) {
  let made = 0;
  let clock = 0;
  const controller = new AbortController();
  const told: RepeatProgress[] = [];
  return {
    told,
    controller,
    made: () => made,
    ports: {
      call: () => {
        const time = times[made % times.length] ?? 0;
        made += 1;
        clock += time;
        const failure: CallResult = { kind: "cancelled", afterMs: 1 };
        return Promise.resolve(took(time, made === more.failsIn ? failure : ok));
      },
      onProgress: (progress: RepeatProgress) => {
        told.push(progress);
      },
      signal: controller.signal,
      now: () => clock,
    },
  };
}

describe("a repeated call", () => {
  it("is made so often, and those to warm up do not count", async () => {
    const made = calls([100, 100, 1, 2, 3]);
    const { repeat, notes } = await repeatCall(
      { calls: 3, durationMs: null, warmUp: 2 },
      made.ports,
    );
    assert.equal(made.made(), 5);
    assert.deepEqual(
      [repeat?.calls, repeat?.warmUp, repeat?.least, repeat?.mean, repeat?.greatest],
      [3, 2, 1, 2, 3],
    );
    assert.deepEqual(made.told[0], { done: 0, total: 5 });
    assert.deepEqual(notes, []);
  });

  it("is made for so long, once at least", async () => {
    const made = calls([10]);
    const { repeat } = await repeatCall({ calls: null, durationMs: 100, warmUp: 3 }, made.ports);
    assert.equal(repeat?.calls, 10);
    assert.equal(made.told[0]?.total, null);
    const slow = calls([1000]);
    const once = await repeatCall({ calls: null, durationMs: 1, warmUp: 0 }, slow.ports);
    assert.equal(once.repeat?.calls, 1);
  });

  it("ends with the first call that gives no value, and keeps the times before it", async () => {
    const made = calls([1], { failsIn: 4 });
    const outcome = await repeatCall({ calls: 9, durationMs: null, warmUp: 1 }, made.ports);
    assert.equal(outcome.result.kind, "cancelled");
    assert.equal(outcome.repeat?.calls, 2);
    assert.deepEqual(outcome.notes, ["The repetition stopped in call 4."]);
  });

  it("that its user ends shows the last value and what was measured", async () => {
    const made = calls([1], { failsIn: 3 });
    made.controller.abort();
    const outcome = await repeatCall({ calls: 9, durationMs: null, warmUp: 0 }, made.ports);
    assert.equal(outcome.result.kind, "ok");
    assert.equal(outcome.repeat?.calls, 1);
  });
});

describe("times of a repeated call", () => {
  it("have percentiles that were measured, and bins with every call", () => {
    const times = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 1000) + 1);
    const report = repeatReport(times, 0);
    assert.deepEqual([report?.p50, report?.p95, report?.p99], [500, 950, 990]);
    const count = report?.bins.reduce((sum, bin) => sum + bin.count, 0);
    assert.equal(count, 1000);
    assert.equal(report?.bins.at(-1)?.count, 10);
  });

  it("that are all the same, one alone, and none", () => {
    assert.deepEqual(repeatReport([2, 2, 2], 0)?.bins, [{ fromMs: 2, toMs: 2, count: 3 }]);
    assert.equal(repeatReport([0.5], 0)?.p99, 0.5);
    assert.equal(repeatReport([], 0), undefined);
    const late = repeatReport([...new Array<number>(200).fill(1), 9], 0);
    assert.deepEqual(late?.bins.at(-1), { fromMs: 1, toMs: 9, count: 1 });
  });
});
