// How far a run is, for people: each phase with the time at which it began.

import type { CallPhase } from "../../calls/callPlugin.ts";
import type { RunPhase } from "../../protocol/panel.ts";

/** Gives phases the time at which they began. */
export class PhaseClock {
  readonly #packageName: string;
  readonly #onPhase: (phase: RunPhase) => void;
  #kind: CallPhase["kind"] | undefined;
  #startedAtMs = 0;
  #isPaused = false;

  constructor(packageName: string, onPhase: (phase: RunPhase) => void) {
    this.#packageName = packageName;
    this.#onPhase = onPhase;
  }

  /** A host was asked: from then on something was called. */
  get hasReachedHost(): boolean {
    return this.#kind !== undefined && this.#kind !== "building";
  }

  enter(phase: CallPhase): void {
    if (this.#kind !== phase.kind) {
      this.#kind = phase.kind;
      this.#startedAtMs = Date.now();
    }
    const startedAtMs = this.#startedAtMs;
    this.#onPhase(
      phase.kind === "building"
        ? { kind: "building", packageName: this.#packageName, ...phase.progress, startedAtMs }
        : phase.kind === "debugging"
          ? { kind: "debugging", startedAtMs, isPaused: this.#isPaused }
          : phase.kind === "repeating"
            ? { kind: "repeating", startedAtMs, ...phase.progress }
            : { kind: phase.kind, startedAtMs },
    );
  }

  /** The debugger has stopped the process, or lets it run again. */
  readonly paused = (isPaused: boolean): void => {
    this.#isPaused = isPaused;
    if (this.#kind === "debugging") {
      this.enter({ kind: "debugging" });
    }
  };
}
