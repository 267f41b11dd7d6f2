// What is remembered of a call. The summary is what lists show and searches look at first, so it is short and in memory; detail
// and result are read when somebody opens the call. Arguments are the JSON text that the form and a file of arguments take.

import type { CallOutcome, CallResult, CallResultKind } from "../model/outcome.ts";
import type { RepeatTimes } from "../model/repetition.ts";
import type { RunOptions } from "../model/runOptions.ts";
import type { JsonValue } from "../model/value/value.ts";

export interface CallSummary {
  /** Sorts by time, as text too. */
  readonly id: string;
  /** When it ended, milliseconds since the epoch. */
  readonly atMs: number;
  readonly pluginId: string;
  readonly pluginName: string;
  readonly interfaceName: string;
  readonly method: string;
  /** Of the interface that the arguments were written for; null when its source was not found. */
  readonly interfaceHash: string | null;
  readonly profile: string;
  readonly kind: CallResultKind;
  /** The outcome in a few words: `ok`, `PluginError DIVISION_BY_ZERO`. */
  readonly outcome: string;
  /** The method's own time. */
  readonly callMs: number | null;
  readonly inputBytes: number | null;
  readonly outputBytes: number | null;
  /** The beginnings of arguments and result on one line. */
  readonly argumentsPreview: string;
  readonly resultPreview: string;
  /** Bytes on disk. A result that is not kept any more has none. */
  readonly detailBytes: number;
  readonly resultBytes: number;
  /** Given by the user. */
  readonly name: string | null;
  readonly isPinned: boolean;
  /** Of a repeated call. */
  readonly repeat?: RepeatTimes;
}

/** The instance that a call was made on, with its configuration as JSON text. */
export interface CalledInstance {
  readonly id: string;
  readonly name: string;
  readonly configuration: JsonValue;
}

/** The last items of a stream, a JSON text each: `{"direction":"out","index":0,"atMs":1.5,"value":…}`. */
export interface KeptItems {
  readonly lines: readonly string[];
  /** How many there were before them. */
  readonly dropped: number;
}

/** How a call ran, without the values of variables that may be secrets. */
export interface KeptRunOptions extends Omit<RunOptions, "environment" | "memoryLimit"> {
  /** Null is a value that is not kept. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** Bytes, `none`; null is as the settings say. */
  readonly memoryLimit: number | "none" | null;
}

export interface CallDetail {
  readonly arguments: string;
  readonly instance: CalledInstance | null;
  /** The signature line of the method. */
  readonly signature: string;
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  /** Absent where all was as the settings say. */
  readonly options?: KeptRunOptions;
  /** Of git, what was checked out; null outside of a repository. */
  readonly commit: string | null;
  /** That random arguments were made from. */
  readonly seed: number | null;
  readonly fidiusVersion: string | null;
  /** Of a stream: what crossed. */
  readonly items?: KeptItems;
  /** The outcome without its result; output is the end of what was printed. */
  readonly about: Omit<CallOutcome, "result">;
}

/** A call as it is handed over to be remembered. */
export interface FinishedCall {
  readonly summary: Omit<
    CallSummary,
    "id" | "detailBytes" | "resultBytes" | "name" | "isPinned" | "resultPreview"
  >;
  readonly detail: CallDetail;
  /** Null: it is not to be kept. */
  readonly result: CallResult | null;
  /** The value as people read it; undefined where the result has none. */
  readonly valueText: string | undefined;
}

/** Changes that the user makes to an entry. */
export type EntryChange = Partial<Pick<CallSummary, "name" | "isPinned" | "resultBytes">>;

const previewLength = 160;

/** The beginning of a text on one line. */
export function previewOf(text: string): string {
  // What is cut off is not looked at: a text may have megabytes.
  const line = text.slice(0, previewLength * 8).replace(/\s+/gu, " ");
  return line.length <= previewLength && text.length <= previewLength * 8
    ? line
    : `${line.slice(0, previewLength - 1)}…`;
}
