// A call or stream for a debugger: in a fresh host process that may be debugged, on an instance of its own, without a limit of
// time. The method runs when its user says so, and the process ends with the call.

import type { DebugUser } from "../../model/debugging.ts";
import type { HostPhase } from "../../model/hostPhase.ts";
import type { HostPool } from "../session/hostPool.ts";
import type { WantedInstance } from "../session/laneInstances.ts";
import type { LanePlace } from "../session/laneSession.ts";
import type { OpenOutcome } from "../outcome/openOutcome.ts";
import type { LibraryStaging } from "../process/stagedDylib.ts";

/** What is different about a call for a debugger. */
export interface DebuggedCall {
  readonly debug: DebugUser;
  /** A debugger stops the plugin for as long as its user likes. */
  readonly timeoutMs: null;
  readonly onPhase: (phase: HostPhase) => void;
}

/** Runs `call` in a process that nobody else uses, and ends it when its user has let it go. */
export async function callDebugged(
  home: { readonly pool: HostPool; readonly staging: LibraryStaging },
  request: {
    readonly debug: DebugUser;
    readonly instance: WantedInstance | null;
    readonly onPhase: (phase: HostPhase) => void;
  },
  call: (place: LanePlace, difference: DebuggedCall) => Promise<OpenOutcome>,
): Promise<OpenOutcome> {
  const { debug, instance, onPhase } = request;
  const lane = home.pool.debugLane();
  const difference: DebuggedCall = {
    debug,
    timeoutMs: null,
    onPhase: (phase) => {
      onPhase(phase === "calling" ? "debugging" : phase);
    },
  };
  try {
    const outcome = await call({ ...home, lane }, difference);
    return { ...outcome, notes: [...describeDebugged(instance), ...outcome.notes] };
  } finally {
    await debug.detach?.();
    await home.pool.discard(lane);
  }
}

/** Whoever chose an instance with a state is to know that the call did not see it. */
function describeDebugged(instance: WantedInstance | null): readonly string[] {
  const note = "The time limit was off: the call was made for a debugger.";
  return instance === null
    ? [note]
    : [
        note,
        `It ran on an instance of its own, made from the configuration of ${instance.name}; the state of ${instance.name} was neither seen nor changed.`,
      ];
}
