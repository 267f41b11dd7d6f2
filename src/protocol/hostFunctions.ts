// Between the runner and the part of the host process that answers host functions: what it is told, and the records it writes
// to a pipe of its own, one notification frame each, before the plugin has its answer.

import { NotificationType } from "vscode-jsonrpc";
import type { MethodSchema } from "../model/plugin.ts";
import type { TypeTable } from "../model/schema/schema.ts";

/** What answers one function, in the order of the trait. */
export interface FunctionInstruction {
  readonly name: string;
  readonly answer:
    | {
        readonly kind: "bytes";
        readonly status: number;
        /** base64 */
        readonly bytes: string;
      }
    | {
        readonly kind: "module";
        /** Absolute path. */
        readonly module: string;
        /** Changes when the file does, so that it is read again. */
        readonly version: string;
        readonly method: MethodSchema;
      }
    | { readonly kind: "none" };
}

/** All that answers one interface; travels as JSON text in bytes, which the host passes on unread. */
export interface InterfaceInstructions {
  readonly interfaceName: string;
  readonly types: TypeTable;
  readonly functions: readonly FunctionInstruction[];
}

/** A host function was called: its arguments have arrived, nothing has run yet. */
export interface FunctionCalled {
  /** Counts the calls of a process from 1. */
  readonly order: number;
  readonly interfaceName: string;
  readonly functionName: string;
  /** Milliseconds since the epoch, with a fraction. */
  readonly atMs: number;
  /** Empty when there are more than {@link recordedBytes}. */
  readonly arguments: Uint8Array;
  readonly argumentBytes: number;
}

/** Its answer is on the way to the plugin. */
export interface FunctionAnswered {
  readonly order: number;
  readonly durationMs: number;
  readonly status: number;
  /** Empty when there are more than {@link recordedBytes}. */
  readonly answer: Uint8Array;
  readonly answerBytes: number;
  /** What went wrong, when something did: a sentence. */
  readonly problem: string | null;
}

/** Longest arguments and longest answer that a record carries. */
export const recordedBytes = 64 * 1024;

/** Most calls that are recorded between two resets; further ones are only counted. */
export const recordedCalls = 1000;

export const hostFunctionRecords = {
  called: new NotificationType<FunctionCalled>("functions/called"),
  answered: new NotificationType<FunctionAnswered>("functions/answered"),
} as const;
