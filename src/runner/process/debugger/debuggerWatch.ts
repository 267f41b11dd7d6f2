// The debuggers of one host process as its time limits meet them: whoever shows the call hears when its limit stands still,
// and the outcome says that it did.

import type { HostPhase } from "../../../model/hostPhase.ts";
import type { DebuggerProbe } from "./attachedDebugger.ts";
import type { DebuggerPort } from "../timeLimit.ts";

export class DebuggerWatch implements DebuggerPort {
  readonly #probe: Pick<DebuggerProbe, "isAttached">;
  #onHeld: (isHeld: boolean) => void = () => undefined;
  #hasHeld = false;

  constructor(probe: Pick<DebuggerProbe, "isAttached">) {
    this.#probe = probe;
  }

  isAttached(): Promise<boolean> {
    return this.#probe.isAttached();
  }

  held(isHeld: boolean): void {
    this.#hasHeld ||= isHeld;
    this.#onHeld(isHeld);
  }

  /** Begins a call: what is to be told its phases, which are "debugging" whenever the limit stands still. */
  phases(onPhase: (phase: HostPhase) => void): (phase: HostPhase) => void {
    let current: HostPhase = "loading";
    this.#hasHeld = false;
    this.#onHeld = (isHeld) => {
      onPhase(isHeld ? "debugging" : current);
    };
    return (phase) => {
      current = phase;
      onPhase(phase);
    };
  }

  /** What the outcome says of the call that {@link phases} began. */
  notes(): readonly string[] {
    return this.#hasHeld ? ["The time limit stood still while a debugger was attached."] : [];
  }
}
