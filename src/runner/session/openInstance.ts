// The part before a call in a host process: load the library when it is not loaded, find the plugin in it, construct the
// instance that is wanted. Each step may end in the plugin's crash, a time-out or a cancel; every way out is a CallResult.

import { basename } from "node:path";
import type { DebugUser } from "../../model/debugging.ts";
import type { HostFunctionRequest } from "../../model/hostFunctions.ts";
import type { HostPhase } from "../../model/hostPhase.ts";
import type { LibraryReport, PluginReport } from "../../model/libraryReport.ts";
import type { CallResult, LoadFailure, ProcessDeath, ValueProblem } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import { findTarget } from "./checkTarget.ts";
import type { StopReason } from "../process/deadline.ts";
import { bindHostFunctions } from "./hostFunctions.ts";
import type { HostSession, OpenInstance, Step } from "./hostSession.ts";
import type { WantedInstance } from "./laneInstances.ts";
import { reportPanic } from "../outcome/panicReport.ts";
import type { KnownSignatures } from "./signatureMemory.ts";
import type { StagedLibrary } from "../process/stagedDylib.ts";
import { untilAttached } from "./untilAttached.ts";

/** What opening an instance needs. */
export interface OpenRequest {
  readonly library: StagedLibrary;
  readonly plugin: PluginSchema;
  /** The method that is called next; null when the instance is only built. */
  readonly method: PluginMethod | null;
  /** Null for a plugin without configuration. */
  readonly instance: WantedInstance | null;
  readonly workingDirectory: string;
  /** Of a call, and of the user's `configure`. */
  readonly timeoutMs: number | null;
  readonly loadTimeoutMs: number;
  readonly known: KnownSignatures;
  readonly hostFunctions: HostFunctionRequest | null;
  /** Who lets the method run, in a process that may be debugged. */
  readonly debug?: DebugUser | undefined;
  readonly onPhase: (phase: HostPhase) => void;
}

/** Either the way on, or the call's result already. */
export type Progress<T> = Result<T, CallResult>;

export interface OpenedInHost extends OpenInstance {
  readonly isNewlyLoaded: boolean;
  readonly report: LibraryReport;
  /** The report's plugin. */
  readonly target: PluginReport;
  /** The slot of the method that is called next; null when none is. */
  readonly slot: number | null;
}

/** Loads, checks and constructs what is not there yet; `hasCrashed` when plugin code ended the process. */
export async function openInHost(
  session: HostSession,
  request: OpenRequest,
  signal: AbortSignal,
  stderr: () => string,
): Promise<{ readonly progress: Progress<OpenedInHost>; readonly hasCrashed: boolean }> {
  const { plugin, method, instance, known, loadTimeoutMs } = request;
  const isLoaded = session.report !== null;
  if (!isLoaded) {
    request.onPhase("loading");
  }
  const start = performance.now();
  const limit = { timeoutMs: loadTimeoutMs, signal };
  const loaded = await loadInto(session, request, limit);
  const report = settle(loaded, start, () =>
    describeLoadEnd(expectEnd(loaded), request.library.source, loadTimeoutMs),
  );
  if (!report.ok) {
    return { progress: report, hasCrashed: loaded.kind === "died" };
  }
  const target = findTarget(report.value, plugin, method, known);
  if (!target.ok) {
    return { progress: target, hasCrashed: false };
  }
  if (request.hostFunctions !== null) {
    const bound = await bindHostFunctions(session, report.value, request.hostFunctions, limit);
    tellImports(session, report.value, request.hostFunctions);
    const problem = settleBinding(bound, start);
    if (problem !== null) {
      return { progress: err(problem), hasCrashed: bound.kind === "died" };
    }
  }
  const constructing = performance.now();
  // Code of the user runs in `configure`, so it gets a call's time; without a configuration there is none to wait for.
  const configureLimit = instance === null ? limit : { timeoutMs: request.timeoutMs, signal };
  const step = await session.open(target.value.report.index, instance, configureLimit);
  const opened = settle(step, constructing, () =>
    instance === null
      ? describeLoadEnd(expectEnd(step), request.library.source, loadTimeoutMs)
      : describeConfigureEnd(expectEnd(step), plugin, stderr(), request.timeoutMs),
  );
  if (opened.ok && request.debug !== undefined) {
    const attached = await untilAttached(session, { ...request, debug: request.debug }, signal);
    if (!attached.ok) {
      return { progress: attached, hasCrashed: attached.error.kind === "crashed" };
    }
  }
  return {
    progress: opened.ok
      ? ok({
          ...opened.value,
          isNewlyLoaded: !isLoaded,
          report: report.value,
          target: target.value.report,
          slot: target.value.slot,
        })
      : opened,
    hasCrashed: step.kind === "died",
  };
}

/** The slot to call, of an instance that was opened for a method. */
export function slotToCall({ slot }: OpenedInHost): number {
  if (slot === null) {
    throw new Error("an instance that was opened for no method is called");
  }
  return slot;
}

function tellImports(
  session: HostSession,
  { hostImports }: LibraryReport,
  { onImports }: HostFunctionRequest,
): void {
  const bound = session.boundInterfaces;
  onImports?.(
    (hostImports ?? []).map((wanted) => ({
      ...wanted,
      isBound: bound.includes(wanted.interfaceName),
    })),
  );
}

/** Why nothing can be called, when binding host functions went wrong. */
function settleBinding(
  step: Step<Result<null, readonly ValueProblem[]>>,
  start: number,
): CallResult | null {
  switch (step.kind) {
    case "done":
      return step.value.ok ? null : { kind: "invalidHostFunctions", problems: step.value.error };
    case "died":
      return { kind: "crashed", death: step.death };
    case "stopped":
      return stopped(step.reason, start);
  }
}

type StepEnd = Exclude<Step<unknown>, { readonly kind: "done" }>;

function expectEnd(step: Step<unknown>): StepEnd {
  if (step.kind === "done") {
    throw new Error("a step that is done has no end to describe");
  }
  return step;
}

/** A loading step's value, or the call's result when it went wrong. */
function settle<T>(
  step: Step<Result<T, LoadFailure>>,
  start: number,
  describeEnd: () => LoadFailure,
): Progress<T> {
  if (step.kind === "stopped" && step.reason === "cancelled") {
    return err(stopped("cancelled", start));
  }
  if (step.kind !== "done") {
    return err({ kind: "loadFailed", failure: describeEnd() });
  }
  return step.value.ok ? step.value : err({ kind: "loadFailed", failure: step.value.error });
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

/** Why an instance was not configured: `configure` returns `Self`, so it has no other way to fail than to panic. */
function describeConfigureEnd(
  step: StepEnd,
  plugin: PluginSchema,
  stderr: string,
  timeoutMs: number | null,
): LoadFailure {
  if (step.kind === "stopped") {
    const message = `${plugin.name}::configure had not returned after ${String((timeoutMs ?? 0) / 1000)} s, and its process was ended. Give it more time, or look for what it waits for.`;
    return { kind: "timedOut", message };
  }
  const panic = reportPanic(undefined, stderr);
  const at =
    panic.location === undefined
      ? ""
      : ` at ${panic.location.file}:${String(panic.location.line)}:${String(panic.location.column)}`;
  const what = stderr.includes("panicked at")
    ? `${plugin.name}::configure panicked${at}: ${panic.message}. A panic in configure ends the process, because configure has no way to report a failure.`
    : `${plugin.name}::configure ended the process. ${step.death.message}`;
  const message = `${what} The configuration is kept: change it, or correct configure.`;
  return { kind: "diedInConfigure", message };
}

/** The result of work that was ended from outside. */
export function stopped(reason: StopReason, start: number): CallResult {
  return { kind: reason, afterMs: performance.now() - start };
}
