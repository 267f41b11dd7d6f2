// One panel's runs, one at a time: build and call, the newest arguments winning while the build goes on, Cancel ending
// it for real. Knows nothing of VS Code; what "run" means is given.

import type { ConfiguredInstance } from "../../model/instance.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type { BridgeSubject } from "../bridge/bridgeService.ts";
import type { RunPhase } from "../../protocol/panel.ts";
import type { StreamUser } from "../../model/stream.ts";
import type { Repetition } from "../../model/repetition.ts";
import type { RunOptions } from "../../model/runOptions.ts";
import type { JsonObject } from "../../model/value/value.ts";

/** What the user asked for when Invoke was pressed. */
export interface RunRequest {
  readonly arguments: JsonObject;
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  /** The configured instance to call on. */
  readonly instance?: ConfiguredInstance | undefined;
  /** Only the instance is built; nothing is called. */
  readonly buildsInstance?: true;
  /** Only the bridge is built; nothing is called. A result that was shown as bytes is read again. */
  readonly asksCompiler?: {
    readonly last: CallOutcome | undefined;
    readonly subject: BridgeSubject;
  };
  /** A debugger is attached to the call's host before it. */
  readonly isDebugged?: boolean | undefined;
  /** As the user set them for the method. */
  readonly options?: RunOptions | undefined;
  /** For this call alone, on top of the settings' and the options'. */
  readonly environment?: Readonly<Record<string, string>>;
  /** That the arguments were made from, when they are random. */
  readonly seed?: number | undefined;
  /** The call is made so often, for its times. */
  readonly repetition?: Repetition | undefined;
  /** Instead of `arguments`, a call with each of these. */
  readonly sets?: readonly JsonObject[] | undefined;
  /** Who uses the stream of a streaming method. */
  readonly stream?: StreamUser | undefined;
}

/** Does the work; no outcome where there is nothing to show of it. `newest` is asked again when the build is done, because pressing Invoke meanwhile changes it. */
export type Run = (
  newest: () => RunRequest,
  signal: AbortSignal,
  onPhase: (phase: RunPhase) => void,
) => Promise<CallOutcome | undefined>;

export interface CallSessionEvents {
  onPhase(phase: RunPhase): void;
  onOutcome(outcome: CallOutcome): void;
  /** A bug: `run` rejected. */
  onError(error: unknown): void;
}

const idle: RunPhase = { kind: "idle" };

export class CallSession {
  readonly #run: Run;
  readonly #events: CallSessionEvents;
  #request: RunRequest | undefined;
  #controller: AbortController | undefined;
  #phase: RunPhase = idle;

  constructor(run: Run, events: CallSessionEvents) {
    this.#run = run;
    this.#events = events;
  }

  /** What was run last, or runs now. */
  get lastRequest(): RunRequest | undefined {
    return this.#request;
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  get isRunning(): boolean {
    return this.#controller !== undefined;
  }

  /**
   * Starts a run. While one prepares or builds, its arguments become these; while one calls, nothing happens, because
   * a call that began cannot be changed. Resolves when the run that it started or joined is over.
   */
  async invoke(request: RunRequest): Promise<void> {
    if (this.#controller !== undefined) {
      if (this.#phase.kind === "idle" || this.#phase.kind === "building") {
        this.#request = request;
      }
      return;
    }
    const controller = new AbortController();
    this.#controller = controller;
    this.#request = request;
    let outcome: CallOutcome | undefined;
    try {
      outcome = await this.#run(
        () => this.#request ?? request,
        controller.signal,
        (phase) => {
          this.#setPhase(phase);
        },
      );
    } catch (error) {
      this.#events.onError(error);
    }
    this.#controller = undefined;
    this.#phase = idle;
    // The outcome comes first: who shows it never shows the one before as the outcome of this run.
    if (outcome !== undefined) {
      this.#events.onOutcome(outcome);
    }
    this.#events.onPhase(idle);
  }

  /** Ends what runs; nothing happens when nothing runs. */
  cancel(): void {
    this.#controller?.abort();
  }

  dispose(): void {
    this.cancel();
  }

  #setPhase(phase: RunPhase): void {
    this.#phase = phase;
    this.#events.onPhase(phase);
  }
}
