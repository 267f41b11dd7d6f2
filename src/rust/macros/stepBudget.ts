// How much work may go into something, counted in steps, so that the same source gives the same answer on every machine.

export class StepBudget {
  readonly #whole: StepBudget | undefined;
  #left: number;

  /** `whole`: what this is a part of, whose steps are taken too. */
  constructor(steps: number, whole?: StepBudget) {
    this.#left = steps;
    this.#whole = whole;
  }

  get isSpent(): boolean {
    return this.#left < 0 || this.#whole?.isSpent === true;
  }

  /** False when there is not as much left; from then on it always is. */
  spend(steps: number): boolean {
    this.#whole?.spend(Math.min(steps, Math.max(0, this.#left)));
    this.#left = this.#left < steps ? -1 : this.#left - steps;
    return !this.isSpent;
  }
}
