// Calling a streaming method: in a host process of its own, on an instance of its own, so that neither a rebuild nor other
// calls of the plugin touch it while it is open. From the outside it is a call whose outcome comes at the stream's end.

import type { HostFunctionRequest } from "../model/hostFunctions.ts";
import type { HostPhase } from "../model/hostPhase.ts";
import type { CallMeasurements } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { StreamUser } from "../model/stream.ts";
import { hostFunctionLog } from "./hostFunctionLog.ts";
import type { HostLane, HostPool } from "./hostPool.ts";
import { HostSession } from "./hostSession.ts";
import type { WantedInstance } from "./laneInstances.ts";
import { openInHost, slotToCall } from "./openInstance.ts";
import type { OpenOutcome } from "./openOutcome.ts";
import { rememberSignatures } from "./signatureMemory.ts";
import type { SignatureMemory } from "./signatureMemory.ts";
import type { StagedLibrary } from "./stagedDylib.ts";
import { StreamRun } from "./streamRun.ts";

/** What of a call a stream needs. */
export interface StreamCall {
  readonly library: StagedLibrary;
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly instance: WantedInstance | null;
  readonly hostFunctions: HostFunctionRequest | null;
  readonly encoded: Uint8Array;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number | null;
  readonly loadTimeoutMs: number;
  readonly outputLimit: number;
  readonly known: SignatureMemory;
  readonly user: StreamUser;
  readonly onPhase: (phase: HostPhase) => void;
}

/** Runs a stream to its end; null when the lane's build crashed too often. */
export async function callStream(
  pool: HostPool,
  lane: HostLane,
  call: StreamCall,
  signal: AbortSignal,
): Promise<OpenOutcome | null> {
  const host = pool.dedicated(lane, call.library, call.environment);
  if (host === null) {
    return null;
  }
  const session = new HostSession(host);
  const capture = session.capture();
  const stderr = (): string => capture.stderr.text();
  const start = performance.now();
  const startedAtMs = performance.timeOrigin + start;
  try {
    const onPhase = session.debuggers.phases(call.onPhase);
    const opening = { ...call, onPhase };
    const { progress, hasCrashed } = await openInHost(session, opening, signal, stderr);
    if (!progress.ok) {
      if (hasCrashed) {
        pool.recordCrash(lane, call.library);
      }
      return { result: progress.error, output: capture.captured(), measurements: {}, notes: [] };
    }
    onPhase("calling");
    const loadMs = performance.now() - start;
    const { instance } = progress.value;
    const request = { ...call, instance, slot: slotToCall(progress.value) };
    const run = new StreamRun(session, request, signal, stderr);
    const result = await run.result();
    if (result.kind === "crashed") {
      pool.recordCrash(lane, call.library);
    } else {
      rememberSignatures(call.known, call.plugin, result);
    }
    const measurements: Partial<CallMeasurements> = {
      loadMs,
      outputBytes: run.counts.receivedBytes,
      ...(host.pid === undefined ? {} : { hostPid: host.pid }),
    };
    if (session.isUsable) {
      await session.drainOutput();
    }
    const output = capture.captured();
    const interfaces = call.hostFunctions?.interfaces ?? [];
    const log = hostFunctionLog(
      session.takeFunctionCalls(),
      interfaces,
      startedAtMs,
      result,
      output,
    );
    const hostFunctions = log === undefined ? {} : { hostFunctions: log };
    const notes = [
      ...describeOwnInstance(call.instance),
      ...session.debuggers.notes(),
      ...run.notes,
    ];
    return { result, output, measurements, notes, ...hostFunctions };
  } finally {
    await (session.isUsable ? host.close() : host.ended);
  }
}

/** Whoever chose an instance with a state is to know that the stream did not see it. */
function describeOwnInstance(instance: WantedInstance | null): readonly string[] {
  return instance === null
    ? []
    : [
        `The stream ran on an instance of its own, made from the configuration of ${instance.name}; the state of ${instance.name} was neither seen nor changed.`,
      ];
}
