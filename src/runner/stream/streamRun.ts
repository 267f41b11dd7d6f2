// One stream on an instance that lives in a host: opened, asked for items as its user wants them, fed with input, dropped.
// The host is blocked while the plugin is asked for something, and does other calls between. A Cancel drops the stream in
// peace, unless the plugin does not answer: then it ends the process. What was received by then stays with the user.

import { currentWireForm } from "../../codec/method/wireForm.ts";
import type { CallResult, PanicReport } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { StreamControl, StreamUser, StreamWait } from "../../model/stream.ts";
import { hostRequests } from "../../protocol/host.ts";
import type { CallReply, PullStreamReply } from "../../protocol/host.ts";
import type { StreamRecord } from "../../protocol/streamRecords.ts";
import { isCallReply, isOpenStreamReply, isPullStreamReply } from "../process/checkReply.ts";
import type { StreamPeer } from "../process/hostProcess.ts";
import type { HostSession, Step } from "../session/hostSession.ts";
import { interpretReply, type ReplyContext } from "../outcome/interpretReply.ts";
import { reportPanic, withPanicBeforeEnd } from "../outcome/panicReport.ts";
import { asCallReply, describePullEnd } from "../outcome/streamEnd.ts";
import type { StreamCounts } from "../outcome/streamEnd.ts";
import { dropStream } from "./streamDrop.ts";
import { StreamInput } from "./streamInput.ts";
import type { StreamTurns } from "./streamTurns.ts";
import { TimeLimit } from "../process/timeLimit.ts";

/** What a stream needs of its call. */
export interface StreamRequest {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  /** That of the method in this library. */
  readonly slot: number;
  readonly instance: number;
  readonly encoded: Uint8Array;
  readonly isCurrent?: boolean | undefined;
  readonly workingDirectory: string;
  readonly outputLimit: number;
  /** Of each answer of the plugin; null is no limit. */
  readonly timeoutMs: number | null;
  readonly user: StreamUser;
}

/** The most that is asked of the host at once: what may arrive after a Pause. */
const pullItems = 1024;
const pullBytes = 4 * 1024 * 1024;
const pullSliceMs = 50;

/**
 * How long a Cancel waits for the plugin's answer, so that the stream can be dropped in peace: longer than a slice, and short
 * enough for the process to be gone within 100 ms (R6).
 */
const answerMs = 75;

const noLimit = { timeoutMs: null, signal: new AbortController().signal };

export class StreamRun implements StreamControl {
  readonly #turns: StreamTurns;
  readonly #session: HostSession;
  readonly #peer: StreamPeer;
  readonly #request: StreamRequest;
  /** Streams came with 0.4, when values had their present form already. */
  readonly #context: ReplyContext;
  readonly #signal: AbortSignal;
  /** Of each answer of the plugin. */
  readonly #deadline: TimeLimit;
  readonly #input: StreamInput;
  /** Until the stream is open, when the call went out. */
  #openedAt = performance.now();
  #wanted = 0;
  /** Items that the host may still send. */
  #asked = 0;
  #received = 0;
  #receivedBytes = 0;
  #sent = 0;
  #isClosing = false;
  /** In a turn: only the end of the process can interrupt the plugin. */
  #isBlocked = false;
  #waitsForInput = false;
  #cancelTimer: NodeJS.Timeout | undefined;
  #panic: PanicReport | null = null;
  #wake: () => void = () => undefined;
  #dropped: Promise<void> | null = null;
  /** The outcome of dropping the stream and of others in its process, for the outcome's notes. */
  readonly notes: string[] = [];

  constructor(turns: StreamTurns, request: StreamRequest, signal: AbortSignal) {
    const { session } = turns;
    this.#turns = turns;
    this.#session = session;
    this.#request = request;
    const hasInput = request.method.stream !== "server";
    this.#peer = {
      onItems: (records) => this.#takeItems(records),
      ...(hasInput ? { nextInput: () => this.#input.next() } : {}),
    };
    const { plugin, workingDirectory, isCurrent } = request;
    const folders = { workspaceRoot: plugin.crate.workspaceRoot, workingDirectory };
    this.#context = { folders, form: currentWireForm, isCurrent };
    this.#signal = signal;
    this.#deadline = new TimeLimit(request.timeoutMs, turns.debuggers, () => {
      session.stop("timedOut");
    });
    this.#input = new StreamInput({
      onWaiting: () => {
        this.#deadline.stop();
        this.#waitsForInput = true;
        session.turns.inputWaits();
        this.#tell("input");
        this.#cancelBlocked();
      },
      onAnswer: (bytes) => {
        this.#inputAnswered(bytes);
      },
    });
  }

  get counts(): StreamCounts {
    return { received: this.#received, sent: this.#sent, receivedBytes: this.#receivedBytes };
  }

  /** After the result: null when the plugin has dropped the stream, else settles when it has. */
  get dropped(): Promise<void> | null {
    return this.#dropped;
  }

  next(count: number): void {
    this.#wanted += count;
    this.#wake();
  }

  run(): void {
    this.#wanted = Number.POSITIVE_INFINITY;
    this.#wake();
  }

  pause(): void {
    this.#wanted = 0;
  }

  send(bytes: Uint8Array): Promise<boolean> {
    return this.#input.send(bytes);
  }

  finishInput(): void {
    this.#input.finish();
  }

  close(): void {
    if (this.#request.method.stream === "client") {
      // Its only end is the method's own.
      return;
    }
    this.#isClosing = true;
    this.#tell("closing");
    this.#wake();
  }

  /** Runs the stream to its end, whichever it is. */
  async result(): Promise<CallResult> {
    const { method } = this.#request;
    const onAbort = (): void => {
      this.pause();
      this.#cancelBlocked();
      this.#wake();
    };
    this.#signal.addEventListener("abort", onAbort);
    void this.#session.process.ended.then(() => {
      this.#wake();
    });
    try {
      const result = await (method.stream === "client" ? this.#callWithInput() : this.#pullAll());
      return withPanicBeforeEnd(result, this.#turns.stderr(), this.#context.folders);
    } finally {
      this.#signal.removeEventListener("abort", onAbort);
      this.#input.close();
      this.#deadline.stop();
    }
  }

  /** A client stream: one call, in the middle of which the plugin asks for input. */
  async #callWithInput(): Promise<CallResult> {
    const { plugin, method, slot, instance, encoded, outputLimit } = this.#request;
    this.#openedAt = performance.now();
    const params = { instance, slot, arguments: encoded, outputLimit };
    const calling = this.#blocking(() =>
      this.#session.request(hostRequests.callWithInput, params, isCallReply, noLimit),
    );
    this.#request.user.opened(this);
    const step = await calling;
    if (step?.kind !== "done") {
      return this.#ended(step);
    }
    const reply = ownOutput(step.value);
    this.#receivedBytes += reply.kind === "returned" ? reply.output.length : 0;
    return interpretReply(reply, plugin, method, this.#turns.stderr(), this.#context);
  }

  /** A server or bidirectional stream: opened, then asked for items. */
  async #pullAll(): Promise<CallResult> {
    const { plugin, method, slot, instance, encoded } = this.#request;
    const hasInput = method.stream === "bidirectional";
    const params = { instance, slot, arguments: encoded, hasInput };
    const step = await this.#blocking(() =>
      this.#session.request(hostRequests.openStream, params, isOpenStreamReply, noLimit),
    );
    if (step?.kind !== "done") {
      return this.#ended(step);
    }
    const opened = step.value;
    if (opened.kind !== "opened") {
      const stderr = this.#turns.stderr();
      return interpretReply(asCallReply(opened), plugin, method, stderr, this.#context);
    }
    this.#openedAt = performance.now();
    this.#request.user.opened(this);
    const result = await this.#pullUntilEnd(opened.stream);
    this.#tell("closing");
    const drop = await dropStream(this.#turns, opened.stream, result);
    this.notes.push(...drop.notes);
    this.#dropped = drop.dropped;
    return drop.result.kind === "crashed" && drop.result !== result
      ? { ...drop.result, afterMs: this.#elapsed() }
      : drop.result;
  }

  async #pullUntilEnd(stream: number): Promise<CallResult> {
    for (;;) {
      const stopped = await this.#untilWanted();
      if (stopped !== null) {
        return stopped;
      }
      const maxItems = Math.min(this.#wanted, pullItems);
      this.#asked = maxItems;
      const limits = { maxBytes: pullBytes, sliceMs: pullSliceMs };
      const params = { stream, maxItems, ...limits, itemLimit: this.#request.outputLimit };
      const step = await this.#blocking(() =>
        this.#session.request(hostRequests.pullStream, params, isPullStreamReply, noLimit),
      );
      this.#asked = 0;
      if (step?.kind !== "done") {
        return this.#ended(step);
      }
      const end = this.#afterPull(step.value);
      if (end !== null) {
        return end;
      }
    }
  }

  /** Waits until an item is wanted; the result when the stream ends before that. */
  async #untilWanted(): Promise<CallResult | null> {
    await this.#request.user.settled?.();
    while (this.#mayWait()) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#tell("user");
      await woken;
    }
    if (!this.#session.isUsable || this.#signal.aborted) {
      return this.#ended(null);
    }
    return this.#isClosing ? this.#closedByUser() : null;
  }

  #mayWait(): boolean {
    const isOver = this.#isClosing || this.#signal.aborted || !this.#session.isUsable;
    return this.#wanted === 0 && !isOver;
  }

  #closedByUser(): CallResult {
    return this.#panic === null
      ? { kind: "streamEnded", received: this.#received, sent: this.#sent, isComplete: false }
      : { kind: "panic", panic: this.#panic };
  }

  /** The result when the plugin gives no more items; null when the stream goes on. */
  #afterPull(reply: PullStreamReply): CallResult | null {
    const { why } = reply;
    if (why === "panicked") {
      this.#wanted = 0;
      this.#panic = reportPanic(undefined, this.#turns.stderr(), this.#context.folders);
      this.#request.user.panicked(this.#panic);
      return null;
    }
    return describePullEnd({ ...reply, why }, this.#request, this.counts);
  }

  /** Does something for which the plugin runs, in a turn of its own; null when it could not begin. */
  #blocking<T>(request: () => Promise<Step<T>>): Promise<Step<T> | null> {
    if (!this.#session.turns.isFree) {
      this.#tell("turn");
    }
    return this.#turns.take(this.#peer, this.#signal, async () => {
      this.#isBlocked = true;
      this.#tell("plugin");
      this.#deadline.restart();
      const step = await request();
      this.#deadline.stop();
      this.#isBlocked = false;
      this.#waitsForInput = false;
      clearTimeout(this.#cancelTimer);
      return step;
    });
  }

  /** Ends the process when the user has cancelled and the plugin does not answer. */
  #cancelBlocked(): void {
    if (!this.#isBlocked || !this.#signal.aborted) {
      return;
    }
    const stop = (): void => {
      this.#session.stop("cancelled");
    };
    // A method that takes a stream has one answer, and one that waits for input gives none.
    if (this.#waitsForInput || this.#request.method.stream === "client") {
      stop();
    } else {
      this.#cancelTimer ??= setTimeout(stop, answerMs);
    }
  }

  /** The result of a step that did not come to its end; null is one that could not begin. */
  async #ended(
    step: Exclude<Step<unknown>, { readonly kind: "done" }> | null,
  ): Promise<CallResult> {
    if (step?.kind === "died") {
      return { kind: "crashed", death: step.death, afterMs: this.#elapsed() };
    }
    // The limit is of each answer: what matters is how long this one was waited for.
    const { timeoutMs } = this.#request;
    if (step !== null) {
      return step.reason === "timedOut" && timeoutMs !== null
        ? { kind: "timedOut", afterMs: timeoutMs }
        : { kind: step.reason, afterMs: this.#elapsed() };
    }
    if (this.#session.isUsable) {
      return { kind: "cancelled", afterMs: this.#elapsed() };
    }
    const death = await this.#session.process.ended;
    const { endCause } = this.#session;
    if (endCause !== null) {
      this.notes.push(`The stream ended with the process that it shared: ${endCause}.`);
    }
    return this.#session.process.ownDeath === null
      ? { kind: "cancelled", afterMs: this.#elapsed() }
      : { kind: "crashed", death, afterMs: this.#elapsed() };
  }

  #takeItems(records: readonly StreamRecord[]): boolean {
    if (records.length > this.#asked) {
      return false;
    }
    this.#asked -= records.length;
    this.#wanted = Math.max(0, this.#wanted - records.length);
    this.#panic = null;
    this.#deadline.restart();
    for (const { atMs, bytes } of records) {
      const index = this.#received;
      this.#received += 1;
      this.#receivedBytes += bytes.length;
      this.#request.user.item({ direction: "out", index, atMs, bytes: ownBytes(bytes) });
    }
    return true;
  }

  #inputAnswered(bytes: Uint8Array | null): void {
    this.#deadline.restart();
    this.#waitsForInput = false;
    this.#session.turns.inputAnswered();
    this.#tell("plugin");
    if (bytes !== null) {
      const index = this.#sent;
      this.#sent += 1;
      this.#request.user.item({ direction: "in", index, atMs: this.#elapsed(), bytes });
    }
  }

  #tell(wait: StreamWait): void {
    this.#request.user.waits(wait);
  }

  #elapsed(): number {
    return performance.now() - this.#openedAt;
  }
}

/** A copy that does not hold a whole chunk of the pipe, unless it is most of one. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.length * 2 > bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    : new Uint8Array(bytes);
}

function ownOutput(reply: CallReply): CallReply {
  return reply.kind === "refused" ? reply : { ...reply, output: ownBytes(reply.output) };
}
