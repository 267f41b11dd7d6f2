// Which way this system tells of debuggers.

import { createUnixProbe } from "./attachedDebugger.ts";
import type { DebuggerProbe } from "./attachedDebugger.ts";
import { WindowsDebuggers } from "./windowsDebuggers.ts";
import type { ProbeLaunch } from "./windowsDebuggers.ts";

const noProbe: DebuggerProbe = {
  isAttached: () => Promise.resolve(false),
  hasEndedUnderIt: () => Promise.resolve(false),
  dispose: () => undefined,
};

/** A probe of the process with this number; undefined is one that did not start. */
export function createDebuggerProbe(launch: ProbeLaunch, pid: number | undefined): DebuggerProbe {
  if (pid === undefined) {
    return noProbe;
  }
  return process.platform === "win32" ? new WindowsDebuggers(launch, pid) : createUnixProbe(pid);
}
