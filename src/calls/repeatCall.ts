// One call made again and again: first to warm up, then measured, until there are enough calls or the time is over. A call that does
// not give a value ends it; Cancel ends it with what was measured.

import type { CallOutcome } from "../model/outcome.ts";
import { mostRepeats, repeatReport, type Repetition } from "../model/repetition.ts";

export interface RepeatProgress {
  /** Calls so far, those to warm up among them. */
  readonly done: number;
  /** Null where the time decides. */
  readonly total: number | null;
}

interface RepeatPorts {
  readonly call: (isFirst: boolean) => Promise<CallOutcome>;
  readonly onProgress: (progress: RepeatProgress) => void;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

/** Tells of progress no oftener. */
const tellEveryMs = 100;

/** The last call's outcome, with the times of all that were measured. */
export async function repeatCall(
  { calls, durationMs, warmUp }: Repetition,
  { call, onProgress, signal, now = () => performance.now() }: RepeatPorts,
): Promise<CallOutcome> {
  const times: number[] = [];
  const wanted = Math.min(calls ?? mostRepeats, mostRepeats);
  const total = calls === null ? null : wanted + warmUp;
  let last: CallOutcome | undefined;
  let toldAtMs = -Infinity;
  let startedAtMs = now();
  const isEnough = (done: number): boolean =>
    done > warmUp &&
    (times.length >= wanted || (durationMs !== null && now() - startedAtMs >= durationMs));
  for (let done = 0; !isEnough(done); done++) {
    if (done === warmUp) {
      startedAtMs = now();
    }
    if (now() - toldAtMs >= tellEveryMs) {
      toldAtMs = now();
      onProgress({ done, total });
    }
    const outcome = await call(done === 0);
    if (outcome.result.kind !== "ok" || (signal.aborted && last !== undefined)) {
      // A value that came is worth more than the news that nobody waits for the next one.
      return withTimes(signal.aborted ? (last ?? outcome) : outcome, times, warmUp, done);
    }
    last = outcome;
    if (done >= warmUp) {
      times.push(outcome.measurements.callMs ?? 0);
    }
  }
  return withTimes(last, times, warmUp, null);
}

function withTimes(
  outcome: CallOutcome | undefined,
  times: readonly number[],
  warmUp: number,
  stoppedAfter: number | null,
): CallOutcome {
  if (outcome === undefined) {
    throw new Error("a repeated call was never made");
  }
  const repeat = repeatReport(times, warmUp);
  const note =
    stoppedAfter === null
      ? []
      : [`The repetition stopped in call ${(stoppedAfter + 1).toLocaleString("en")}.`];
  return {
    ...outcome,
    ...(repeat === undefined ? {} : { repeat }),
    notes: [...note, ...outcome.notes],
  };
}
