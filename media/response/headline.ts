// One line that says what came of a call, the state it puts the panel into, and its icon.

import { oneLine } from "../../src/model/foreignText.ts";
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

/** The parts of the time, in the order they happened. */
export function timingParts(
  measurements: CallMeasurements,
): readonly { readonly name: string; readonly text: string }[] {
  const parts: readonly (readonly [string, number | undefined])[] = [
    ["build", measurements.buildMs],
    ["load", measurements.loadMs],
    ["encode", measurements.encodeMs],
    ["call", measurements.callMs],
    ["decode", measurements.decodeMs],
    ["total", measurements.totalMs],
  ];
  return parts.flatMap(([name, ms]) =>
    ms === undefined ? [] : [{ name, text: durationText(ms) }],
  );
}
