// Work that many events ask for: it runs one at a time, and once more when it was asked for meanwhile.

export class OneAtATime {
  readonly #work: () => Promise<void>;
  #isRunning = false;
  #isDue = false;

  /** `work` must not reject. */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  ask(): void {
    this.#isDue = true;
    if (!this.#isRunning) {
      void this.#run();
    }
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isDue) {
      this.#isDue = false;
      await this.#work();
    }
    this.#isRunning = false;
  }
}
