// Ctrl+C and its like as cancellation.

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `body` with a signal that the user's interruption aborts. */
export async function untilInterrupted<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  signals.forEach((signal) => process.on(signal, interrupt));
  try {
    return await body(interruption.signal);
  } finally {
    signals.forEach((signal) => process.off(signal, interrupt));
  }
}
