// A host process with a library loaded: load once, construct each plugin once, call. Steps of a call come back as answers or
// as the reason why the process had to end; they are put into words in callRunner.ts.

import type { LibraryReport } from "../model/libraryReport.ts";
import type { LoadFailure, ProcessDeath } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { ok } from "../model/result.ts";
import { hostRequests } from "../protocol/host.ts";
import type { CallReply } from "../protocol/host.ts";
import { isCallReply, isLoadReply, isOpenReply } from "./checkReply.ts";
import { withinLimit } from "./deadline.ts";
import type { Limit, StopReason } from "./deadline.ts";
import type { HostAnswer, HostProcess } from "./hostProcess.ts";
import type { OutputCapture } from "./outputCapture.ts";
import type { StagedLibrary } from "./stagedDylib.ts";

/** What comes of one step in a host: its value, the process's own end, or an end from outside. */
export type Step<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "died"; readonly death: ProcessDeath }
  | { readonly kind: "stopped"; readonly reason: StopReason };

export interface LoadRequest {
  readonly library: StagedLibrary;
  readonly displayName: string;
  readonly workingDirectory: string;
}

/** Bytes of a configuration; there is none yet. */
const noConfiguration = new Uint8Array(0);

export class HostSession {
  readonly process: HostProcess;
  readonly #instances = new Map<number, number>();
  #report: LibraryReport | null = null;
  #stopReason: StopReason | null = null;

  constructor(host: HostProcess) {
    this.process = host;
  }

  /** What the loaded library says of itself; null before {@link load}. */
  get report(): LibraryReport | null {
    return this.#report;
  }

  get isUsable(): boolean {
    return this.process.isAlive;
  }

  /** Ends the process from outside; what runs in it comes back as stopped. */
  stop(reason: StopReason): void {
    this.#stopReason ??= reason;
    void this.process.stop();
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

  /** The instance of a plugin, constructed when it is wanted first. */
  async open(plugin: number, limit: Limit): Promise<Step<Result<number, LoadFailure>>> {
    const known = this.#instances.get(plugin);
    if (known !== undefined) {
      return { kind: "done", value: ok(known) };
    }
    const params = { plugin, configuration: noConfiguration };
    const step = await this.#step(limit, () =>
      this.process.request(hostRequests.open, params, isOpenReply),
    );
    if (step.kind !== "done" || !step.value.ok) {
      return step as Step<Result<never, LoadFailure>>;
    }
    const { instance } = step.value.value;
    this.#instances.set(plugin, instance);
    return { kind: "done", value: ok(instance) };
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

  /** Waits until what was printed before the last answer has been read. */
  async drainOutput(): Promise<void> {
    // The bytes are in the pipe already: one turn of the event loop reads them; the first may have begun before.
    await nextTurn();
    await nextTurn();
  }

  /** Starts collecting what is printed from now on. */
  capture(): OutputCapture {
    return this.process.capture();
  }

  async #step<T>(limit: Limit, request: () => Promise<HostAnswer<T>>): Promise<Step<T>> {
    const answer = await withinLimit(
      limit,
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

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
