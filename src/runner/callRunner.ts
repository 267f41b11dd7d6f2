// From a schema and argument values to a CallOutcome: encode, stage the library, call it in a host process, decode. Expected
// failures are outcomes, never exceptions. What it means to build, and when, is the caller's business.

import { basename, dirname, join } from "node:path";
import { encodeArguments } from "../codec/encode.ts";
import type { Disposable } from "../model/disposable.ts";
import type { LibraryReport } from "../model/libraryReport.ts";
import type { Logger } from "../model/logger.ts";
import type {
  CallMeasurements,
  CallOutcome,
  CallResult,
  CapturedOutput,
  LoadFailure,
  ValueProblem,
} from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { Result } from "../model/result.ts";
import { err } from "../model/result.ts";
import type { JsonObject } from "../model/value.ts";
import { defaultFrameLimits } from "../protocol/frames.ts";
import { callInHost, describeLoadEnd, loadInto } from "./callInHost.ts";
import { HostPool } from "./hostPool.ts";
import type { HostLane } from "./hostPool.ts";
import { SignatureMemory } from "./signatureMemory.ts";
import { LibraryStaging } from "./stagedDylib.ts";

export interface CallRunnerOptions {
  /** The bundled host, dist/host.cjs. */
  readonly hostEntry: string;
  readonly nodeExecutable: string;
  /** `nodeExecutable` is Electron. */
  readonly isElectron: boolean;
  /** A folder of our own; private copies of libraries go below it. */
  readonly stagingDirectory: string;
  readonly logger: Logger;
  /** Keep a process ready for the next build or after a crash. Default true; pointless for a program that calls once. */
  readonly keepsSpare?: boolean;
  /** An unused host is ended after this time. Default ten minutes. */
  readonly idleMs?: number;
  /** Most libraries that stay loaded at a time. Default 4. */
  readonly warmHosts?: number;
  /** Longest arguments and longest result. Default 256 MiB. */
  readonly bodyLimit?: number;
  /** Longest time that loading may take (R13). Default 10 s. */
  readonly loadTimeoutMs?: number;
  /** Sees what plugins print as it comes. */
  readonly onOutput?: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
}

export interface CallRequest {
  /** The library that cargo built. */
  readonly library: string;
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly arguments: JsonObject;
  /** Of the call itself, without loading; null is no limit. */
  readonly timeoutMs: number | null;
  /** The plugin package's folder. */
  readonly workingDirectory: string;
  /** On top of the editor's environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export type CallPhase = "loading" | "calling";

export interface CallRunner extends Disposable {
  /** Calls a method. Calls of one library run one after the other; aborting ends the call's process. */
  call(
    request: CallRequest,
    signal: AbortSignal,
    onPhase?: (phase: CallPhase) => void,
  ): Promise<CallOutcome>;
  /** What a library says of itself. It is loaded for that: plugin code runs. */
  inspect(library: string): Promise<Result<LibraryReport, LoadFailure>>;
  /** Starts a process ahead of need, such as while cargo builds. */
  warmUp(environment?: Readonly<Record<string, string>>): void;
  /** Ends all hosts, running calls with them, and forgets crashes. */
  restart(): Promise<void>;
  /** Process ids of the hosts that run. */
  readonly hostPids: readonly number[];
  /** Settles when all hosts have ended, for an orderly end after {@link Disposable.dispose}. */
  ended(): Promise<void>;
}

const noOutput: CapturedOutput = { stdout: "", stderr: "", droppedBytes: 0 };
const defaultIdleMs = 10 * 60 * 1000;
const defaultWarmHosts = 4;
const defaultLoadTimeoutMs = 10_000;

/** Creates a runner. Nothing is started before the first call or {@link CallRunner.warmUp}. */
export function createCallRunner(options: CallRunnerOptions): CallRunner {
  return new PooledCallRunner(options);
}

class PooledCallRunner implements CallRunner {
  readonly #staging: LibraryStaging;
  readonly #pool: HostPool;
  readonly #bodyLimit: number;
  readonly #loadTimeoutMs: number;
  readonly #known: SignatureMemory;

  constructor(options: CallRunnerOptions) {
    this.#bodyLimit = options.bodyLimit ?? defaultFrameLimits.bodyBytes;
    this.#loadTimeoutMs = options.loadTimeoutMs ?? defaultLoadTimeoutMs;
    const staging = new LibraryStaging(options.stagingDirectory);
    this.#staging = staging;
    this.#known = new SignatureMemory(join(options.stagingDirectory, "signatures"));
    this.#pool = new HostPool({
      launch: { ...options, bodyLimit: this.#bodyLimit },
      keepsSpare: options.keepsSpare ?? true,
      idleMs: options.idleMs ?? defaultIdleMs,
      warmHosts: options.warmHosts ?? defaultWarmHosts,
      onReleased: (library) => void staging.release(library),
    });
  }

  get hostPids(): readonly number[] {
    return this.#pool.pids;
  }

  async call(
    request: CallRequest,
    signal: AbortSignal,
    onPhase: (phase: CallPhase) => void = () => undefined,
  ): Promise<CallOutcome> {
    const start = performance.now();
    const finish = (
      outcome: OpenOutcome,
      measured: Partial<CallMeasurements> = {},
    ): CallOutcome => {
      const totalMs = performance.now() - start;
      return { ...outcome, measurements: { ...measured, ...outcome.measurements, totalMs } };
    };
    const unsupported = describeUnsupported(request.plugin, request.method);
    if (unsupported !== undefined) {
      return finish(withoutHost({ kind: "unsupported", message: unsupported }));
    }
    const encoded = encode(request, this.#bodyLimit);
    if (!encoded.ok) {
      return finish(withoutHost({ kind: "invalidArguments", problems: encoded.error }));
    }
    const bytes = encoded.value;
    const measured = { encodeMs: performance.now() - start, inputBytes: bytes.length };
    const lane = this.#pool.lane(request);
    const passage = await lane.turnstile.pass(signal, () =>
      this.#callInLane(lane, request, bytes, { signal, onPhase }),
    );
    if (passage.kind === "calledBack") {
      const afterMs = performance.now() - start;
      return finish(withoutHost({ kind: "cancelled", afterMs }), measured);
    }
    this.#pool.afterUse(lane);
    return finish(passage.value, measured);
  }

  async inspect(library: string): Promise<Result<LibraryReport, LoadFailure>> {
    const lane = this.#pool.lane({ library, workingDirectory: dirname(library), environment: {} });
    const { signal } = new AbortController();
    const passage = await lane.turnstile.pass(signal, () =>
      this.#inspectInLane(lane, library, signal),
    );
    if (passage.kind === "calledBack") {
      throw new Error("an inspection was called back, though nothing can do that");
    }
    this.#pool.afterUse(lane);
    return passage.value;
  }

  warmUp(environment?: Readonly<Record<string, string>>): void {
    this.#pool.warmUp(environment);
  }

  restart(): Promise<void> {
    return this.#pool.restart();
  }

  ended(): Promise<void> {
    return this.#pool.ended();
  }

  dispose(): void {
    this.#pool.dispose();
    this.#staging.dispose();
  }

  /** With the library as it is now, in a host that has it. */
  async #callInLane(
    lane: HostLane,
    request: CallRequest,
    encoded: Uint8Array,
    { signal, onPhase }: { signal: AbortSignal; onPhase: (phase: CallPhase) => void },
  ): Promise<OpenOutcome> {
    const staged = await this.#staging.stage(request.library);
    if (!staged.ok) {
      return withoutHost({ kind: "loadFailed", failure: staged.error });
    }
    const library = staged.value;
    const session = await this.#pool.session(lane, library, request.environment);
    if (session === null) {
      return withoutHost({ kind: "hostRefused", message: describeRefusal(request.plugin) });
    }
    const limits = { loadTimeoutMs: this.#loadTimeoutMs, outputLimit: this.#bodyLimit };
    const hostCall = { ...request, ...limits, library, encoded, known: this.#known, onPhase };
    const outcome = await callInHost(session, hostCall, signal);
    if (outcome.hasCrashed) {
      lane.crashes.recordCrash();
    } else {
      rememberSignatures(this.#known, request.plugin, outcome.result);
    }
    const { result, output, measurements } = outcome;
    const notes = [...describeIdleDeath(lane), ...outcome.notes];
    lane.idleDeath = null;
    return { result, output, measurements, notes };
  }

  async #inspectInLane(
    lane: HostLane,
    source: string,
    signal: AbortSignal,
  ): Promise<Result<LibraryReport, LoadFailure>> {
    const staged = await this.#staging.stage(source);
    if (!staged.ok) {
      return staged;
    }
    const library = staged.value;
    const session = await this.#pool.session(lane, library, {});
    if (session === null) {
      const message = `${basename(source)} ended its process three times in five minutes, so it is not loaded again. Run Fidius: Restart Host to try it again.`;
      return err({ kind: "cannotLoad", message });
    }
    const timeoutMs = this.#loadTimeoutMs;
    const request = { library, workingDirectory: dirname(source) };
    const step = await loadInto(session, request, { timeoutMs, signal });
    if (step.kind === "died") {
      lane.crashes.recordCrash();
    }
    return step.kind === "done" ? step.value : err(describeLoadEnd(step, source, timeoutMs));
  }
}

/** An outcome whose total time is not known yet. */
type OpenOutcome = Omit<CallOutcome, "measurements"> & {
  readonly measurements: Partial<CallMeasurements>;
};

function withoutHost(result: CallResult): OpenOutcome {
  return { result, output: noOutput, measurements: {}, notes: [] };
}

function encode(
  request: CallRequest,
  bodyLimit: number,
): Result<Uint8Array, readonly ValueProblem[]> {
  const encoded = encodeArguments(request.method, request.plugin.types, request.arguments);
  if (!encoded.ok || encoded.value.length <= bodyLimit) {
    return encoded;
  }
  const message = `The arguments take ${String(encoded.value.length)} bytes; the limit is ${String(bodyLimit)}. Pass less, or the name of a file.`;
  return err([{ pointer: "", message }]);
}

function describeUnsupported(plugin: PluginSchema, method: PluginMethod): string | undefined {
  if (plugin.config !== undefined) {
    return `${plugin.name} takes a configuration (${plugin.config.rustType}), and this version cannot give one yet. Call a plugin whose plugin_impl has no config, or write a Rust test for this one.`;
  }
  if (method.stream !== "none") {
    return `${method.name} is a streaming method, and this version calls methods without streams only. Write a Rust test for it.`;
  }
  return undefined;
}

function describeRefusal(plugin: PluginSchema): string {
  return `${plugin.name} ended its process three times in five minutes, so it is not started again. Build a corrected plugin, or run Fidius: Restart Host to try this one again.`;
}

function describeIdleDeath(lane: HostLane): readonly string[] {
  return lane.idleDeath === null
    ? []
    : [`Before this call, while no method ran: ${lane.idleDeath.message}`];
}

/** The lines of an interface whose hash a binary confirmed, to name differences from it later. */
function rememberSignatures(
  known: SignatureMemory,
  plugin: PluginSchema,
  result: CallResult,
): void {
  const isConfirmed = result.kind === "ok" || result.kind === "pluginError";
  if (isConfirmed && plugin.interfaceHash !== undefined) {
    known.remember(plugin.interfaceHash, plugin.signatures);
  }
}
