// A panic's place and backtrace, from what Rust's panic hook prints to stderr. The reply carries the message alone
// (reference 4.2), and not even that where a method uses an arena.

import type { PanicReport } from "../model/outcome.ts";

/** `thread 'main' (123) panicked at src/lib.rs:31:9:`; the number since Rust 1.91, the final colon since 1.73. */
const header = /^thread '[^\n]*?'(?: \(\d+\))? panicked at ([^\n]+):(\d+):(\d+):?$/gm;

const backtraceStart = "\nstack backtrace:\n";
const noteStart = "\nnote: ";

/** Puts together what is known of a panic; `message` is the reply's, undefined when it has none. */
export function reportPanic(message: string | undefined, stderr: string): PanicReport {
  const text = stderr.replaceAll("\r\n", "\n");
  const panics = [...text.matchAll(header)].map((match, index, all) => {
    const start = match.index + match[0].length + 1;
    const body = text.slice(start, all[index + 1]?.index ?? text.length);
    return { match, ...splitBody(body) };
  });
  // Other threads may have panicked too: the one with the reply's message is ours, else the last one.
  const found =
    panics.findLast((panic) => message !== undefined && panic.message.startsWith(message)) ??
    panics.at(-1);
  if (found === undefined) {
    return { message: message ?? "The plugin gave no message." };
  }
  const [, file = "", line = "0", column = "0"] = found.match;
  return {
    message: message ?? found.message,
    location: { file, line: Number(line), column: Number(column) },
    ...(found.backtrace === undefined ? {} : { backtrace: found.backtrace }),
  };
}

function splitBody(body: string): { message: string; backtrace?: string } {
  const text = `\n${body}`;
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
