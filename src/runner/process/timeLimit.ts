// A limit of time for what a plugin does. While a debugger is attached to its process the limit stands still; afterwards the
// plugin has its full time again. For a stream it is the limit of each single answer: it begins anew with every item, and is
// stopped while the plugin waits for us.

/** Tells a limit of debuggers, and is told what the limit makes of them. */
export interface DebuggerPort {
  isAttached(): Promise<boolean>;
  /** The limit stands still because of a debugger, or counts again. */
  held(isHeld: boolean): void;
}

/** Longest delay that a timer takes; it would fire at once beyond. */
const longestDelayMs = 0x7fff_ffff;

/** How often it is asked whether the debugger is still there. */
const askAgainMs = 250;

export class TimeLimit {
  readonly #timeoutMs: number | null;
  readonly #debugger: DebuggerPort | null;
  readonly #onExpired: () => void;
  #timer: NodeJS.Timeout | null = null;
  #askTimer: NodeJS.Timeout | null = null;
  /** Another number than before: what was asked meanwhile is of no use. */
  #turn = 0;

  /** Null is no limit. */
  constructor(timeoutMs: number | null, debug: DebuggerPort | null, onExpired: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#debugger = debug;
    this.#onExpired = onExpired;
  }

  /** The plugin begins, or has answered and is asked again. */
  restart(): void {
    this.#turn += 1;
    if (this.#timer !== null) {
      this.#timer.refresh();
    } else if (this.#timeoutMs !== null && this.#askTimer === null) {
      const delayMs = Math.min(this.#timeoutMs, longestDelayMs);
      this.#timer = setTimeout(() => void this.#expire(), delayMs);
    }
  }

  /** The plugin is done, or waits for us. */
  stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    this.#letGo();
  }

  async #expire(): Promise<void> {
    if (this.#debugger === null) {
      this.#onExpired();
      return;
    }
    const turn = this.#turn;
    const isAttached = await this.#debugger.isAttached();
    if (turn !== this.#turn) {
      return;
    }
    if (!isAttached) {
      this.#onExpired();
      return;
    }
    this.#timer = null;
    this.#askTimer = setTimeout(() => void this.#askAgain(), askAgainMs);
    this.#debugger.held(true);
  }

  async #askAgain(): Promise<void> {
    const timer = this.#askTimer;
    const isAttached = (await this.#debugger?.isAttached()) === true;
    if (timer === null || timer !== this.#askTimer) {
      return;
    }
    if (isAttached) {
      timer.refresh();
    } else {
      this.#letGo();
      this.restart();
    }
  }

  #letGo(): void {
    if (this.#askTimer !== null) {
      clearTimeout(this.#askTimer);
      this.#askTimer = null;
      this.#debugger?.held(false);
    }
  }
}
