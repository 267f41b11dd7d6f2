// Host functions (`#[host_interface]`, reference 3.11): what answers a plugin that calls its host, as people set it up, and
// what was asked and answered in a call.

import type { HostImportReport } from "./libraryReport.ts";
import type { HostInterfaceSchema } from "./plugin.ts";
import type { JsonObject, JsonValue } from "./value/value.ts";

/** A `PluginError` that a host function answers with (reference 4.2); `details` is text that usually holds JSON. */
export interface HostFunctionError {
  readonly code: string;
  readonly message: string;
  readonly details: string | null;
}

/** What answers one function. */
export type HostFunctionAnswer =
  /** Always the same value of the function's return type; for a `Result` its `Ok` value. */
  | { readonly kind: "value"; readonly value: JsonValue }
  /** Always the same error; only for functions that return `Result<T, PluginError>`. */
  | { readonly kind: "error"; readonly error: HostFunctionError }
  /** The user's JavaScript module, absolute or relative to the set-up's folder. */
  | { readonly kind: "module"; readonly module: string };

/** The answers of one host interface. */
export interface HostInterfaceSetup {
  /** A module that answers all functions that have no answer of their own. */
  readonly module?: string;
  /** By the name of the function. */
  readonly functions: Readonly<Record<string, HostFunctionAnswer>>;
}

/** The answers of all host interfaces, by the name of the interface. */
export type HostFunctionSetup = Readonly<Record<string, HostInterfaceSetup>>;

/** An interface that a loaded library calls its host by. */
export interface HostImport extends HostImportReport {
  /** Its functions are answered in the host process that has the library. */
  readonly isBound: boolean;
}

/** What a call knows of host functions. */
export interface HostFunctionRequest {
  /** All interfaces found in source; a library's imports are matched by name and hash. */
  readonly interfaces: readonly HostInterfaceSchema[];
  readonly setup: HostFunctionSetup;
  /** What paths of modules are relative to. */
  readonly folder: string;
  /** Hears what the library asks for, once it is loaded. */
  readonly onImports?: (imports: readonly HostImport[]) => void;
}

/** A change of one place of a set-up. */
export type HostFunctionEdit =
  | {
      readonly kind: "answer";
      readonly interfaceName: string;
      readonly functionName: string;
      /** Null: the function has no answer any more. */
      readonly answer: HostFunctionAnswer | null;
      /** The value that the file has, as the editor of the new one began with it: what is equal in both stays as it is written. */
      readonly before?: JsonValue;
    }
  /** The module of a whole interface; null: none any more. */
  | { readonly kind: "module"; readonly interfaceName: string; readonly module: string | null }
  /** Default values for all functions that have no answer. */
  | { readonly kind: "defaults"; readonly interfaceName: string };

/** How a call of a host function ended, as the plugin sees it. */
export type HostFunctionReply =
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "error"; readonly error: HostFunctionError }
  /** `HostPanic` in the plugin: a module that threw, a function without answer. */
  | { readonly kind: "panic"; readonly message: string }
  /** The plugin's arguments do not decode, or it asked for a function that the interface does not have. */
  | { readonly kind: "refused"; readonly message: string }
  /** Too long to be kept. */
  | { readonly kind: "bytes"; readonly length: number }
  /** The process ended before there was an answer. */
  | { readonly kind: "none" };

/** One call of a host function. */
export interface HostFunctionCall {
  /** Counts the calls from 1, in the order in which they began. */
  readonly order: number;
  readonly interfaceName: string;
  readonly functionName: string;
  /** Since the plugin's method was called; negative for a call that came before, from a thread of the plugin. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Null when they were too long to be kept or do not decode. */
  readonly arguments: JsonObject | null;
  readonly argumentBytes: number;
  readonly reply: HostFunctionReply;
}

/** What an outcome tells of host functions. */
export interface HostFunctionLog {
  readonly calls: readonly HostFunctionCall[];
  /** Calls beyond those that are kept. */
  readonly droppedCalls: number;
  /** Interfaces that the plugin asked for and that nobody set up. */
  readonly unbound: readonly string[];
}
