// CallOutcome: everything that can come of pressing Invoke, as one union that panel, CLI and tests switch over.
// Built from narrower unions, widest at the end; text for people is made elsewhere (messages.ts of each process).

import type { RepeatReport } from "./repetition.ts";
import type { HostFunctionLog } from "./hostFunctions.ts";
import type { SourceSpan } from "./text/span.ts";
import type { JsonValue } from "./value/value.ts";

/** Sizes and times of a call. Times in milliseconds; absent parts did not happen. */
export interface CallMeasurements {
  readonly buildMs?: number;
  /** dlopen, registry and construct; absent when the host had the library loaded. */
  readonly loadMs?: number;
  readonly encodeMs?: number;
  /** The vtable call itself, measured in the host. */
  readonly callMs?: number;
  readonly decodeMs?: number;
  /** From request to outcome without building. */
  readonly totalMs: number;
  readonly inputBytes?: number;
  readonly outputBytes?: number;
  readonly hostPid?: number;
}

/** What the plugin printed during the call; each stream is a ring of the last 1 MiB (R18). */
export interface CapturedOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly droppedBytes: number;
}

/** Where bytes of the result stand for a part of it: `pointer` is a JSON pointer into the value. */
export interface ByteRange {
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
}

/** A problem of a value at a place in it. `message` is a whole sentence for people. */
export interface ValueProblem {
  /** JSON pointer; "" is the whole. */
  readonly pointer: string;
  readonly message: string;
}

/** A compile error as cargo reported it. */
export interface CompileError {
  /** rustc's own rendering, without ANSI colours. */
  readonly rendered: string;
  readonly message: string;
  readonly code?: string;
  readonly span?: SourceSpan;
  /** What rustc writes at the span: what was expected and what is there. */
  readonly label?: string;
  /** Other places that rustc names, with what it writes there. */
  readonly related?: readonly { readonly span: SourceSpan; readonly message: string }[];
}

export type BuildFailure =
  | { readonly kind: "cargoNotFound"; readonly message: string }
  | {
      readonly kind: "compileErrors";
      readonly errors: readonly CompileError[];
      readonly errorCount: number;
    }
  /** cargo itself failed (a manifest, a dependency, a wrapper program); `message` is what it printed last. */
  | { readonly kind: "cargoFailed"; readonly exitCode: number | null; readonly message: string }
  /** The folder that is built in cannot be written to. */
  | { readonly kind: "folderUnusable"; readonly message: string }
  | { readonly kind: "noLibrary"; readonly message: string };

/** Why a library was refused; each has a sentence in `message`. */
export type LoadFailureKind =
  | "notFound"
  | "notALibrary"
  | "wrongArchitecture"
  | "truncated"
  | "cannotLoad"
  | "noSymbol"
  | "badMagic"
  | "badRegistry"
  | "unsupportedAbi"
  | "badDescriptor"
  | "pluginNotFound"
  /** The library is of another version of the interface, and which of its functions the method is does not show. */
  | "slotUnknown"
  | "configurationRefused"
  /** The folder in which private copies of libraries are kept. */
  | "cacheUnusable"
  /** `configure` ended the process: it cannot fail, so its panic aborts (reference 3.6). */
  | "diedInConfigure"
  | "timedOut"
  | "diedWhileLoading";

export interface LoadFailure {
  readonly kind: LoadFailureKind;
  readonly message: string;
}

/** A line of difference between the interface in source and in the binary. */
export interface SignatureDifference {
  readonly change: "added" | "removed" | "changed" | "unknown";
  readonly method: string;
  readonly sourceSignature?: string;
  readonly binarySignature?: string;
}

/** How a host process died (R10). */
export type DeathKind =
  | "abort"
  | "memoryFault"
  | "illegalInstruction"
  | "exited"
  | "killed"
  | "outOfMemory"
  | "protocolError";

export interface ProcessDeath {
  readonly kind: DeathKind;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** A whole sentence, such as "Plugin process ended: SIGSEGV (memory fault or stack overflow)." */
  readonly message: string;
}

/** A place in a source file, one-based as rustc prints it; `file` is absolute or relative to the cargo workspace root. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Whose code a frame is: the user's workspace, a crate (what Fidius' macros wrote among it), Rust itself, or the host process. */
export type FrameOrigin = "own" | "dependency" | "toolchain" | "host";

export interface BacktraceFrame {
  readonly function: string;
  readonly origin: FrameOrigin;
  readonly location?: SourcePlace;
}

/** A Rust panic: message from the plugin's reply or stderr, place from the panic header on stderr when there is one. */
export interface PanicReport {
  readonly message: string;
  readonly location?: SourcePlace;
  /** As it was printed; absent without RUST_BACKTRACE. */
  readonly backtrace?: string;
  /** The backtrace's frames, innermost first. */
  readonly frames?: readonly BacktraceFrame[];
}

/** Payload of `PluginError` (reference 4.2); `details` is text that usually holds JSON. */
export interface PluginErrorValue {
  readonly code: string;
  readonly message: string;
  readonly details: string | null;
}

export type CallResult =
  | {
      readonly kind: "ok";
      readonly value: JsonValue;
      /** The result's bytes (over the limit of a message only the first part; see `outputBytes`). */
      readonly bytes: Uint8Array;
      readonly ranges: readonly ByteRange[];
    }
  /** Status -3. `error` when the declared error type is PluginError, else only `value`. */
  | {
      readonly kind: "pluginError";
      readonly error?: PluginErrorValue;
      readonly value: JsonValue;
      readonly bytes: Uint8Array;
    }
  /** A stream came to its end, or was dropped by its user before that (`isComplete` false). */
  | {
      readonly kind: "streamEnded";
      readonly received: number;
      readonly sent: number;
      readonly isComplete: boolean;
    }
  | { readonly kind: "panic"; readonly panic: PanicReport }
  /** `panic` when one on stderr came before the end: one that could not unwind (`panic = "abort"`, a panic in a Drop). */
  | {
      readonly kind: "crashed";
      readonly death: ProcessDeath;
      readonly afterMs?: number;
      readonly panic?: PanicReport;
    }
  | { readonly kind: "timedOut"; readonly afterMs: number }
  | { readonly kind: "cancelled"; readonly afterMs: number }
  | { readonly kind: "buildFailed"; readonly failure: BuildFailure }
  | { readonly kind: "loadFailed"; readonly failure: LoadFailure }
  | {
      readonly kind: "interfaceChanged";
      readonly sourceHash: string;
      readonly binaryHash: string;
      readonly differences: readonly SignatureDifference[];
    }
  /** A configured instance lives, and nothing was called on it yet. */
  | { readonly kind: "instanceBuilt"; readonly name: string; readonly isNew: boolean }
  /** The arguments do not fit the types: nothing was sent. */
  | { readonly kind: "invalidArguments"; readonly problems: readonly ValueProblem[] }
  /** The instance's configuration is missing or does not fit its type: nothing was sent. Pointers begin at the configuration. */
  | { readonly kind: "invalidConfiguration"; readonly problems: readonly ValueProblem[] }
  /** What is set up for host functions does not fit them: nothing was called. Pointers begin at the set-up. */
  | { readonly kind: "invalidHostFunctions"; readonly problems: readonly ValueProblem[] }
  /** Status -2, an undecodable reply, an unknown status. */
  | {
      readonly kind: "wireError";
      readonly message: string;
      readonly offset?: number;
      readonly bytes?: Uint8Array;
    }
  | { readonly kind: "notImplemented"; readonly message: string }
  /** What cannot be called as things stand (Restricted Mode, a method that is gone, an unknown wire); `message` says what to do. */
  | { readonly kind: "unsupported"; readonly message: string }
  /** A stream in the same process waits for input, so nothing else can run there; `message` names it. */
  | { readonly kind: "busy"; readonly message: string };

export type CallResultKind = CallResult["kind"];

/** One of several calls that were asked for together. */
export interface SeriesCall {
  /** The beginning of its arguments on one line. */
  readonly arguments: string;
  readonly kind: CallResultKind;
  /** The outcome in a few words. */
  readonly outcome: string;
  /** The beginning of the value; empty where there is none. */
  readonly result: string;
  readonly callMs: number | null;
  /** Of the remembered call; null when it is not remembered. */
  readonly id: string | null;
}

/** The outcome of a call, with what it printed and measured. */
export interface CallOutcome {
  readonly result: CallResult;
  readonly output: CapturedOutput;
  readonly measurements: CallMeasurements;
  /** Remarks that are no failure: "built with --features fidius/async", "retried with 8 KB", … */
  readonly notes: readonly string[];
  /** Calls of host functions, and what was asked in vain; absent when there is nothing to tell. */
  readonly hostFunctions?: HostFunctionLog;
  /** Of a call that was repeated; the outcome is the last call's. */
  readonly repeat?: RepeatReport;
  /** Of calls with other arguments each; the outcome is that of the first bad one, else of the last. */
  readonly series?: readonly SeriesCall[];
}
