// Looks into the library of a candidate: builds it where that is needed, loads it in a host process, and takes down what it
// says of itself. Shared by the CLI and the extension.

import type { LibraryReport } from "../model/libraryReport.ts";
import type { BuildFailure, LoadFailure } from "../model/outcome.ts";
import type { PluginCandidate } from "../model/plugin.ts";
import { err, type Result } from "../model/result.ts";
import type { BuildListener, BuildStep } from "./pluginBuilder.ts";

export interface LookPorts {
  readonly build: (
    candidate: PluginCandidate,
    listener: BuildListener,
    signal: AbortSignal,
  ) => Promise<BuildStep>;
  /** Loads the library in a host process, never in this one. */
  readonly inspect: (library: string) => Promise<Result<LibraryReport, LoadFailure>>;
}

export type Look =
  /** The error is the sentence that says why the library shows no plugins. */
  | {
      readonly kind: "seen";
      readonly library: string;
      readonly report: Result<LibraryReport, string>;
    }
  | { readonly kind: "notBuilt"; readonly failure: BuildFailure }
  | { readonly kind: "cancelled" };

/** Expected failures are values. */
export async function lookIntoCandidate(
  candidate: PluginCandidate,
  ports: LookPorts,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<Look> {
  const step = await ports.build(candidate, listener, signal);
  if (step.kind === "failed") {
    return { kind: "notBuilt", failure: step.failure };
  }
  if (step.kind === "cancelled" || signal.aborted) {
    return { kind: "cancelled" };
  }
  return {
    kind: "seen",
    library: step.library,
    report: readableReport(await ports.inspect(step.library)),
  };
}

/** A report, or the sentence that says why there is none. */
function readableReport(report: Result<LibraryReport, LoadFailure>): Result<LibraryReport, string> {
  return report.ok ? report : err(report.error.message);
}
