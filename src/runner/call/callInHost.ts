// The part of a call that happens with a host process: load when it is not loaded, check, construct, call, interpret. Each
// step may end in the plugin's crash, a time-out or a cancel; every way out is a CallResult.

import { currentWireForm, inputForWire } from "../../codec/method/wireForm.ts";
import type { WireForm } from "../../codec/method/wireForm.ts";
import type { HostFunctionLog } from "../../model/hostFunctions.ts";
import type { CallMeasurements, CallResult, CapturedOutput } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import { err, ok } from "../../model/result.ts";
import type { CallReply } from "../../protocol/host.ts";
import { hostFunctionLog } from "../outcome/hostFunctionLog.ts";
import type { HostSession } from "../session/hostSession.ts";
import { interpretReply } from "../outcome/interpretReply.ts";
import { longResult } from "../outcome/longReply.ts";
import { wireFormOf } from "../session/libraryWire.ts";
import { openInHost, slotToCall, stopped } from "../session/openInstance.ts";
import type { OpenedInHost, OpenRequest, Progress } from "../session/openInstance.ts";
import { withPanicBeforeEnd } from "../outcome/panicReport.ts";

/** What of a call the host part needs. */
export interface HostCall extends OpenRequest {
  readonly method: PluginMethod;
  readonly encoded: Uint8Array;
  readonly isBridged?: boolean | undefined;
  readonly isCurrent?: boolean | undefined;
  readonly outputLimit: number;
  /** Long results stay unread: {@link longResult}. */
  readonly leavesUnread: boolean;
}

export interface HostOutcome {
  readonly result: CallResult;
  readonly output: CapturedOutput;
  readonly measurements: Omit<CallMeasurements, "totalMs">;
  readonly notes: readonly string[];
  /** The plugin ended the process by itself. */
  readonly hasCrashed: boolean;
  /** The instance did not live before this call. */
  readonly isConstructed: boolean;
  readonly hostFunctions: HostFunctionLog | undefined;
}

/** Runs a call in a session; the session's process may have ended afterwards. */
export async function callInHost(
  session: HostSession,
  call: HostCall,
  signal: AbortSignal,
): Promise<HostOutcome> {
  const capture = session.capture();
  const startedAtMs = performance.timeOrigin + performance.now();
  const onPhase = session.debuggers.phases(call.onPhase);
  const run = new HostRun(session, { ...call, onPhase }, signal, () => capture.stderr.text());
  const result = await run.result();
  if (session.isUsable) {
    await session.drainOutput();
  }
  const output = capture.captured();
  const interpreted = await run.interpret(result, output.stderr);
  const interfaces = call.hostFunctions?.interfaces ?? [];
  const recorded = session.takeFunctionCalls();
  return {
    result: interpreted,
    output,
    hostFunctions: hostFunctionLog(recorded, interfaces, startedAtMs, interpreted, output),
    measurements: run.measurements(),
    notes: [...session.debuggers.notes(), ...run.notes()],
    hasCrashed: run.hasCrashed,
    isConstructed: run.isConstructed,
  };
}

class HostRun {
  readonly #session: HostSession;
  readonly #call: HostCall;
  readonly #signal: AbortSignal;
  readonly #stderr: () => string;
  readonly #pid: number | undefined;
  #loadMs: number | null = null;
  #decodeMs = 0;
  #reply: CallReply | null = null;
  #form: WireForm = currentWireForm;
  hasCrashed = false;
  isConstructed = false;

  constructor(session: HostSession, call: HostCall, signal: AbortSignal, stderr: () => string) {
    this.#session = session;
    this.#call = call;
    this.#signal = signal;
    this.#stderr = stderr;
    this.#pid = session.process.pid;
  }

  /** Goes through all steps to the host's reply, or to the result that came before it. */
  async result(): Promise<Progress<CallReply>> {
    const start = performance.now();
    const opened = await openInHost(this.#session, this.#call, this.#signal, this.#stderr);
    this.hasCrashed = opened.hasCrashed;
    const instance = opened.progress;
    if (!instance.ok) {
      return instance;
    }
    this.isConstructed = instance.value.isNew;
    this.#loadMs = instance.value.isNewlyLoaded ? performance.now() - start : null;
    const input = this.#inputFor(instance.value);
    if (!input.ok) {
      return input;
    }
    this.#call.onPhase("calling");
    const called = performance.now();
    const limit = { timeoutMs: this.#call.timeoutMs, signal: this.#signal };
    const params = {
      instance: instance.value.instance,
      slot: slotToCall(instance.value),
      arguments: input.value,
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
      return err({ kind: "crashed", death: step.death, afterMs: performance.now() - called });
    }
    return err(stopped(step.reason, called));
  }

  /** Puts the reply into the schema's terms. */
  async interpret(result: Progress<CallReply>, stderr: string): Promise<CallResult> {
    const { plugin, method, workingDirectory, leavesUnread, isCurrent } = this.#call;
    const folders = { workspaceRoot: plugin.crate.workspaceRoot, workingDirectory };
    if (!result.ok) {
      return withPanicBeforeEnd(result.error, stderr, folders);
    }
    const started = performance.now();
    const unread = leavesUnread
      ? await longResult(result.value, plugin, method, this.#form)
      : undefined;
    const how = { folders, form: this.#form, isCurrent };
    const read = unread ?? interpretReply(result.value, plugin, method, stderr, how);
    this.#decodeMs = performance.now() - started;
    return read;
  }

  measurements(): Omit<CallMeasurements, "totalMs"> {
    const reply = this.#reply?.kind === "returned" ? this.#reply : null;
    return {
      ...(this.#loadMs === null ? {} : { loadMs: this.#loadMs }),
      ...(reply === null
        ? {}
        : {
            callMs: reply.callMs,
            decodeMs: this.#decodeMs,
            outputBytes: reply.output.length,
          }),
      ...(this.#pid === undefined ? {} : { hostPid: this.#pid }),
    };
  }

  notes(): readonly string[] {
    return this.#reply?.kind === "returned" ? describeReply(this.#reply) : [];
  }

  /** The arguments in the form that the library takes. */
  #inputFor({ report, target }: OpenedInHost): Progress<Uint8Array> {
    const { plugin, method, encoded } = this.#call;
    const form = wireFormOf(report, target, plugin, method);
    if (!form.ok) {
      return form;
    }
    this.#form = form.value;
    if (this.#call.isBridged === true && form.value.values === "json") {
      return err({ kind: "unsupported", message: describeBridgedJson(plugin, method) });
    }
    const input = inputForWire(form.value, method, plugin.types, encoded);
    return input.ok ? input : err({ kind: "invalidArguments", problems: input.error });
  }
}

function describeBridgedJson({ name }: PluginSchema, method: PluginMethod): string {
  return `${name} is a debug build of Fidius 0.0, which takes JSON, and the types of ${method.name} need the bridge, which speaks bincode: build it with the release profile, which takes bincode.`;
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
