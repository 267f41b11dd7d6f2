// What a call's outcome means on the command line: the value for stdout, or the failure for stderr.

import { sep } from "node:path";
import { formatDuration } from "../../calls/options/duration.ts";
import { givesItems } from "../../codec/method/streamItems.ts";
import { formatJson } from "../../codec/json/formatJson.ts";
import { linesOf, nameText } from "../../model/text/foreignText.ts";
import type {
  BacktraceFrame,
  BuildFailure,
  CallOutcome,
  CallResult,
  PanicReport,
  SignatureDifference,
  SourcePlace,
} from "../../model/outcome.ts";
import { assertNever } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { exitCodeOf } from "./exitCodes.ts";
import type { CliFailure } from "./failure.ts";
import { jsonText, rawJson, type JsonContent } from "./jsonText.ts";
import type { SelectedMethod } from "./selectedMethod.ts";

/** The result's value as text with all its digits. */
export function valueText(
  { plugin, method }: SelectedMethod,
  value: JsonValue,
  indent: number,
): string {
  const { returns } = method;
  const type = returns.kind === "value" ? returns.type : returns.success;
  return formatJson(type, plugin.types, value, indent);
}

function errorText({ plugin, method }: SelectedMethod, value: JsonValue): string {
  const { returns } = method;
  return returns.kind === "result"
    ? formatJson(returns.failure, plugin.types, value, 0)
    : jsonText(value);
}

type FailedResult = Exclude<CallResult, { readonly kind: "ok" | "streamEnded" }>;
type Described = Omit<CliFailure, "exitCode" | "kind">;

/** The failure that a result is; `ok` is none. */
export function failureOf(selected: SelectedMethod, result: FailedResult): CliFailure {
  return { exitCode: exitCodeOf(result.kind), kind: result.kind, ...describe(selected, result) };
}

function describe(selected: SelectedMethod, result: FailedResult): Described {
  switch (result.kind) {
    case "pluginError":
      return describePluginError(selected, result);
    case "panic":
      return describePanic(result.panic);
    case "crashed": {
      const { kind, exitCode, signal, message } = result.death;
      const { panic, afterMs } = result;
      return {
        ...(panic === undefined ? {} : { text: panicText(panic) }),
        message,
        details: {
          reason: kind,
          exitCode,
          signal,
          afterMs,
          ...(panic === undefined ? {} : { panic: panicDetails(panic) }),
        },
      };
    }
    case "timedOut":
      return {
        message: `No ${givesItems(selected.method) ? "item" : "result"} after ${formatDuration(result.afterMs)}. The host process was ended, because a call cannot be interrupted. Give more time with --timeout.`,
        details: { afterMs: result.afterMs },
      };
    case "cancelled":
      return {
        message: `${cancelText(result.afterMs)}.`,
        details: { afterMs: result.afterMs },
      };
    case "buildFailed":
      return describeBuildFailure(selected.plugin.crate.name, result.failure);
    case "loadFailed":
      return { message: result.failure.message, details: { reason: result.failure.kind } };
    case "interfaceChanged":
      return describeInterfaceChange(selected, result);
    case "invalidArguments":
      return describeProblems(`The arguments do not fit ${selected.method.name}`, result.problems);
    case "invalidConfiguration":
      return describeProblems(
        `The configuration does not fit ${selected.plugin.name}`,
        result.problems,
      );
    case "instanceBuilt":
      return { message: `Instance ${result.name} was built.` };
    case "invalidHostFunctions":
      return describeProblems("The answers of the host functions do not fit", result.problems);
    case "wireError":
      return { message: result.message, details: { offset: result.offset } };
    case "notImplemented":
    case "unsupported":
    case "busy":
      return { message: result.message };
    default:
      return assertNever(result);
  }
}

/** What there is to measure of a cancel; one that comes before anything began has no time that says something. */
function cancelText(afterMs: number): string {
  return afterMs < 1 ? "Cancelled before it began" : `Cancelled after ${formatDuration(afterMs)}`;
}

function describePluginError(
  selected: SelectedMethod,
  { error, value }: CallResult & { kind: "pluginError" },
): Described {
  if (error === undefined) {
    const text = errorText(selected, value);
    return {
      message: `The plugin returned an error: ${text}`,
      details: { value: rawJson(text) },
    };
  }
  return {
    message: `PluginError ${nameText(error.code)}: ${error.message}`,
    details: { code: error.code, pluginMessage: error.message, details: error.details },
  };
}

/** The whole backtrace is in what the plugin printed; the frames of the user's own code are said again. */
function describePanic(panic: PanicReport): Described {
  const own = ownFrames(panic);
  return {
    ...(own.length === 0 ? {} : { text: ["Your frames:", ...own.map(frameText)] }),
    message: `Panicked${placeText(panic.location)}: ${panic.message}`,
    details: panicDetails(panic),
  };
}

function panicText(panic: PanicReport): readonly string[] {
  const first = `Before that it panicked${placeText(panic.location)}: ${panic.message}`;
  return [first, ...ownFrames(panic).map(frameText)];
}

function panicDetails(panic: PanicReport): Readonly<Record<string, JsonContent>> {
  const { message, location, frames } = panic;
  return {
    panicMessage: message,
    location: location === undefined ? null : { ...location },
    ...(frames === undefined
      ? {}
      : {
          frames: ownFrames(panic).map((frame) => ({
            function: frame.function,
            ...frame.location,
          })),
        }),
  };
}

function ownFrames({ frames = [] }: PanicReport): readonly BacktraceFrame[] {
  return frames.filter(({ origin }) => origin === "own");
}

function frameText(frame: BacktraceFrame): string {
  return `  ${frame.function}${placeText(frame.location)}`;
}

function placeText(place: SourcePlace | undefined): string {
  // One form inside, the system's own on the screen.
  return place === undefined
    ? ""
    : ` at ${place.file.replaceAll("/", sep)}:${place.line}:${place.column}`;
}

/** What to say of a build that failed. */
export function describeBuildFailure(packageName: string, failure: BuildFailure): Described {
  switch (failure.kind) {
    case "cargoNotFound":
      return {
        // The layer below speaks of the editor's setting.
        message:
          "cargo was not found on PATH. Install Rust with rustup, or add cargo's folder to PATH.",
        details: { reason: failure.kind },
      };
    case "folderUnusable":
    case "noLibrary":
      return { message: failure.message, details: { reason: failure.kind } };
    case "cargoFailed":
      return {
        text: linesOf(failure.message),
        message: `cargo could not build ${packageName}. Its own words are above.`,
        details: {
          reason: failure.kind,
          exitCode: failure.exitCode,
          cargoMessage: failure.message,
        },
      };
    case "compileErrors": {
      const { errors, errorCount } = failure;
      return {
        text: errors.flatMap(({ rendered }, index) => [
          ...(index === 0 ? [] : [""]),
          ...linesOf(rendered.trimEnd()),
        ]),
        message: `${packageName} does not compile: ${errorCount === 1 ? "1 error" : `${errorCount} errors`}.`,
        details: {
          reason: failure.kind,
          errors: errors.map(({ message, code, span }) => ({
            message,
            code,
            file: span?.file,
            line: span === undefined ? undefined : span.start.line + 1,
            column: span === undefined ? undefined : span.start.character + 1,
          })),
        },
      };
    }
    default:
      return assertNever(failure);
  }
}

function describeInterfaceChange(
  { plugin }: SelectedMethod,
  { sourceHash, binaryHash, differences }: CallResult & { kind: "interfaceChanged" },
): Described {
  const known = differences.filter(({ change }) => change !== "unknown");
  const lines =
    known.length === 0
      ? [
          "A library holds only the hash of its interface, not its lines. The lines in the source are:",
          ...plugin.signatures.map((signature) => `  ${signature}`),
        ]
      : [
          ...known.flatMap(differenceLines),
          ...(known.length < differences.length ? ["  What else differs is not known."] : []),
        ];
  return {
    text: lines,
    message: `The interface ${plugin.interfaceName} has changed since this library was built (hash ${binaryHash} in the library, ${sourceHash} in the source). Build it again from this source.`,
    details: {
      sourceHash,
      binaryHash,
      sourceSignatures: plugin.signatures,
      differences: known.map((difference) => ({ ...difference })),
    },
  };
}

function differenceLines(difference: SignatureDifference): readonly string[] {
  const { change, method, sourceSignature, binarySignature } = difference;
  return [
    `  ${change}: ${method}`,
    ...(binarySignature === undefined ? [] : [`    in the library: ${binarySignature}`]),
    ...(sourceSignature === undefined ? [] : [`    in the source:  ${sourceSignature}`]),
  ];
}

/** Values that do not fit, as `what` says: every problem with its place. */
export function describeProblems(
  what: string,
  problems: readonly {
    readonly pointer: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  }[],
): Described {
  const places = problems.map(({ pointer, message, line, column }) => {
    const place =
      pointer === "" ? (line === undefined ? "" : `${line}:${column ?? 1}: `) : `${pointer}: `;
    return `  ${place}${message}`;
  });
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return {
    text: places,
    message: `${what}: ${count}. Nothing was sent.`,
    details: {
      problems: problems.map(({ pointer, message, line, column }) => ({
        path: pointer,
        message,
        line,
        column,
      })),
    },
  };
}

/** `--json`: everything about the call on one line. */
export function envelope(
  selected: SelectedMethod,
  outcome: CallOutcome,
  failure: CliFailure | undefined,
  more: Readonly<Record<string, JsonContent>> = {},
): string {
  const { result, output, measurements, notes } = outcome;
  const value: JsonContent | undefined =
    result.kind === "ok" ? rawJson(valueText(selected, result.value, 0)) : undefined;
  const error: JsonContent | undefined =
    failure === undefined
      ? undefined
      : { kind: failure.kind, message: failure.message, ...failure.details };
  return jsonText({
    ...(isStreamed(selected) ? { event: "end" } : {}),
    outcome: result.kind,
    plugin: selected.plugin.name,
    package: selected.plugin.crate.name,
    method: selected.method.name,
    value,
    ...(result.kind === "streamEnded"
      ? { received: result.received, sent: result.sent, isComplete: result.isComplete }
      : {}),
    error,
    timings: {
      buildMs: rounded(measurements.buildMs),
      loadMs: rounded(measurements.loadMs),
      encodeMs: rounded(measurements.encodeMs),
      callMs: rounded(measurements.callMs),
      decodeMs: rounded(measurements.decodeMs),
      totalMs: rounded(measurements.totalMs),
    },
    sizes: { inputBytes: measurements.inputBytes, outputBytes: measurements.outputBytes },
    hostPid: measurements.hostPid,
    output: { ...output },
    notes,
    ...more,
  });
}

function isStreamed({ method }: SelectedMethod): boolean {
  return method.stream !== "none";
}

/** To the microsecond. */
function rounded(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds * 1000) / 1000;
}
