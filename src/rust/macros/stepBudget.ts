// How much work may go into something, counted in steps, so that the same source gives the same answer on every machine.

export class StepBudget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** False when there is not as much left; from then on it always is. */
  spend(steps: number): boolean {
    this.#left = this.#left < steps ? -1 : this.#left - steps;
    return !this.isSpent;
  }
}
