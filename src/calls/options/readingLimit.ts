// The time limit of a call holds for the files that its arguments name too.

/** Aborts with `signal`, or when reading has taken as long as the call may; null is no limit. */
export function readingLimit(signal: AbortSignal, timeoutMs: number | null): AbortSignal {
  return timeoutMs === null ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
}
