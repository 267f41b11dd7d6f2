// From arguments to an outcome: check them, build, read the files they name, call. The one path that the panel, "Invoke
// Last" and the CLI share; they differ in where progress goes and how the outcome is shown.

import { resolve } from "node:path";
import { encodeArguments } from "../codec/bincode/encode.ts";
import type { BuildProgress } from "../cargo/build/buildProgress.ts";
import type { DebugUser } from "../model/debugging.ts";
import type { HostFunctionRequest } from "../model/hostFunctions.ts";
import type { HostPhase } from "../model/hostPhase.ts";
import type { ConfiguredInstance } from "../model/instance.ts";
import type { CallOutcome, CallResult, ValueProblem } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import { err, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import type { RunOptions } from "../model/runOptions.ts";
import type { Repetition } from "../model/repetition.ts";
import type { StreamUser } from "../model/stream.ts";
import type { JsonObject } from "../model/value/value.ts";
import {
  bridgeArguments,
  bridgeConfiguration,
  bridgeOutcome,
  isBridged,
  type OpenBridge,
} from "./bridging.ts";
import { repeatCall, type RepeatProgress } from "./repeatCall.ts";
import { readyInstance, refusedFilesOfInstance } from "./instances.ts";
import { refusedFiles, resolveFileReferences, type MayRead } from "./fileReferences.ts";
import type { BuildListener, BuildStep } from "./pluginBuilder.ts";
import { readingLimit } from "./options/readingLimit.ts";

/** What can still change while the plugin is built. */
export interface CallInput {
  readonly arguments: JsonObject;
  /** The configured instance to call on; for plugins with a configuration. */
  readonly instance?: ConfiguredInstance | undefined;
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  readonly options?: RunOptions | undefined;
  /** The call is made so often, for its times. */
  readonly repetition?: Repetition | undefined;
  /** For this call alone, on top of the request's and the options'. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CallRequest {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  /** Asked at the start and again after the build: the newest input wins. */
  readonly input: () => CallInput;
  /** Folder of the plugin's package: what file references are relative to, and where the method runs unless its options say otherwise. */
  readonly packageFolder: string;
  /** Who uses the stream of a streaming method. */
  readonly stream?: StreamUser | undefined;
  /** Who debugs the call. */
  readonly debug?: DebugUser | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What is known of a library that is called as it is. */
  readonly notes?: readonly string[];
  /** What answers the plugin when it calls its host; asked when the call begins. */
  readonly hostFunctions?: () => HostFunctionRequest;
}

export type CallPhase =
  | { readonly kind: "building"; readonly progress: BuildProgress }
  | { readonly kind: "repeating"; readonly progress: RepeatProgress }
  | { readonly kind: HostPhase };

export interface CallPorts {
  /** Hands over the library, built or given. */
  readonly build: (listener: BuildListener, signal: AbortSignal) => Promise<BuildStep>;
  readonly runner: {
    call(
      request: {
        readonly library: string;
        readonly plugin: PluginSchema;
        readonly method: PluginMethod;
        readonly arguments: JsonObject;
        readonly instance?: ConfiguredInstance | undefined;
        readonly stream?: StreamUser | undefined;
        readonly debug?: DebugUser | undefined;
        readonly hostFunctions?: HostFunctionRequest | undefined;
        readonly isBridged?: boolean | undefined;
        readonly isCurrent?: boolean | undefined;
        readonly timeoutMs: number | null;
        readonly workingDirectory: string;
        readonly environment: Record<string, string>;
        readonly memoryLimit?: number | null | undefined;
      },
      signal: AbortSignal,
      onPhase?: (phase: HostPhase) => void,
    ): Promise<CallOutcome>;
    warmUp(): unknown;
  };
  readonly onPhase: (phase: CallPhase) => void;
  readonly onBuildOutput: (text: string) => void;
  /** The compiler's word on types that the source does not tell; absent where it may not be asked. */
  readonly bridge?: OpenBridge | undefined;
  /** The same for the configuration of instances. */
  readonly configurationBridge?: OpenBridge | undefined;
  /** Is asked for each file that arguments and configuration name; absent where the user named them all. */
  readonly mayRead?: MayRead | undefined;
}

const noProgress: BuildProgress = {
  done: null,
  total: null,
  crateName: null,
  isWaitingForLock: false,
};

/** Builds and calls. Expected failures are outcomes; a rejection is a bug. */
export async function callPlugin(
  request: CallRequest,
  ports: CallPorts,
  signal: AbortSignal,
): Promise<CallOutcome> {
  return withNotes(request.notes, await buildAndCall(request, ports, signal));
}

/** The outcome with what was known before, however the call ended. */
export function withNotes(notes: readonly string[] | undefined, outcome: CallOutcome): CallOutcome {
  return notes === undefined ? outcome : { ...outcome, notes: [...outcome.notes, ...notes] };
}

async function buildAndCall(
  request: CallRequest,
  ports: CallPorts,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const startedAtMs = performance.now();
  const sinceStart = (): number => performance.now() - startedAtMs;
  const first = request.input();
  const firstValues = await readyInput(request, first, ports, signal, sinceStart);
  if (!firstValues.ok) {
    return outcomeOf(firstValues.error, sinceStart());
  }
  const built = await buildLibrary(ports, signal, sinceStart);
  if (!built.ok) {
    return outcomeOf(built.error, sinceStart());
  }
  const step = built.value;
  const newest = request.input();
  const values =
    newest.arguments === first.arguments && newest.instance === first.instance
      ? firstValues
      : await readyInput(request, newest, ports, signal, sinceStart);
  if (!values.ok) {
    return outcomeOf(values.error, sinceStart());
  }
  const called = await callOrRepeat(request, newest, values.value, step, ports, signal);
  const { method, plugin } = request;
  const outcome = await bridgeOutcome(method, plugin.types, called, ports.bridge, signal);
  return {
    ...outcome,
    measurements: {
      ...outcome.measurements,
      ...(step.buildMs === undefined ? {} : { buildMs: step.buildMs }),
    },
    notes: [...step.notes, ...outcome.notes],
  };
}

/** Calls once, or as often as it is asked for. */
function callOrRepeat(
  request: CallRequest,
  newest: CallInput,
  ready: ReadyInput,
  { library, isCurrent }: Extract<BuildStep, { readonly kind: "ready" }>,
  ports: CallPorts,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const { options, repetition } = newest;
  const call = (tellsPhases: boolean): Promise<CallOutcome> =>
    ports.runner.call(
      {
        library,
        plugin: request.plugin,
        method: request.method,
        arguments: ready.arguments,
        instance: ready.instance,
        stream: request.stream,
        debug: request.debug,
        hostFunctions: request.hostFunctions?.(),
        isBridged:
          ports.bridge !== undefined &&
          isBridged(request.method, request.plugin.types, newest.arguments),
        isCurrent,
        timeoutMs: newest.timeoutMs,
        workingDirectory: resolve(request.packageFolder, options?.workingDirectory ?? "."),
        environment: { ...request.environment, ...options?.environment, ...newest.environment },
        memoryLimit: options?.memoryLimit,
      },
      signal,
      (kind) => {
        if (tellsPhases) {
          ports.onPhase({ kind });
        }
      },
    );
  return repetition === undefined
    ? call(true)
    : repeatCall(repetition, {
        call,
        signal,
        onProgress: (progress) => {
          ports.onPhase({ kind: "repeating", progress });
        },
      });
}

/** What a build takes of the ports. */
export type BuildPorts = Pick<CallPorts, "build" | "onPhase" | "onBuildOutput"> & {
  readonly runner: Pick<CallPorts["runner"], "warmUp">;
};

/** The library, built when it has to be; or the call's result already. */
export async function buildLibrary(
  ports: BuildPorts,
  signal: AbortSignal,
  sinceStart: () => number,
): Promise<Result<Extract<BuildStep, { readonly kind: "ready" }>, CallResult>> {
  const step = await ports.build(
    {
      onStart: () => {
        ports.onPhase({ kind: "building", progress: noProgress });
        // The host starts while cargo works, so that it costs nothing afterwards.
        ports.runner.warmUp();
      },
      onProgress: (progress) => {
        ports.onPhase({ kind: "building", progress });
      },
      onOutput: ports.onBuildOutput,
    },
    signal,
  );
  if (step.kind === "failed") {
    return err({ kind: "buildFailed", failure: step.failure });
  }
  if (step.kind === "cancelled" || signal.aborted) {
    return err({ kind: "cancelled", afterMs: sinceStart() });
  }
  return ok(step);
}

interface ReadyInput {
  readonly arguments: JsonObject;
  readonly instance: ConfiguredInstance | undefined;
}

/** Arguments and configuration, ready to be sent; or the call's result already. */
async function readyInput(
  request: CallRequest,
  input: CallInput,
  ports: Pick<CallPorts, "bridge" | "configurationBridge" | "mayRead">,
  signal: AbortSignal,
  sinceStart: () => number,
): Promise<Result<ReadyInput, CallResult>> {
  const { method, plugin, packageFolder } = request;
  const { bridge, configurationBridge, mayRead } = ports;
  const bridged = await bridgeArguments(method, plugin.types, input.arguments, bridge, signal);
  if (!bridged.ok) {
    return bridged;
  }
  const refused = await refusedFiles(method, plugin.types, bridged.value, packageFolder, mayRead);
  if (refused.length > 0) {
    return err({ kind: "invalidArguments", problems: refused });
  }
  // The limit begins when nobody is asked any more.
  const reading = readingLimit(signal, input.timeoutMs);
  const values = await readyArguments(request, bridged.value, reading);
  if (!values.ok) {
    return err(
      signal.aborted
        ? { kind: "cancelled", afterMs: sinceStart() }
        : { kind: "invalidArguments", problems: values.error },
    );
  }
  const configured = await bridgeConfiguration(input.instance, configurationBridge, signal);
  if (!configured.ok) {
    return configured;
  }
  const kept = await refusedFilesOfInstance(plugin, configured.value, packageFolder, mayRead);
  if (kept.length > 0) {
    return err({ kind: "invalidConfiguration", problems: kept });
  }
  const limit = readingLimit(signal, input.timeoutMs);
  const instance = await readyInstance(plugin, configured.value, packageFolder, limit);
  return instance.ok
    ? ok({ arguments: values.value, instance: instance.value })
    : err({ kind: "invalidConfiguration", problems: instance.error });
}

/** The arguments with their files read, checked against the types before anything is built or sent. */
async function readyArguments(
  { method, plugin, packageFolder }: CallRequest,
  values: JsonObject,
  reading: AbortSignal,
): Promise<Result<JsonObject, readonly ValueProblem[]>> {
  const { types } = plugin;
  const resolved = await resolveFileReferences(method, types, values, packageFolder, reading);
  if (!resolved.ok) {
    return resolved;
  }
  const encoded = encodeArguments(method, types, resolved.value);
  return encoded.ok ? resolved : encoded;
}

/** An outcome of something that ended before the plugin ran. */
export function outcomeOf(result: CallResult, totalMs: number): CallOutcome {
  return {
    result,
    output: { stdout: "", stderr: "", droppedBytes: 0 },
    measurements: { totalMs },
    notes: [],
  };
}
