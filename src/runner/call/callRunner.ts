// From a schema and argument values to a CallOutcome: encode, stage the library, call it in a host process, decode. Expected
// failures are outcomes, never exceptions. What it means to build, and when, is the caller's business.

import { basename, dirname, join } from "node:path";
import type { Disposable } from "../../model/disposable.ts";
import type { HostPhase } from "../../model/hostPhase.ts";
import type { LiveInstance } from "../../model/instance.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { Logger } from "../../model/logger.ts";
import type { CallMeasurements, CallOutcome, LoadFailure } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { err } from "../../model/result.ts";
import { defaultFrameLimits } from "../../protocol/frames.ts";
import { callInHost } from "./callInHost.ts";
import type { HostCall } from "./callInHost.ts";
import type { BuildInstanceRequest, CallRequest } from "./callRequest.ts";
import {
  buildInSession,
  describeLost,
  describeRebuilt,
  wantedInstance,
} from "../session/configuredInstances.ts";
import type { DropOutcome, InstanceOutcome } from "../session/configuredInstances.ts";
import { dropInPool } from "./dropInstance.ts";
import { callDebugged } from "./debugCall.ts";
import { encodeRequest } from "./encodeRequest.ts";
import { HostPool } from "../session/hostPool.ts";
import type { HostLane } from "../session/hostPool.ts";
import { holderOf, inLane } from "../session/laneSession.ts";
import type { LanePlace, SessionRequest } from "../session/laneSession.ts";
import { describeLoadEnd, loadInto } from "../session/openInstance.ts";
import { withoutHost } from "../outcome/openOutcome.ts";
import type { OpenOutcome } from "../outcome/openOutcome.ts";
import { rememberSignatures, SignatureMemory } from "../session/signatureMemory.ts";
import { callStream, describeIdleDeath } from "../stream/streamCall.ts";
import { LibraryStaging } from "../process/stagedDylib.ts";

export interface CallRunnerOptions {
  /** The bundled host, dist/host.cjs. */
  readonly hostEntry: string;
  readonly nodeExecutable: string;
  /** `nodeExecutable` is Electron. */
  readonly isElectron: boolean;
  /** A folder of our own; private copies of libraries go below it. */
  readonly stagingDirectory: string;
  /** What its user can do where that folder is none: a sentence. */
  readonly stagingAlternative?: string;
  readonly logger: Logger;
  /** Keep a process ready for the next build or after a crash. Default true; pointless for a program that calls once. */
  readonly keepsSpare?: boolean;
  /** An unused host is ended after this time. Default ten minutes. */
  readonly idleMs?: number;
  /** Most libraries that stay loaded at a time. Default 4. */
  readonly warmHosts?: number;
  /** Longest arguments and longest result. Default 256 MiB. */
  readonly bodyLimit?: number;
  /** Results of many bytes stay unread, for a user who reads what is looked at. */
  readonly leavesUnread?: boolean;
  /** {@link HostLaunch.memoryLimit} */ readonly memoryLimit?: () => number | null;
  /** Longest time that loading may take (R13). Default 10 s. */
  readonly loadTimeoutMs?: number;
  /** Configured instances were built or ended. */
  readonly onInstances?: () => void;
  /** Sees what plugins print as it comes. */
  readonly onOutput?: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
}

export interface CallRunner extends Disposable {
  /** Calls a method. Calls of one library run one after the other; aborting ends the call's process. */
  call(
    request: CallRequest,
    signal: AbortSignal,
    onPhase?: (phase: HostPhase) => void,
  ): Promise<CallOutcome>;
  /** Builds a configured instance, or finds that it lives. */
  buildInstance(
    request: BuildInstanceRequest,
    signal: AbortSignal,
    onPhase?: (phase: HostPhase) => void,
  ): Promise<InstanceOutcome>;
  /** Destroys a configured instance, wherever it lives; one with open streams only with `endsStreams`. */
  dropInstance(instance: LiveInstance, endsStreams?: boolean): Promise<DropOutcome>;
  /** The configured instances that live. */
  readonly instances: readonly LiveInstance[];
  /** Loads a library only while its content has this SHA-256, which is that of a checked signature; undefined lifts it. */
  expectContent(library: string, sha256: string | undefined): void;
  /** What a library says of itself. It is loaded for that: plugin code runs. */
  inspect(library: string): Promise<Result<LibraryReport, LoadFailure>>;
  /** Starts a process ahead of need, such as while cargo builds. */
  warmUp(environment?: Readonly<Record<string, string>>): void;
  /** Ends all hosts, running calls with them, and forgets crashes. How many processes had a library loaded. */
  restart(): Promise<number>;
  /** Process ids of the hosts that run. */
  readonly hostPids: readonly number[];
  /** Settles when all hosts have ended and their copies of libraries are gone, for an orderly end after {@link Disposable.dispose}. */
  ended(): Promise<void>;
}

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
  readonly #leavesUnread: boolean;
  readonly #loadTimeoutMs: number;
  readonly #known: SignatureMemory;

  constructor(options: CallRunnerOptions) {
    this.#bodyLimit = options.bodyLimit ?? defaultFrameLimits.bodyBytes;
    this.#leavesUnread = options.leavesUnread === true;
    this.#loadTimeoutMs = options.loadTimeoutMs ?? defaultLoadTimeoutMs;
    const staging = new LibraryStaging({
      folder: options.stagingDirectory,
      alternative: options.stagingAlternative,
    });
    this.#staging = staging;
    this.#known = new SignatureMemory(join(options.stagingDirectory, "signatures"));
    this.#pool = new HostPool({
      launch: { ...options, bodyLimit: this.#bodyLimit },
      keepsSpare: options.keepsSpare ?? true,
      idleMs: options.idleMs ?? defaultIdleMs,
      warmHosts: options.warmHosts ?? defaultWarmHosts,
      onReleased: (library) => void staging.release(library),
      onInstances: options.onInstances ?? (() => undefined),
    });
  }

  get hostPids(): readonly number[] {
    return this.#pool.pids;
  }

  expectContent(library: string, sha256: string | undefined): void {
    this.#staging.expectContent(library, sha256);
  }

  async call(
    request: CallRequest,
    signal: AbortSignal,
    onPhase: (phase: HostPhase) => void = () => undefined,
  ): Promise<CallOutcome> {
    const start = performance.now();
    const finish = (
      outcome: OpenOutcome,
      measured: Partial<CallMeasurements> = {},
    ): CallOutcome => {
      const totalMs = performance.now() - start;
      return { ...outcome, measurements: { ...measured, ...outcome.measurements, totalMs } };
    };
    const unsupported = describeUnsupported(request);
    if (unsupported !== undefined) {
      return finish(withoutHost({ kind: "unsupported", message: unsupported }));
    }
    const encoded = encodeRequest(request, this.#bodyLimit);
    if (!encoded.ok) {
      return finish(withoutHost({ kind: "invalidArguments", problems: encoded.error }));
    }
    const instance = wantedInstance(request.plugin, request.instance);
    if (!instance.ok) {
      return finish(withoutHost({ kind: "invalidConfiguration", problems: instance.error }));
    }
    const bytes = encoded.value;
    const measured = { encodeMs: performance.now() - start, inputBytes: bytes.length };
    const common = {
      ...request,
      hostFunctions: request.hostFunctions ?? null,
      instance: instance.value,
      encoded: bytes,
      loadTimeoutMs: this.#loadTimeoutMs,
      outputLimit: this.#bodyLimit,
      leavesUnread: this.#leavesUnread,
      known: this.#known,
      onPhase,
    };
    const { stream: user, debug } = request;
    const callIn = (place: LanePlace, call: typeof common): Promise<OpenOutcome> =>
      user === undefined || request.method.stream === "none"
        ? this.#callInLane(place, call, signal)
        : callStream(place, { ...call, user }, signal);
    const outcome =
      debug === undefined
        ? await callIn(this.#place(request), common)
        : await callDebugged(this.#home, { ...common, debug }, (place, difference) =>
            callIn(place, { ...common, ...difference }),
          );
    return finish(outcome, measured);
  }

  async buildInstance(
    request: BuildInstanceRequest,
    signal: AbortSignal,
    onPhase: (phase: HostPhase) => void = () => undefined,
  ): Promise<InstanceOutcome> {
    const start = performance.now();
    const fail = (outcome: OpenOutcome): InstanceOutcome => {
      const measurements = { ...outcome.measurements, totalMs: performance.now() - start };
      return { kind: "failed", outcome: { ...outcome, measurements } };
    };
    const instance = wantedInstance(request.plugin, request.instance);
    if (!instance.ok || instance.value === null) {
      const problems = instance.ok
        ? [{ pointer: "", message: `${request.plugin.name} takes no configuration.` }]
        : instance.error;
      return fail(withoutHost({ kind: "invalidConfiguration", problems }));
    }
    const wanted = instance.value;
    const place = this.#place(request);
    const { lane } = place;
    const holder = `the building of \`${wanted.name}\``;
    const built = await inLane(place, request, { holder, signal }, async (session, library) => {
      const loadTimeoutMs = this.#loadTimeoutMs;
      const known = this.#known;
      const hostFunctions = request.hostFunctions ?? null;
      const opening = { library, loadTimeoutMs, known, onPhase, hostFunctions };
      const build = { ...request, ...opening, instance: wanted };
      const outcome = await buildInSession(lane, session, build, signal);
      if (outcome.kind === "built") {
        return outcome;
      }
      if (outcome.hasCrashed) {
        session.tellEnd();
      }
      const { result, output, notes } = outcome;
      return fail({ result, output, notes, measurements: {} });
    });
    this.#pool.afterUse(lane);
    return built.kind === "done" ? built.value : fail(built.outcome);
  }

  dropInstance(instance: LiveInstance, endsStreams = false): Promise<DropOutcome> {
    return dropInPool(this.#pool, instance, endsStreams);
  }

  get instances(): readonly LiveInstance[] {
    return this.#pool.instances;
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

  restart(): Promise<number> {
    return this.#pool.restart();
  }

  async ended(): Promise<void> {
    await this.#pool.ended();
    await this.#staging.removed();
  }

  dispose(): void {
    this.#pool.dispose();
    this.#staging.dispose();
  }

  get #home(): Omit<LanePlace, "lane"> {
    return { pool: this.#pool, staging: this.#staging };
  }

  #place(request: Parameters<HostPool["lane"]>[0]): LanePlace {
    return { ...this.#home, lane: this.#pool.lane(request) };
  }

  /** With the library as it is now, in a host that has it. */
  async #callInLane(
    place: LanePlace,
    request: Omit<HostCall, "library"> & SessionRequest,
    signal: AbortSignal,
  ): Promise<OpenOutcome> {
    const { lane } = place;
    const holder = holderOf(request.method, request.instance);
    const called = await inLane(place, request, { holder, signal }, async (session, library) => {
      const outcome = await callInHost(session, { ...request, library }, signal);
      if (!outcome.hasCrashed) {
        rememberSignatures(this.#known, request.plugin, outcome.result);
      } else {
        session.tellEnd();
      }
      const { result, output, measurements, hostFunctions: log } = outcome;
      const notes = [
        ...describeIdleDeath(lane),
        ...describeRebuilt(lane, request.instance, outcome.isConstructed),
        ...outcome.notes,
        ...describeLost(session),
      ];
      lane.idleDeath = null;
      const hostFunctions = log === undefined ? {} : { hostFunctions: log };
      return { result, output, measurements, notes, ...hostFunctions };
    });
    this.#pool.afterUse(lane);
    return called.kind === "done" ? called.value : called.outcome;
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
    const isSame = lane.library?.id === library.id;
    if (isSame && lane.crashes.isRefusing) {
      const message = `${basename(source)} ended its process three times in five minutes, so it is not loaded again. Run Fidius: Restart Host to try it again.`;
      return err({ kind: "cannotLoad", message });
    }
    const session = await this.#pool.session(lane, library, {});
    const timeoutMs = this.#loadTimeoutMs;
    const request = { library, workingDirectory: dirname(source) };
    const step = await loadInto(session, request, { timeoutMs, signal });
    if (step.kind === "died") {
      lane.crashes.recordCrash();
    }
    return step.kind === "done" ? step.value : err(describeLoadEnd(step, source, timeoutMs));
  }
}

function describeUnsupported({ method, stream }: CallRequest): string | undefined {
  return method.stream === "none" || stream !== undefined
    ? undefined
    : `${method.name} is a streaming method: it is called where its items can be seen, in its panel or with fidius-call.`;
}
