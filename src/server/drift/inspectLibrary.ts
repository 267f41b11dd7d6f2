// What a library says of itself, for editors whose client loads none: `fidius-call inspect`, which lies beside the server, loads it in
// a process of its own.

import * as z from "zod";
import type { LibraryReport } from "../../model/libraryReport.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { parseLine, runFidiusCall } from "../fidiusCall.ts";
import { driftTexts } from "../messages.ts";

const timeoutMs = 60_000;

const answer = z.object({
  abi: z.number(),
  plugins: z.array(z.object({ name: z.string(), interfaceName: z.string() })),
});

export async function inspectLibrary(
  library: string,
  signal: AbortSignal,
): Promise<Result<LibraryReport, string>> {
  const args = ["inspect", "--json", "--", library];
  const { hasSucceeded, stdout, reason } = await runFidiusCall(args, signal, timeoutMs);
  const report = parseLine(stdout);
  return hasSucceeded && answer.safeParse(report).success
    ? ok(report as LibraryReport)
    : err(reason ?? driftTexts.notInspected(library));
}
