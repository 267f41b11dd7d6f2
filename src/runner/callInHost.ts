// The part of a call that happens with a host process: load when it is not loaded, check, construct, call, interpret. Each
// step may end in the plugin's crash, a time-out or a cancel; every way out is a CallResult.

import { basename } from "node:path";
import type { LibraryReport } from "../model/libraryReport.ts";
import type {
  CallMeasurements,
  CallResult,
  CapturedOutput,
  LoadFailure,
  ProcessDeath,
} from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import type { CallReply } from "../protocol/host.ts";
import { findTarget } from "./checkTarget.ts";
import type { KnownSignatures } from "./signatureMemory.ts";
import type { StopReason } from "./deadline.ts";
import type { HostSession, Step } from "./hostSession.ts";
import { interpretReply } from "./interpretReply.ts";
import type { StagedLibrary } from "./stagedDylib.ts";

/** What of a call the host part needs. */
export interface HostCall {
  readonly library: StagedLibrary;
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly encoded: Uint8Array;
  readonly workingDirectory: string;
  readonly timeoutMs: number | null;
  readonly loadTimeoutMs: number;
  readonly outputLimit: number;
  readonly known: KnownSignatures;
  readonly onPhase: (phase: "loading" | "calling") => void;
}

export interface HostOutcome {
  readonly result: CallResult;
  readonly output: CapturedOutput;
  readonly measurements: Omit<CallMeasurements, "totalMs">;
  readonly notes: readonly string[];
  /** The plugin ended the process by itself. */
  readonly hasCrashed: boolean;
}

/** Either the way on, or the call's result already. */
type Progress<T> = Result<T, CallResult>;

/** Runs a call in a session; the session's process may have ended afterwards. */
export async function callInHost(
  session: HostSession,
  call: HostCall,
  signal: AbortSignal,
): Promise<HostOutcome> {
  const capture = session.capture();
  const run = new HostRun(session, call, signal);
  const result = await run.result();
  if (session.isUsable) {
    await session.drainOutput();
  }
  const output = capture.captured();
  return {
    result: run.interpret(result, output.stderr),
    output,
    measurements: run.measurements(),
    notes: run.notes(),
    hasCrashed: run.hasCrashed,
  };
}

class HostRun {
  readonly #session: HostSession;
  readonly #call: HostCall;
  readonly #signal: AbortSignal;
  readonly #pid: number | undefined;
  #loadMs: number | null = null;
  #reply: CallReply | null = null;
  hasCrashed = false;

  constructor(session: HostSession, call: HostCall, signal: AbortSignal) {
    this.#session = session;
    this.#call = call;
    this.#signal = signal;
    this.#pid = session.process.pid;
  }

  /** Goes through all steps to the host's reply, or to the result that came before it. */
  async result(): Promise<Progress<CallReply>> {
    const start = performance.now();
    const instance = await this.#prepare();
    if (!instance.ok) {
      return instance;
    }
    this.#loadMs = instance.value.isNew ? performance.now() - start : null;
    this.#call.onPhase("calling");
    const called = performance.now();
    const limit = { timeoutMs: this.#call.timeoutMs, signal: this.#signal };
    const params = {
      instance: instance.value.instance,
      slot: this.#call.method.slot,
      arguments: this.#call.encoded,
      outputLimit: this.#call.outputLimit,
    };
    const step = await this.#session.call(params, limit);
    if (step.kind === "done") {
      const reply = ownBytes(step.value);
      this.#reply = reply;
      return ok(reply);
    }
    if (step.kind === "died") {
      this.hasCrashed = true;
      return err({ kind: "crashed", death: step.death });
    }
    return err(stopped(step.reason, called));
  }

  /** Puts the reply into the schema's terms. */
  interpret(result: Progress<CallReply>, stderr: string): CallResult {
    return result.ok
      ? interpretReply(result.value, this.#call.plugin, this.#call.method, stderr)
      : result.error;
  }

  measurements(): Omit<CallMeasurements, "totalMs"> {
    const reply = this.#reply?.kind === "returned" ? this.#reply : null;
    return {
      ...(this.#loadMs === null ? {} : { loadMs: this.#loadMs }),
      ...(reply === null ? {} : { callMs: reply.callMs, outputBytes: reply.output.length }),
      ...(this.#pid === undefined ? {} : { hostPid: this.#pid }),
    };
  }

  notes(): readonly string[] {
    return this.#reply?.kind === "returned" ? describeReply(this.#reply) : [];
  }

  async #prepare(): Promise<Progress<{ instance: number; isNew: boolean }>> {
    const { plugin, method, known } = this.#call;
    const isLoaded = this.#session.report !== null;
    if (!isLoaded) {
      this.#call.onPhase("loading");
    }
    const start = performance.now();
    const limit = { timeoutMs: this.#call.loadTimeoutMs, signal: this.#signal };
    const loaded = await loadInto(this.#session, this.#call, limit);
    const report = this.#settle(loaded, start);
    if (!report.ok) {
      return report;
    }
    const target = findTarget(report.value, plugin, method, known);
    if (!target.ok) {
      return target;
    }
    const opened = this.#settle(await this.#session.open(target.value.index, limit), start);
    return opened.ok ? ok({ instance: opened.value, isNew: !isLoaded }) : opened;
  }

  /** A loading step's value, or the call's result when loading went wrong. */
  #settle<T>(step: Step<Result<T, LoadFailure>>, start: number): Progress<T> {
    if (step.kind === "stopped" && step.reason === "cancelled") {
      return err(stopped("cancelled", start));
    }
    if (step.kind !== "done") {
      this.hasCrashed ||= step.kind === "died";
      const failure = describeLoadEnd(step, this.#call.library.source, this.#call.loadTimeoutMs);
      return err({ kind: "loadFailed", failure });
    }
    return step.value.ok ? step.value : err({ kind: "loadFailed", failure: step.value.error });
  }
}

/** Loads a library into a session, once; a session in which that failed is of no use any more. */
export async function loadInto(
  session: HostSession,
  request: { readonly library: StagedLibrary; readonly workingDirectory: string },
  limit: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Step<Result<LibraryReport, LoadFailure>>> {
  if (session.report !== null) {
    return { kind: "done", value: ok(session.report) };
  }
  const { library, workingDirectory } = request;
  const displayName = basename(library.source);
  const step = await session.load({ library, displayName, workingDirectory }, limit);
  if (step.kind === "done" && !step.value.ok) {
    await session.process.stop();
  }
  return step;
}

/** Why loading did not come to its end. */
export function describeLoadEnd(
  step:
    | { readonly kind: "died"; readonly death: ProcessDeath }
    | { readonly kind: "stopped"; readonly reason: StopReason },
  source: string,
  timeoutMs: number,
): LoadFailure {
  const name = basename(source);
  if (step.kind === "stopped") {
    const message = `${name} was not loaded after ${String(timeoutMs / 1000)} s, and its process was ended. Code that runs at load time or in configure does not return.`;
    return { kind: "timedOut", message };
  }
  const { message } = step.death;
  return {
    kind: "diedWhileLoading",
    message: `The host process ended while it loaded ${name}. ${message} Code that runs at load time or in configure does this, or the file is damaged: build the plugin again.`,
  };
}

/** The output as a plain Uint8Array that does not hold a whole chunk of the pipe. */
function ownBytes(reply: CallReply): CallReply {
  if (reply.kind === "refused") {
    return reply;
  }
  const { buffer, byteOffset, length } = reply.output;
  const isMostOfIt = length * 2 > buffer.byteLength;
  const output = isMostOfIt ? new Uint8Array(buffer, byteOffset, length) : reply.output;
  return { ...reply, output: isMostOfIt ? output : new Uint8Array(output) };
}

function stopped(reason: StopReason, start: number): CallResult {
  return { kind: reason, afterMs: performance.now() - start };
}

function describeReply(reply: Extract<CallReply, { readonly kind: "returned" }>): string[] {
  const notes: string[] = [];
  if (reply.runs > 1) {
    const size = `${String(Math.ceil(reply.arenaBytes / 1024))} KB`;
    notes.push(
      `The result did not fit into the arena at first: the method ran ${String(reply.runs)} times, the last time with ${size}.`,
    );
  }
  const directory = reply.changes?.workingDirectory ?? null;
  if (directory !== null) {
    notes.push(`The method changed the working directory to ${directory}; it was put back.`);
  }
  const variables = reply.changes?.variables ?? [];
  if (variables.length > 0) {
    notes.push(
      `The method changed environment variables, which were put back: ${variables.join(", ")}.`,
    );
  }
  return notes;
}
