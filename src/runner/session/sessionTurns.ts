// Whose turn it is in one host process: a call, or a stream for as long as its plugin is asked for something. A plugin that
// waits for the next item of its input keeps the host, and only its user can change that: whoever would wait for it is told.

import { Turnstile } from "../process/turnstile.ts";
import type { Passage } from "../process/turnstile.ts";

/** How a request for a turn ended: it was had, called back, or must wait until somebody gives `holder` its input. */
export type Turn<T> = Passage<T> | { readonly kind: "busy"; readonly holder: string };

/** So long may a plugin wait for its input before others are turned away: a file is sent item by item. */
const inputPatienceMs = 500;

export class SessionTurns {
  readonly #turnstile = new Turnstile();
  readonly #turnedAway = new Set<() => void>();
  #holder: string | null = null;
  #patience: NodeJS.Timeout | null = null;
  #isStuck = false;

  /** Nobody has a turn or waits for one. */
  get isFree(): boolean {
    return this.#turnstile.isFree;
  }

  /** What runs in the host, in words such as "`greet` of instance `a`"; null when nothing does. */
  get holder(): string | null {
    return this.#holder;
  }

  /** Waits for a turn however long that takes, unless `signal` aborts before. */
  take<T>(holder: string, signal: AbortSignal, task: () => Promise<T>): Promise<Passage<T>> {
    return this.#turnstile.pass(signal, async () => {
      this.#holder = holder;
      try {
        return await task();
      } finally {
        this.#holder = null;
        this.inputAnswered();
      }
    });
  }

  /** Waits for a turn, but not for a plugin that waits for input itself. */
  async takeUnlessBusy<T>(
    holder: string,
    signal: AbortSignal,
    task: () => Promise<T>,
  ): Promise<Turn<T>> {
    if (this.#turnstile.isFree) {
      return this.take(holder, signal, task);
    }
    const away = new AbortController();
    const turnAway = (): void => {
      away.abort(this.#holder);
    };
    signal.addEventListener("abort", turnAway);
    this.#turnedAway.add(turnAway);
    if (this.#isStuck || signal.aborted) {
      turnAway();
    }
    try {
      const passage = await this.take(holder, away.signal, () => {
        this.#turnedAway.delete(turnAway);
        return task();
      });
      return passage.kind === "calledBack" && !signal.aborted
        ? { kind: "busy", holder: String(away.signal.reason) }
        : passage;
    } finally {
      this.#turnedAway.delete(turnAway);
      signal.removeEventListener("abort", turnAway);
    }
  }

  /** The plugin whose turn it is waits for an item of its input, and there is none. */
  inputWaits(): void {
    this.#patience ??= setTimeout(() => {
      this.#isStuck = true;
      for (const turnAway of [...this.#turnedAway]) {
        turnAway();
      }
    }, inputPatienceMs);
  }

  /** It got what it waited for, or does not wait any more. */
  inputAnswered(): void {
    clearTimeout(this.#patience ?? undefined);
    this.#patience = null;
    this.#isStuck = false;
  }
}
