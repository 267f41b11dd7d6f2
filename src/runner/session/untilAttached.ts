// The wait of a debugged call between "loaded" and "called": its host is told to whoever attaches a debugger.

import type { DebugUser } from "../../model/debugging.ts";
import type { CallResult } from "../../model/outcome.ts";
import { err } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import { seesDebuggers } from "../process/debugger/attachedDebugger.ts";
import type { HostSession } from "./hostSession.ts";
import type { StagedLibrary } from "../process/stagedDylib.ts";

/** Waits until the user of a debugged call says that the method may run. */
export async function untilAttached(
  session: HostSession,
  request: {
    readonly debug: DebugUser;
    readonly library: StagedLibrary;
    readonly onPhase: (phase: "attaching") => void;
  },
  signal: AbortSignal,
): Promise<Result<null, CallResult>> {
  const start = performance.now();
  const { debuggers, pid, program } = session.process;
  if (pid === undefined) {
    return err({ kind: "crashed", death: await session.process.ended });
  }
  const over = Promise.race([session.process.ended, aborted(signal)]);
  request.onPhase("attaching");
  const attached = await request.debug.attach(
    {
      pid,
      program,
      libraryCopy: request.library.path,
      library: request.library.source,
      isDebugged: async () => (seesDebuggers ? debuggers.isAttached() : null),
    },
    over,
  );
  if (signal.aborted) {
    session.stop("cancelled");
    return err({ kind: "cancelled", afterMs: performance.now() - start });
  }
  if (!session.isUsable) {
    return err({ kind: "crashed", death: await session.process.ended });
  }
  return attached.ok ? attached : err({ kind: "unsupported", message: attached.error });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      resolve();
    };
    signal.addEventListener("abort", settle, { once: true });
    if (signal.aborted) {
      settle();
    }
  });
}
