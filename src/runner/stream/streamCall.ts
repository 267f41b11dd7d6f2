// Calling a streaming method on the instance that other calls are on, in its process: the stream sees what they left there,
// and they see what it does. From the outside it is a call whose outcome comes at the stream's end.

import type { HostFunctionRequest } from "../../model/hostFunctions.ts";
import type { HostPhase } from "../../model/hostPhase.ts";
import type { CallMeasurements, CallResult } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { StreamUser } from "../../model/stream.ts";
import { describeLost, describeRebuilt } from "../session/configuredInstances.ts";
import { hostFunctionLog } from "../outcome/hostFunctionLog.ts";
import type { HostLane } from "../session/hostPool.ts";
import type { HostSession } from "../session/hostSession.ts";
import type { WantedInstance } from "../session/laneInstances.ts";
import { holderOf, inLane } from "../session/laneSession.ts";
import type { LanePlace } from "../session/laneSession.ts";
import { openInHost, slotToCall } from "../session/openInstance.ts";
import type { OpenedInHost } from "../session/openInstance.ts";
import type { OpenOutcome } from "../outcome/openOutcome.ts";
import type { SessionStream } from "../session/sessionStreams.ts";
import { rememberSignatures } from "../session/signatureMemory.ts";
import type { SignatureMemory } from "../session/signatureMemory.ts";
import type { StagedLibrary } from "../process/stagedDylib.ts";
import { StreamRun } from "./streamRun.ts";
import { StreamTurns } from "./streamTurns.ts";

/** What of a call a stream needs. */
export interface StreamCall {
  readonly library: string;
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly instance: WantedInstance | null;
  readonly hostFunctions: HostFunctionRequest | null;
  readonly encoded: Uint8Array;
  readonly isCurrent?: boolean | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number | null;
  readonly loadTimeoutMs: number;
  readonly outputLimit: number;
  readonly known: SignatureMemory;
  readonly user: StreamUser;
  readonly onPhase: (phase: HostPhase) => void;
}

/** Runs a stream to its end. */
export async function callStream(
  place: LanePlace,
  call: StreamCall,
  signal: AbortSignal,
): Promise<OpenOutcome> {
  const holder = holderOf(call.method, call.instance);
  const startedAtMs = performance.timeOrigin + performance.now();
  const opening = await inLane(place, call, { holder, signal }, (session, library) =>
    open(place.lane, session, library, { call, holder, signal }),
  );
  place.pool.afterUse(place.lane);
  if (opening.kind === "failed") {
    return opening.outcome;
  }
  if (opening.value.kind === "failed") {
    return opening.value.outcome;
  }
  const { run, turns, notes, loadMs } = opening.value;
  turns.debuggers.phases(call.onPhase)("calling");
  const result = await run.result();
  const { session } = turns;
  if (result.kind !== "crashed") {
    rememberSignatures(call.known, call.plugin, result);
  }
  const { pid } = session.process;
  const measurements: Partial<CallMeasurements> = {
    ...(loadMs === null ? {} : { loadMs }),
    outputBytes: run.counts.receivedBytes,
    ...(pid === undefined ? {} : { hostPid: pid }),
  };
  const output = turns.capture.captured();
  const interfaces = call.hostFunctions?.interfaces ?? [];
  const log = hostFunctionLog(turns.functionCalls, interfaces, startedAtMs, result, output);
  const end = [
    ...turns.debuggers.notes(),
    ...run.notes,
    ...describeSharedEnd(place, opening.value, result),
  ];
  const leaving = leave(place, opening.value);
  if (run.dropped === null) {
    await leaving;
  }
  return {
    result,
    output,
    measurements,
    notes: [...notes, ...end],
    ...(log === undefined ? {} : { hostFunctions: log }),
  };
}

interface OpenedStream {
  readonly kind: "opened";
  readonly run: StreamRun;
  readonly turns: StreamTurns;
  readonly registered: SessionStream;
  readonly settleEnd: () => void;
  readonly library: StagedLibrary;
  readonly notes: readonly string[];
  /** Null when the library was loaded already. */
  readonly loadMs: number | null;
}

/** Constructs the instance when it does not live, and holds it for the stream. */
async function open(
  lane: HostLane,
  session: HostSession,
  library: StagedLibrary,
  { call, holder, signal }: { call: StreamCall; holder: string; signal: AbortSignal },
): Promise<OpenedStream | { readonly kind: "failed"; readonly outcome: OpenOutcome }> {
  const start = performance.now();
  const turns = new StreamTurns(session, session.capture(), holder);
  const onPhase = session.debuggers.phases(call.onPhase);
  const { progress, hasCrashed } = await turns.inTurn(null, () =>
    openInHost(session, { ...call, library, onPhase }, signal, turns.stderr),
  );
  const before = [...describeIdleDeath(lane), ...session.debuggers.notes()];
  lane.idleDeath = null;
  if (!progress.ok) {
    if (hasCrashed) {
      session.tellEnd();
    }
    const output = turns.capture.captured();
    const notes = [...before, ...describeLost(session)];
    return {
      kind: "failed",
      outcome: { result: progress.error, output, measurements: {}, notes },
    };
  }
  const opened: OpenedInHost = progress.value;
  const { instance, isNew, isNewlyLoaded } = opened;
  const run = new StreamRun(turns, { ...call, instance, slot: slotToCall(opened) }, signal);
  let settleEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    settleEnd = resolve;
  });
  const registered: SessionStream = {
    instance,
    method: call.method.name,
    end: () => {
      run.close();
    },
    ended,
  };
  session.streams.add(registered);
  return {
    kind: "opened",
    run,
    turns,
    registered,
    settleEnd,
    library,
    notes: [...before, ...describeRebuilt(lane, call.instance, isNew)],
    loadMs: isNewlyLoaded ? performance.now() - start : null,
  };
}

/** What its end means for others, and what became of the build that it ran on. */
function describeSharedEnd(
  { pool, lane }: LanePlace,
  { turns, library }: OpenedStream,
  result: CallResult,
): readonly string[] {
  const { session } = turns;
  if (result.kind === "crashed") {
    session.tellEnd();
  }
  if (!pool.isOutlived(session)) {
    return describeLost(session);
  }
  return lane.library?.id === library.id
    ? []
    : [
        "The plugin was built anew while the stream was open; the stream stayed with the build that it began in.",
      ];
}

/** Gives the instance back when the plugin has dropped the stream. */
async function leave(
  { pool, lane }: LanePlace,
  { run, turns, registered, settleEnd }: OpenedStream,
): Promise<void> {
  const { session } = turns;
  const limit = { timeoutMs: destroyMs, signal: new AbortController().signal };
  await run.dropped;
  if (session.streams.remove(registered) && session.isUsable) {
    await turns.take(null, limit.signal, () => session.destroy(registered.instance, limit));
  }
  settleEnd();
  pool.afterStream(lane, session);
}

/** How long destroying an instance whose last stream ended may take. */
const destroyMs = 1000;

/** Says that the process had ended by itself before this call. */
export function describeIdleDeath(lane: HostLane): readonly string[] {
  return lane.idleDeath === null
    ? []
    : [`Before this call, while no method ran: ${lane.idleDeath.message}`];
}
