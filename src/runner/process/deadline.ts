// A limit of time and a signal for work in a host process. A native call cannot be interrupted: when the limit is reached or
// the signal comes, the process is ended, and the work's own promise settles by that.

import type { DebuggerPort } from "./timeLimit.ts";
import { TimeLimit } from "./timeLimit.ts";

/** Why work was stopped from outside. */
export type StopReason = "timedOut" | "cancelled";

export interface Limit {
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
}

/**
 * Runs `work`; calls `stop` once when the limit is reached first, which it never is while a debugger is attached. Never waits
 * for anything but `work` itself.
 */
export async function withinLimit<T>(
  limit: Limit,
  debug: DebuggerPort | null,
  stop: (reason: StopReason) => void,
  work: () => Promise<T>,
): Promise<T> {
  const cancel = (): void => {
    stop("cancelled");
  };
  const { timeoutMs, signal } = limit;
  const time = new TimeLimit(timeoutMs, debug, () => {
    stop("timedOut");
  });
  time.restart();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    if (signal.aborted) {
      cancel();
    }
    return await work();
  } finally {
    time.stop();
    signal.removeEventListener("abort", cancel);
  }
}
