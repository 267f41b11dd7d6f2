// One stream in a host of its own: opened, asked for items as its user wants them, fed with input, dropped. The host is
// blocked while the plugin is asked for something; a Cancel then ends its process, and is polite at any other time. What was
// received by then stays with the user.

import { currentWireForm } from "../codec/wireForm.ts";
import type { WireForm } from "../codec/wireForm.ts";
import type { CallResult, PanicReport } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { StreamControl, StreamUser, StreamWait } from "../model/stream.ts";
import { hostRequests } from "../protocol/host.ts";
import type { CallReply, PullStreamReply } from "../protocol/host.ts";
import type { StreamRecord } from "../protocol/streamRecords.ts";
import { isCallReply, isOpenStreamReply, isPullStreamReply } from "./checkReply.ts";
import type { HostSession, Step } from "./hostSession.ts";
import { interpretReply } from "./interpretReply.ts";
import { reportPanic, withPanicBeforeEnd } from "./panicReport.ts";
import type { SourceFolders } from "./sourcePlaces.ts";
import { asCallReply, describePullEnd } from "./streamEnd.ts";
import type { StreamCounts } from "./streamEnd.ts";
import { StreamInput } from "./streamInput.ts";
import { TimeLimit } from "./timeLimit.ts";

/** What a stream needs of its call. */
export interface StreamRequest {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  /** That of the method in this library. */
  readonly slot: number;
  readonly instance: number;
  readonly encoded: Uint8Array;
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

/** How long dropping a stream may take. */
const closeMs = 1000;

const noLimit = { timeoutMs: null, signal: new AbortController().signal };

export class StreamRun implements StreamControl {
  readonly #session: HostSession;
  readonly #request: StreamRequest;
  /** Streams came with 0.4, when values had their present form already. */
  readonly #context: { readonly folders: SourceFolders; readonly form: WireForm };
  readonly #signal: AbortSignal;
  readonly #stderr: () => string;
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
  #isBlocked = false;
  #panic: PanicReport | null = null;
  #wake: () => void = () => undefined;
  /** What came of dropping the stream, for the outcome's notes. */
  readonly notes: string[] = [];

  constructor(
    session: HostSession,
    request: StreamRequest,
    signal: AbortSignal,
    stderr: () => string,
  ) {
    this.#session = session;
    this.#request = request;
    const { plugin, workingDirectory } = request;
    const folders = { workspaceRoot: plugin.crate.workspaceRoot, workingDirectory };
    this.#context = { folders, form: currentWireForm };
    this.#signal = signal;
    this.#stderr = stderr;
    this.#deadline = new TimeLimit(request.timeoutMs, session.debuggers, () => {
      session.stop("timedOut");
    });
    this.#input = new StreamInput({
      onWaiting: () => {
        this.#deadline.stop();
        this.#tell("input");
      },
      onAnswer: (bytes) => {
        this.#inputAnswered(bytes);
      },
    });
  }

  get counts(): StreamCounts {
    return { received: this.#received, sent: this.#sent, receivedBytes: this.#receivedBytes };
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
    const hasInput = method.stream !== "server";
    this.#session.process.attachStream({
      onItems: (records) => this.#takeItems(records),
      ...(hasInput ? { nextInput: () => this.#input.next() } : {}),
    });
    const onAbort = (): void => {
      if (this.#isBlocked) {
        this.#session.stop("cancelled");
      }
      this.#wake();
    };
    this.#signal.addEventListener("abort", onAbort);
    void this.#session.process.ended.then(() => {
      this.#wake();
    });
    try {
      const result = await (method.stream === "client" ? this.#callWithInput() : this.#pullAll());
      return withPanicBeforeEnd(result, this.#stderr(), this.#context.folders);
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
    if (step.kind !== "done") {
      return this.#ended(step);
    }
    await this.#session.drainOutput();
    const reply = ownOutput(step.value);
    this.#receivedBytes += reply.kind === "returned" ? reply.output.length : 0;
    return interpretReply(reply, plugin, method, this.#stderr(), this.#context);
  }

  /** A server or bidirectional stream: opened, then asked for items. */
  async #pullAll(): Promise<CallResult> {
    const { plugin, method, slot, instance, encoded } = this.#request;
    const hasInput = method.stream === "bidirectional";
    const params = { instance, slot, arguments: encoded, hasInput };
    const step = await this.#blocking(() =>
      this.#session.request(hostRequests.openStream, params, isOpenStreamReply, noLimit),
    );
    if (step.kind !== "done") {
      return this.#ended(step);
    }
    const opened = step.value;
    if (opened.kind !== "opened") {
      await this.#session.drainOutput();
      return interpretReply(asCallReply(opened), plugin, method, this.#stderr(), this.#context);
    }
    this.#openedAt = performance.now();
    this.#request.user.opened(this);
    const result = await this.#pullUntilEnd(opened.stream);
    return this.#drop(opened.stream, result);
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
      if (step.kind !== "done") {
        return this.#ended(step);
      }
      const end = await this.#afterPull(step.value);
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
    if (!this.#session.isUsable) {
      const death = await this.#session.process.ended;
      return this.#session.process.ownDeath === null
        ? { kind: "cancelled", afterMs: this.#elapsed() }
        : { kind: "crashed", death, afterMs: this.#elapsed() };
    }
    if (this.#signal.aborted) {
      return { kind: "cancelled", afterMs: this.#elapsed() };
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
  async #afterPull(reply: PullStreamReply): Promise<CallResult | null> {
    const { why } = reply;
    if (why === "panicked") {
      this.#wanted = 0;
      await this.#session.drainOutput();
      this.#panic = reportPanic(undefined, this.#stderr(), this.#context.folders);
      this.#request.user.panicked(this.#panic);
      return null;
    }
    const { method, outputLimit } = this.#request;
    return describePullEnd({ ...reply, why }, method.name, this.counts, outputLimit);
  }

  /** Drops the stream, which runs code of the plugin and may go wrong in its own ways. */
  async #drop(stream: number, result: CallResult): Promise<CallResult> {
    if (!this.#session.isUsable) {
      return result;
    }
    this.#tell("closing");
    const limit = { ...noLimit, timeoutMs: closeMs };
    const isNull = (value: unknown): value is null => value === null;
    const step = await this.#session.request(hostRequests.closeStream, { stream }, isNull, limit);
    if (step.kind === "died") {
      this.notes.push(`The process ended while the stream was dropped, ${this.#describeAfter()}.`);
      return { kind: "crashed", death: step.death, afterMs: this.#elapsed() };
    }
    if (step.kind === "stopped") {
      this.notes.push(
        `Dropping the stream had not returned after ${String(closeMs / 1000)} s; its process was ended.`,
      );
    } else {
      await this.#session.drainOutput();
    }
    return result;
  }

  #describeAfter(): string {
    return `after ${String(this.#received)} received and ${String(this.#sent)} sent items`;
  }

  /** Does something for which the plugin runs: only the end of its process can interrupt it. */
  async #blocking<T>(request: () => Promise<Step<T>>): Promise<Step<T>> {
    this.#isBlocked = true;
    this.#tell("plugin");
    this.#deadline.restart();
    if (this.#signal.aborted) {
      this.#session.stop("cancelled");
    }
    const step = await request();
    this.#deadline.stop();
    this.#isBlocked = false;
    return step;
  }

  #ended(step: Exclude<Step<unknown>, { readonly kind: "done" }>): CallResult {
    if (step.kind === "died") {
      return { kind: "crashed", death: step.death, afterMs: this.#elapsed() };
    }
    // The limit is of each answer: what matters is how long this one was waited for.
    const { timeoutMs } = this.#request;
    return step.reason === "timedOut" && timeoutMs !== null
      ? { kind: "timedOut", afterMs: timeoutMs }
      : { kind: step.reason, afterMs: this.#elapsed() };
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
