// Lets one task through at a time, in order of arrival; a task that waits can be called back.

/** How a task that wanted through ended. */
export type Passage<T> =
  { readonly kind: "passed"; readonly value: T } | { readonly kind: "calledBack" };

export class Turnstile {
  #last: Promise<void> = Promise.resolve();
  #count = 0;

  /** Nobody is in it or waits for it. */
  get isFree(): boolean {
    return this.#count === 0;
  }

  /** Runs `task` when all earlier ones have ended, unless `signal` aborts before that. */
  async pass<T>(signal: AbortSignal, task: () => Promise<T>): Promise<Passage<T>> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    const isGone = new Promise<void>((resolve) => {
      leave = resolve;
    });
    // One that is called back still lets its successor wait for those before it.
    this.#last = before.then(() => isGone);
    this.#count += 1;
    try {
      await untilTurn(before, signal);
      return signal.aborted ? { kind: "calledBack" } : { kind: "passed", value: await task() };
    } finally {
      this.#count -= 1;
      leave();
    }
  }
}

async function untilTurn(before: Promise<void>, signal: AbortSignal): Promise<void> {
  let stopListening: () => void = () => undefined;
  const isAborted = new Promise<void>((resolve) => {
    const onAbort = (): void => {
      resolve();
    };
    signal.addEventListener("abort", onAbort);
    stopListening = () => {
      signal.removeEventListener("abort", onAbort);
    };
    if (signal.aborted) {
      resolve();
    }
  });
  await Promise.race([before, isAborted]);
  stopListening();
}
