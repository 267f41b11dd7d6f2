// When to stop starting hosts for looks into a build that nobody asked for (R7): three crashes within five minutes. A new build
// starts from nothing.

const mostCrashes = 3;
const windowMs = 5 * 60 * 1000;

/** Counts the crashes of one build. */
export class CrashRule {
  readonly #now: () => number;
  #crashes: number[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** No more hosts for this build for now. */
  get isRefusing(): boolean {
    const start = this.#now() - windowMs;
    this.#crashes = this.#crashes.filter((time) => time > start);
    return this.#crashes.length >= mostCrashes;
  }

  recordCrash(): void {
    this.#crashes.push(this.#now());
  }

  reset(): void {
    this.#crashes = [];
  }
}
