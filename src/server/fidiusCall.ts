// Runs `fidius-call`, which lies beside the server: builds and libraries stay out of the server's process.

import { execFile } from "node:child_process";
import { join } from "node:path";
import * as z from "zod";
import { oneLine } from "../model/text/foreignText.ts";

const mostBytes = 16 * 1024 * 1024;

/** The last line of its stderr after a failure. */
const failure = z.object({
  error: z.object({
    message: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

export interface FidiusCallEnd {
  readonly hasSucceeded: boolean;
  readonly stdout: string;
  /** Why it failed, in sentences, with each place that does not fit; undefined where it says nothing of that. */
  readonly reason: string | undefined;
}

/** Runs it to its end; `signal` and the time limit end it and everything that it started. */
export function runFidiusCall(
  args: readonly string[],
  signal: AbortSignal,
  timeoutMs = 0,
): Promise<FidiusCallEnd> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(__dirname, "cli.cjs"), ...args],
      { timeout: timeoutMs, maxBuffer: mostBytes, signal, windowsHide: true },
      (error, stdout, stderr) => {
        resolve({ hasSucceeded: error === null, stdout, reason: reasonIn(stderr) });
      },
    );
  });
}

function reasonIn(stderr: string): string | undefined {
  const said = failure.safeParse(parseLine(stderr.trim().split("\n").at(-1) ?? ""));
  if (!said.success) {
    return undefined;
  }
  const { message, problems = [] } = said.data.error;
  return [
    message,
    ...problems.map((problem) => oneLine(`${problem.path}: ${problem.message}`)),
  ].join("\n");
}

/** A line of JSON that it printed; undefined for other text. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
