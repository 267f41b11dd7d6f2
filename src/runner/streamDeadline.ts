// The time limit of a stream: of each single answer of the plugin. It runs while the plugin is asked for something, begins
// anew with every item, and stands still while the plugin waits for us.

/** Longest delay that a timer takes; it would fire at once beyond. */
const longestDelayMs = 0x7fff_ffff;

export class StreamDeadline {
  readonly #timeoutMs: number | null;
  readonly #onExpired: () => void;
  #timer: NodeJS.Timeout | null = null;

  /** Null is no limit. */
  constructor(timeoutMs: number | null, onExpired: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#onExpired = onExpired;
  }

  /** The plugin is asked, or has answered and is asked again. */
  restart(): void {
    if (this.#timer !== null) {
      this.#timer.refresh();
    } else if (this.#timeoutMs !== null) {
      this.#timer = setTimeout(this.#onExpired, Math.min(this.#timeoutMs, longestDelayMs));
    }
  }

  /** The plugin waits for us. */
  stop(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }
}
