// What a library says of itself, for editors whose client loads none: `fidius-call inspect`, which lies beside the server, loads it in
// a process of its own.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { LibraryReport } from "../../model/libraryReport.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { driftTexts } from "../messages.ts";

const timeoutMs = 60_000;
const mostBytes = 16 * 1024 * 1024;

const answer = z.object({
  abi: z.number(),
  plugins: z.array(z.object({ name: z.string(), interfaceName: z.string() })),
});

const failure = z.object({ error: z.object({ message: z.string() }) });

export function inspectLibrary(
  library: string,
  signal: AbortSignal,
): Promise<Result<LibraryReport, string>> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(__dirname, "cli.cjs"), "inspect", "--json", "--", library],
      { timeout: timeoutMs, maxBuffer: mostBytes, signal, windowsHide: true },
      (error, stdout, stderr) => {
        const parsed = parse(error === null ? stdout : (stderr.trim().split("\n").at(-1) ?? ""));
        if (error === null && answer.safeParse(parsed).success) {
          resolve(ok(parsed as LibraryReport));
          return;
        }
        const said = failure.safeParse(parsed);
        resolve(err(said.success ? said.data.error.message : driftTexts.notInspected(library)));
      },
    );
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
