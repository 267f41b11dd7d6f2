// CliFailure: how a command ends when it does not succeed. The text is for people; kind and details become the one-line
// JSON that closes stderr.

import type { ExitCode } from "./exitCodes.ts";
import { exitCodes } from "./exitCodes.ts";
import { jsonText, type JsonContent } from "./jsonText.ts";

export interface CliFailure {
  readonly exitCode: ExitCode;
  /** Stable name of what went wrong. */
  readonly kind: string;
  /** A whole sentence. */
  readonly message: string;
  /** Lines for people before the message: compile errors, problems with their places. */
  readonly text?: readonly string[];
  /** Further members of the JSON. */
  readonly details?: Readonly<Record<string, JsonContent>>;
}

export function usageFailure(
  message: string,
  details: Readonly<Record<string, JsonContent>> = {},
): CliFailure {
  return { exitCode: exitCodes.usage, kind: "usage", message, details };
}

/** `{"error":{"kind":…,"message":…,…}}` on one line. */
export function failureLine({ kind, message, details }: CliFailure): string {
  return jsonText({ error: { kind, message, ...details } });
}
