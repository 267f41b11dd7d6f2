// A host process with a library loaded: load once, construct instances, call, drop. Steps of a call come back as answers or
// as the reason why the process had to end; they are put into words in callRunner.ts.

import type { RequestType } from "vscode-jsonrpc/node";
import type { LiveInstance } from "../../model/instance.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { LoadFailure, ProcessDeath } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { ok } from "../../model/result.ts";
import { hostRequests } from "../../protocol/host.ts";
import type { BindReply, CallReply, DroppedInstance } from "../../protocol/host.ts";
import {
  isBindReply,
  isCallReply,
  isDropReply,
  isLoadReply,
  isOpenReply,
} from "../process/checkReply.ts";
import type { ReplyCheck } from "../process/checkReply.ts";
import { withinLimit } from "../process/deadline.ts";
import type { Limit, StopReason } from "../process/deadline.ts";
import { DebuggerWatch } from "../process/debugger/debuggerWatch.ts";
import type { HostAnswer, HostProcess } from "../process/hostProcess.ts";
import { FunctionCalls } from "../process/functionRecords.ts";
import { instanceKey } from "./laneInstances.ts";
import type { WantedInstance } from "./laneInstances.ts";
import type { OutputCapture } from "../process/outputCapture.ts";
import { SessionStreams } from "./sessionStreams.ts";
import type { SessionStream } from "./sessionStreams.ts";
import { SessionTurns } from "./sessionTurns.ts";
import type { StagedLibrary } from "../process/stagedDylib.ts";

/** How one step in a host ended: its value, the process's own end, or an end from outside. */
export type Step<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "died"; readonly death: ProcessDeath }
  | { readonly kind: "stopped"; readonly reason: StopReason };

export interface LoadRequest {
  readonly library: StagedLibrary;
  readonly displayName: string;
  readonly workingDirectory: string;
}

/** An instance that can be called. */
export interface OpenInstance {
  readonly instance: number;
  /** It was constructed by this step. */
  readonly isNew: boolean;
}

const never = new AbortController().signal;

/** Bytes of the configuration of a plugin that takes none (reference 3.8). */
const noConfiguration = new Uint8Array(0);

export class HostSession {
  readonly process: HostProcess;
  readonly debuggers: DebuggerWatch;
  /** Numbers of the instances of plugins without configuration, by plugin. */
  readonly #singletons = new Map<number, number>();
  readonly #configured = new Map<string, { readonly wanted: WantedInstance; number: number }>();
  /** Instructions by host interface. */
  readonly #bound = new Map<string, string>();
  readonly turns = new SessionTurns();
  readonly streams = new SessionStreams();
  #report: LibraryReport | null = null;
  #stopReason: StopReason | null = null;
  #endCause: string | null = null;
  #isEndTold = false;

  constructor(host: HostProcess) {
    this.process = host;
    this.debuggers = new DebuggerWatch(host.debuggers);
    void host.ended.then(() => {
      const { holder } = this.turns;
      this.#endCause ??= holder === null ? null : `it ended while ${holder} ran in it`;
    });
  }

  /** What the loaded library says of itself; null before {@link load}. */
  get report(): LibraryReport | null {
    return this.#report;
  }

  get isUsable(): boolean {
    return this.process.isAlive;
  }

  /** Ends the process from outside; what runs in it comes back as stopped. `cause` is for those who only share it. */
  stop(reason: StopReason, cause = describeStop(reason, this.turns.holder)): void {
    this.#stopReason ??= reason;
    this.#endCause ??= cause;
    void this.process.stop();
  }

  /** Why the process has ended, for a stream in it that had no part in that; null when nothing ran. */
  get endCause(): string | null {
    return this.#endCause;
  }

  /** True for the first that tells people of the end, which counts as a crash once. */
  tellEnd(): boolean {
    const isFirst = !this.#isEndTold;
    this.#isEndTold = true;
    return isFirst;
  }

  async load(
    request: LoadRequest,
    limit: Limit,
  ): Promise<Step<Result<LibraryReport, LoadFailure>>> {
    const step = await this.#step(limit, () =>
      this.process.request(
        hostRequests.load,
        {
          library: request.library.path,
          displayName: request.displayName,
          workingDirectory: request.workingDirectory,
        },
        isLoadReply,
      ),
    );
    if (step.kind !== "done" || !step.value.ok) {
      return step as Step<Result<never, LoadFailure>>;
    }
    this.#report = step.value.value.report;
    return { kind: "done", value: ok(this.#report) };
  }

  /** Names of the host interfaces that are bound, which is for the life of the process. */
  get boundInterfaces(): readonly string[] {
    return [...this.#bound.keys()];
  }

  /** The instructions that answer a bound interface. */
  boundInstructions(interfaceName: string): string | undefined {
    return this.#bound.get(interfaceName);
  }

  /** Binds a host interface, or changes what answers it. */
  async bind(
    interfaceName: string,
    instructions: string,
    how: { readonly hostImport: number; readonly functionCount: number; readonly limit: Limit },
  ): Promise<Step<BindReply>> {
    const { hostImport, functionCount, limit } = how;
    const bytes = Buffer.from(instructions, "utf8");
    const params = { hostImport, functionCount, instructions: bytes };
    const step = await this.#step(limit, () =>
      this.process.request(hostRequests.bind, params, isBindReply),
    );
    if (step.kind === "done" && step.value.status === 0) {
      this.#bound.set(interfaceName, instructions);
    }
    return step;
  }

  /** The calls of host functions since this was asked last. */
  takeFunctionCalls(): FunctionCalls {
    return this.process.recordInto(new FunctionCalls());
  }

  /** The configured instances that live in it. */
  get configured(): readonly WantedInstance[] {
    return [...this.#configured.values()].map(({ wanted }) => wanted);
  }

  /**
   * The wanted instance of a plugin, or its only one when it takes no configuration; constructed when it is wanted first,
   * and again when its configuration is another one by now.
   */
  async open(
    plugin: number,
    wanted: WantedInstance | null,
    limit: Limit,
  ): Promise<Step<Result<OpenInstance, LoadFailure>>> {
    const known = wanted === null ? this.#singletons.get(plugin) : this.#current(wanted);
    if (known !== undefined) {
      return { kind: "done", value: ok({ instance: known, isNew: false }) };
    }
    if (wanted !== null) {
      const dropped = await this.#replace(wanted, limit);
      if (dropped.kind !== "done") {
        return dropped;
      }
    }
    const params = { plugin, configuration: wanted?.configuration ?? noConfiguration };
    const step = await this.#step(limit, () =>
      this.process.request(hostRequests.open, params, isOpenReply),
    );
    if (step.kind !== "done" || !step.value.ok) {
      return step as Step<Result<never, LoadFailure>>;
    }
    const { instance } = step.value.value;
    if (wanted === null) {
      this.#singletons.set(plugin, instance);
    } else {
      this.#configured.set(instanceKey(wanted), { wanted, number: instance });
    }
    return { kind: "done", value: ok({ instance, isNew: true }) };
  }

  /** Destroys a configured instance; not an open one is none to destroy. */
  async drop(
    instance: LiveInstance,
    limit: Limit = { timeoutMs: null, signal: never },
  ): Promise<Step<DroppedInstance>> {
    const key = instanceKey(instance);
    const open = this.#configured.get(key);
    if (open === undefined) {
      return { kind: "done", value: { wasOpen: false, dropMs: 0 } };
    }
    this.#configured.delete(key);
    return this.destroy(open.number, limit);
  }

  /** The streams that are open on a configured instance. */
  streamsOf(instance: LiveInstance): readonly SessionStream[] {
    const open = this.#configured.get(instanceKey(instance));
    return open === undefined ? [] : this.streams.on(open.number);
  }

  /** Destroys the instance of a number, which nothing can call any more. */
  destroy(instance: number, limit: Limit): Promise<Step<DroppedInstance>> {
    return this.#step(limit, () =>
      this.process.request(hostRequests.drop, { instance }, isDropReply),
    );
  }

  call(
    params: {
      readonly instance: number;
      readonly slot: number;
      readonly arguments: Uint8Array;
      readonly outputLimit: number;
    },
    limit: Limit,
  ): Promise<Step<CallReply>> {
    return this.#step(limit, () => this.process.request(hostRequests.call, params, isCallReply));
  }

  /** Any other request. */
  request<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    isReply: ReplyCheck<R>,
    limit: Limit,
  ): Promise<Step<R>> {
    return this.#step(limit, () => this.process.request(type, params, isReply));
  }

  /** Waits until what was printed, and recorded of host functions, before the last answer has been read. */
  async drainOutput(): Promise<void> {
    // The bytes are in the pipe already: one turn of the event loop reads them; the first may have begun before.
    await nextTurn();
    await nextTurn();
    for (let seen = -1; seen !== this.process.recordsSeen;) {
      seen = this.process.recordsSeen;
      await nextTurn();
    }
  }

  /** Starts collecting what is printed from now on, or goes on with a capture. */
  capture(capture?: OutputCapture): OutputCapture {
    return this.process.capture(capture);
  }

  /** Makes way for an instance of another configuration; the one before stays for the streams that are open on it. */
  #replace(wanted: WantedInstance, limit: Limit): Promise<Step<DroppedInstance>> {
    const key = instanceKey(wanted);
    const open = this.#configured.get(key);
    if (open === undefined || !this.streams.leaveTo(open.number)) {
      return this.drop(wanted, limit);
    }
    this.#configured.delete(key);
    return Promise.resolve({ kind: "done", value: { wasOpen: true, dropMs: 0 } });
  }

  #current(wanted: WantedInstance): number | undefined {
    const open = this.#configured.get(instanceKey(wanted));
    return open !== undefined && isSameBytes(open.wanted.configuration, wanted.configuration)
      ? open.number
      : undefined;
  }

  async #step<T>(limit: Limit, request: () => Promise<HostAnswer<T>>): Promise<Step<T>> {
    const answer = await withinLimit(
      limit,
      this.debuggers,
      (reason) => {
        this.stop(reason);
      },
      request,
    );
    if (answer.kind === "answer") {
      return { kind: "done", value: answer.value };
    }
    return this.#stopReason === null
      ? { kind: "died", death: answer.death }
      : { kind: "stopped", reason: this.#stopReason };
  }
}

function describeStop(reason: StopReason, holder: string | null): string {
  const what = holder ?? "what ran in it";
  return reason === "cancelled"
    ? `${what} was cancelled, which ends the process`
    : `${what} had not answered in its time, which ends the process`;
}

function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
