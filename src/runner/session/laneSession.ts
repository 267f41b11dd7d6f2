// The way into the host of a library: the file as it is now, staged; the process that has it, or a new one; and the turn in
// that process, which calls share with the streams that are open in it.

import { performance } from "node:perf_hooks";
import type { HostFunctionRequest } from "../../model/hostFunctions.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import { retireTakenAway } from "./hostFunctions.ts";
import type { HostLane, HostPool } from "./hostPool.ts";
import type { HostSession } from "./hostSession.ts";
import type { WantedInstance } from "./laneInstances.ts";
import { withoutHost } from "../outcome/openOutcome.ts";
import type { OpenOutcome } from "../outcome/openOutcome.ts";
import type { LibraryStaging, StagedLibrary } from "../process/stagedDylib.ts";

/** What is wanted of a host. */
export interface SessionRequest {
  readonly library: string;
  readonly plugin: PluginSchema;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostFunctions?: HostFunctionRequest | null | undefined;
}

/** Where work in a host happens. */
export interface LanePlace {
  readonly pool: HostPool;
  readonly staging: LibraryStaging;
  readonly lane: HostLane;
}

/** The work was done, or what came instead. */
export type InLane<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly outcome: OpenOutcome };

/** Does `task` in the lane's host when nothing else runs there; `holder` is what people know it by. */
export async function inLane<T>(
  { pool, staging, lane }: LanePlace,
  request: SessionRequest,
  { holder, signal }: { readonly holder: string; readonly signal: AbortSignal },
  task: (session: HostSession, library: StagedLibrary) => Promise<T>,
): Promise<InLane<T>> {
  const start = performance.now();
  const fail = (outcome: OpenOutcome): InLane<T> => ({ kind: "failed", outcome });
  const cancelled = (): InLane<T> =>
    fail(withoutHost({ kind: "cancelled", afterMs: performance.now() - start }));
  const passage = await lane.turnstile.pass(signal, async (): Promise<InLane<T>> => {
    for (;;) {
      const staged = await staging.stage(request.library);
      if (!staged.ok) {
        return fail(withoutHost({ kind: "loadFailed", failure: staged.error }));
      }
      retireTakenAway(pool, lane, request.hostFunctions ?? undefined);
      const session = await pool.session(lane, staged.value, request.environment);
      const turn = await session.turns.takeUnlessBusy(holder, signal, async () =>
        // A stream may have ended the process meanwhile: then another one is wanted.
        session.isUsable ? { value: await task(session, staged.value) } : null,
      );
      switch (turn.kind) {
        case "calledBack":
          return cancelled();
        case "busy":
          return fail(withoutHost({ kind: "busy", message: describeBusy(holder, turn.holder) }));
        case "passed":
          if (turn.value !== null) {
            return { kind: "done", value: turn.value.value };
          }
      }
    }
  });
  return passage.kind === "passed" ? passage.value : cancelled();
}

/** What a call or stream is called for people. */
export function holderOf(
  method: Pick<PluginMethod, "name">,
  instance: WantedInstance | null,
): string {
  return instance === null ? `\`${method.name}\`` : `\`${method.name}\` of \`${instance.name}\``;
}

function describeBusy(wanted: string, holder: string): string {
  return `${wanted} was not called: the stream ${holder} runs in the same process and waits for its next input item. Send it one, finish its input, or cancel it; then call again.`;
}
