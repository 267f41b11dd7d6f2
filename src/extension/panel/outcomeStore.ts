// The last outcome of each method for as long as the window lives: a page that comes back, or a panel that turns back to a
// method, shows it again. The oldest are dropped, because results may be large.

import type { CallOutcome } from "../../model/outcome.ts";

export interface StoredOutcome {
  readonly outcome: CallOutcome;
  readonly atMs: number;
  /** The remembered call that it belongs to, with what it was called with. */
  readonly call: { readonly id: string; readonly arguments: string | null } | null;
  /** False: the outcome stands for one whose result is not kept any more. */
  readonly isResultKept?: boolean;
}

const maximumOutcomes = 20;

export class OutcomeStore {
  /** Oldest first. */
  readonly #outcomes = new Map<string, StoredOutcome>();

  get(key: string): StoredOutcome | undefined {
    return this.#outcomes.get(key);
  }

  set(key: string, stored: StoredOutcome): void {
    this.#outcomes.delete(key);
    this.#outcomes.set(key, stored);
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size > maximumOutcomes && oldest !== undefined) {
      this.#outcomes.delete(oldest);
    }
  }
}
