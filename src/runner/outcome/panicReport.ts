// A panic's place and backtrace, from what Rust's panic hook prints to stderr. The reply carries the message alone
// (reference 4.2), and not even that where a method uses an arena.

import type { CallResult, PanicReport } from "../../model/outcome.ts";
import { parseBacktrace } from "./backtrace.ts";
import { SourcePlaces } from "./sourcePlaces.ts";
import type { SourceFolders } from "./sourcePlaces.ts";

/** `thread 'main' (123) panicked at src/lib.rs:31:9:`; the number since Rust 1.91, the final colon since 1.73. */
const header = /^thread '[^\n]*?'(?: \(\d+\))? panicked at ([^\n]+):(\d+):(\d+):?$/gm;

const backtraceStart = "\nstack backtrace:\n";
const noteStart = "\nnote: ";
/** What the runtime says when it ends the process for a panic. */
const runtimeEnd = /\n(?:thread caused non-unwinding panic|fatal runtime error:)/;

const noFolders: SourceFolders = { workspaceRoot: "", workingDirectory: "" };

interface PrintedPanic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly backtrace?: string;
}

/** Puts together what is known of a panic; `message` is the reply's, undefined when it has none. */
export function reportPanic(
  message: string | undefined,
  stderr: string,
  folders: SourceFolders = noFolders,
): PanicReport {
  const panics = printedPanics(stderr);
  // Other threads may have panicked too: the one with the reply's message is ours, else the last one.
  const found =
    panics.findLast((panic) => message !== undefined && panic.message.startsWith(message)) ??
    panics.at(-1);
  return found === undefined
    ? { message: message ?? "The plugin gave no message." }
    : { ...describe(found, folders), message: message ?? found.message };
}

/**
 * The panic before the end of a process, when there was one: a panic that may not unwind ends the process by itself. Rust says
 * so in a second "panic in a function that cannot unwind", whose cause is the one before it.
 */
export function panicBeforeEnd(stderr: string, folders: SourceFolders): PanicReport | undefined {
  const panics = printedPanics(stderr);
  const cause = panics.findLast((panic) => !secondary.test(panic.message)) ?? panics.at(-1);
  return cause === undefined ? undefined : describe(cause, folders);
}

const secondary = /^panic in a (?:function that cannot unwind|destructor during cleanup)/;

function describe(
  { file, line, column, message, backtrace }: PrintedPanic,
  folders: SourceFolders,
): PanicReport {
  const places = new SourcePlaces(folders);
  return {
    message,
    location: { file: places.resolve(file), line, column },
    ...(backtrace === undefined ? {} : { backtrace, frames: parseBacktrace(backtrace, places) }),
  };
}

function printedPanics(stderr: string): readonly PrintedPanic[] {
  const text = stderr.replaceAll("\r\n", "\n");
  return [...text.matchAll(header)].map((match, index, all) => {
    const start = match.index + match[0].length + 1;
    const body = text.slice(start, all[index + 1]?.index ?? text.length);
    const [, file = "", line = "0", column = "0"] = match;
    return { file, line: Number(line), column: Number(column), ...splitBody(body) };
  });
}

function splitBody(body: string): { message: string; backtrace?: string } {
  const text = `\n${body}`.split(runtimeEnd, 1)[0] ?? "";
  const backtraceAt = text.indexOf(backtraceStart);
  const noteAt = text.indexOf(noteStart, Math.max(backtraceAt, 0));
  const messageEnd = [backtraceAt, noteAt].find((at) => at >= 0) ?? text.length;
  const message = text.slice(1, messageEnd).trimEnd();
  if (backtraceAt < 0) {
    return { message };
  }
  const backtraceEnd = noteAt < 0 ? text.length : noteAt;
  return {
    message,
    backtrace: text.slice(backtraceAt + backtraceStart.length, backtraceEnd).trimEnd(),
  };
}

/** A result with the panic that an abort followed, if one did: a panic in a drop ends the process. */
export function withPanicBeforeEnd(
  result: CallResult,
  stderr: string,
  folders: SourceFolders,
): CallResult {
  if (result.kind !== "crashed" || result.death.kind !== "abort") {
    return result;
  }
  const panic = panicBeforeEnd(stderr, folders);
  return panic === undefined ? result : { ...result, panic };
}
