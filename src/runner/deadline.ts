// A limit of time and a signal for work in a host process. A native call cannot be interrupted: when the limit is reached or
// the signal comes, the process is ended, and the work's own promise settles by that.

/** Why work was stopped from outside. */
export type StopReason = "timedOut" | "cancelled";

export interface Limit {
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
}

/** Longest delay that a timer takes; it would fire at once beyond. */
const longestDelayMs = 0x7fff_ffff;

/** Runs `work`; calls `stop` once when the limit is reached first. Never waits for anything but `work` itself. */
export async function withinLimit<T>(
  limit: Limit,
  stop: (reason: StopReason) => void,
  work: () => Promise<T>,
): Promise<T> {
  const cancel = (): void => {
    stop("cancelled");
  };
  const { timeoutMs, signal } = limit;
  const timer =
    timeoutMs === null
      ? undefined
      : setTimeout(stop, Math.min(timeoutMs, longestDelayMs), "timedOut");
  signal.addEventListener("abort", cancel, { once: true });
  try {
    if (signal.aborted) {
      cancel();
    }
    return await work();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
}
