// One line that says the outcome of a call, the state it puts the panel into, and its icon.

import { oneLine } from "../../src/model/text/foreignText.ts";
import type {
  CallMeasurements,
  CallOutcome,
  CallResult,
  PluginErrorValue,
} from "../../src/model/outcome.ts";
import { assertNever } from "../../src/model/result.ts";
import type { SourceLocation } from "../../src/protocol/panel.ts";
import { durationText, sizeText } from "../../src/codec/text/measures.ts";

/** `data-state` of the panel: what tests and styles go by. */
export type PanelDataState =
  "idle" | "building" | "running" | "ok" | "error" | "panic" | "crash" | "timeout" | "cancelled";

export interface Headline {
  readonly state: PanelDataState;
  readonly icon: string;
  readonly text: string;
  /** Stands after the text as a link. */
  readonly location?: SourceLocation;
  /** A code shown as a chip: that of a PluginError. */
  readonly code?: string;
}

export function headlineOf(result: CallResult, pluginName: string): Headline {
  switch (result.kind) {
    case "ok":
      return { state: "ok", icon: "pass", text: "ok" };
    case "streamEnded":
      return { state: "ok", icon: "pass", text: streamText(result) };
    case "instanceBuilt":
      return {
        state: "ok",
        icon: "pass",
        text: result.isNew
          ? `Instance ${result.name} built`
          : `Instance ${result.name} lives already`,
      };
    case "pluginError":
      return pluginErrorHeadline(result.error);
    case "panic":
      return panicHeadline(result.panic.location);
    case "crashed":
      return {
        state: "crash",
        icon: "zap",
        text: crashText(result.death.signal, result.death.exitCode),
      };
    case "timedOut":
      return {
        state: "timeout",
        icon: "watch",
        text: `No result after ${durationText(result.afterMs)}`,
      };
    case "cancelled":
      return {
        state: "cancelled",
        icon: "circle-slash",
        // Cancelled before anything began: a time would say nothing.
        text:
          result.afterMs < 1
            ? "Cancelled before it began"
            : `Cancelled after ${durationText(result.afterMs)}`,
      };
    case "buildFailed":
      return failed("error", buildText(result.failure));
    case "loadFailed":
      return failed("error", "The plugin could not be loaded");
    case "interfaceChanged":
      return failed("diff", "Interface changed since this plugin was built");
    case "invalidArguments":
      return failed("error", problemsText(result.problems.length));
    case "invalidConfiguration":
      return failed("error", "Nothing was sent: the configuration does not fit its type");
    case "invalidHostFunctions":
      return failed("error", "Nothing was called: the answers of the host functions do not fit");
    case "wireError":
      return failed("error", wireText(result.offset));
    case "notImplemented":
      return failed("circle-slash", `Optional method not implemented by ${pluginName}`);
    case "unsupported":
      return failed("circle-slash", "Not invoked");
    case "busy":
      return failed("circle-slash", "Not invoked: a stream waits for its input");
    default:
      return assertNever(result);
  }
}

function streamText(result: Extract<CallResult, { kind: "streamEnded" }>): string {
  const { received, sent, isComplete } = result;
  const items = `${String(received)} ${received === 1 ? "item" : "items"}`;
  const taken = sent === 0 ? "" : `, ${String(sent)} sent`;
  return `${isComplete ? "ended" : "dropped"} after ${items}${taken}`;
}

function failed(icon: string, text: string, code?: string): Headline {
  return { state: "error", icon, text, ...(code === undefined ? {} : { code }) };
}

function pluginErrorHeadline(error: PluginErrorValue | undefined): Headline {
  return error === undefined
    ? failed("error", "The method returned Err")
    : failed("error", "PluginError", oneLine(error.code));
}

function panicHeadline(location: SourceLocation | undefined): Headline {
  return location === undefined
    ? { state: "panic", icon: "flame", text: "Panicked" }
    : { state: "panic", icon: "flame", text: "Panicked at", location };
}

function problemsText(count: number): string {
  return `Nothing was sent: ${count} ${count === 1 ? "problem" : "problems"} with the arguments`;
}

function crashText(signal: string | null, exitCode: number | null): string {
  if (signal !== null) {
    return `Plugin process ended: ${signal}`;
  }
  return exitCode === null ? "Plugin process ended" : `Plugin process ended: exit code ${exitCode}`;
}

function buildText(failure: Extract<CallResult, { kind: "buildFailed" }>["failure"]): string {
  switch (failure.kind) {
    case "compileErrors":
      return `Build failed: ${failure.errorCount} ${failure.errorCount === 1 ? "error" : "errors"}`;
    case "cargoNotFound":
      return "Build failed: cargo was not found";
    case "cargoFailed":
      return "Build failed: cargo ended with an error";
    case "folderUnusable":
      return "Build failed: its folder cannot be written to";
    case "noLibrary":
      return "Build failed: no plugin library";
    default:
      return assertNever(failure);
  }
}

function wireText(offset: number | undefined): string {
  return offset === undefined
    ? "Could not decode the result"
    : `Could not decode the result at byte ${offset}`;
}

/** `1.84 ms · 37 B in · 9 B out · host 4711`: what is known of the call, briefly. */
export function measuredText({ measurements, result }: CallOutcome): string {
  const hasReturned =
    result.kind === "ok" || result.kind === "pluginError" || result.kind === "panic";
  const ms = measurements.callMs ?? (hasReturned ? measurements.totalMs : undefined);
  return [
    ms === undefined ? "" : durationText(ms),
    measurements.inputBytes === undefined ? "" : `${sizeText(measurements.inputBytes)} in`,
    measurements.outputBytes === undefined ? "" : `${sizeText(measurements.outputBytes)} out`,
    measurements.hostPid === undefined ? "" : `host ${measurements.hostPid}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** A part of the time. */
export interface TimingPart {
  readonly name: string;
  readonly text: string;
  readonly title: string;
  /** Against the call before, when there was one: `+0.1 ms`. */
  readonly difference?: string;
}

/** The parts of the time, in the order they happened: load to rest make the total. */
export function timingParts(
  measurements: CallMeasurements,
  before: CallMeasurements | null = null,
): readonly TimingPart[] {
  const { buildMs, loadMs, encodeMs, callMs, decodeMs, totalMs } = measurements;
  const restMs = totalMs - [loadMs, encodeMs, callMs, decodeMs].reduce<number>(sum, 0);
  const isCold = loadMs !== undefined && callMs !== undefined;
  const parts: readonly (readonly [string, number | undefined, string])[] = [
    ["build", buildMs, "cargo's, before everything else"],
    ["load", loadMs, "The library was not loaded: opening it and making the instance"],
    ["encode", encodeMs, "Arguments into bytes"],
    [isCold ? "call (cold)" : "call", callMs, callTitle(isCold)],
    ["decode", decodeMs, "Bytes into the result"],
    [
      "rest",
      callMs === undefined ? undefined : Math.max(0, restMs),
      "On the way between processes, checks, output",
    ],
    ["total", totalMs, "All of these but build"],
  ];
  return parts.flatMap(([name, ms, title]) => {
    if (ms === undefined) {
      return [];
    }
    const part = { name, text: durationText(ms), title };
    const isCompared =
      name === "call" && before?.callMs !== undefined && before.loadMs === undefined;
    return [isCompared ? { ...part, difference: differenceText(ms - before.callMs) } : part];
  });
}

function sum(all: number, ms: number | undefined): number {
  return all + (ms ?? 0);
}

function callTitle(isCold: boolean): string {
  return isCold
    ? "The method itself: the first call after its library was loaded, which takes longer"
    : "The method itself";
}

/** `+0.1 ms`, `−3 ms`, `±0 ms`. */
function differenceText(ms: number): string {
  const rounded = Number(Math.abs(ms).toPrecision(2));
  return rounded < 0.001 ? "±0 ms" : `${ms < 0 ? "−" : "+"}${durationText(rounded)}`;
}
