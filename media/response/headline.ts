// One line that says what came of a call, the state it puts the panel into, and its icon.

import type { CallMeasurements, CallOutcome, CallResult } from "../../src/model/outcome.ts";
import { assertNever } from "../../src/model/result.ts";
import type { SourceLocation } from "../../src/protocol/panel.ts";
import { durationText, sizeText } from "./clock.ts";

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
    case "pluginError":
      return result.error === undefined
        ? { state: "error", icon: "error", text: "The method returned Err" }
        : { state: "error", icon: "error", text: "PluginError", code: result.error.code };
    case "panic": {
      const { location } = result.panic;
      return location === undefined
        ? { state: "panic", icon: "flame", text: "Panicked" }
        : { state: "panic", icon: "flame", text: "Panicked at", location };
    }
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
        text: `Cancelled after ${durationText(result.afterMs)}`,
      };
    case "buildFailed":
      return { state: "error", icon: "error", text: buildText(result.failure) };
    case "loadFailed":
      return { state: "error", icon: "error", text: "The plugin could not be loaded" };
    case "interfaceChanged":
      return {
        state: "error",
        icon: "diff",
        text: "Interface changed since this plugin was built",
      };
    case "invalidArguments": {
      const count = result.problems.length;
      return {
        state: "error",
        icon: "error",
        text: `Nothing was sent: ${count} ${count === 1 ? "problem" : "problems"} with the arguments`,
      };
    }
    case "wireError":
      return { state: "error", icon: "error", text: wireText(result.offset) };
    case "notImplemented":
      return {
        state: "error",
        icon: "circle-slash",
        text: `Optional method not implemented by ${pluginName}`,
      };
    case "unsupported":
      return { state: "error", icon: "circle-slash", text: "Not supported yet" };
    case "hostRefused":
      return { state: "error", icon: "error", text: "The host process was not started" };
    default:
      return assertNever(result);
  }
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
