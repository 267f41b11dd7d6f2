// In which form a loaded library takes and gives values: its ABI and its descriptor tell, and for ABI 2 the Fidius release
// of the plugin's crate, because the binary does not (reference 4.1, 4.2).

import { findAbiVersion } from "../../abi/versions.ts";
import { currentWireForm } from "../../codec/method/wireForm.ts";
import type { WireForm } from "../../codec/method/wireForm.ts";
import type { LibraryReport, PluginReport } from "../../model/libraryReport.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";

/** The form for a method's call, or why it must not be called. */
export function wireFormOf(
  report: LibraryReport,
  target: PluginReport,
  plugin: PluginSchema,
  method: PluginMethod,
): Result<WireForm, CallResult> {
  const version = findAbiVersion(report.abi);
  if (version === undefined) {
    return ok(currentWireForm);
  }
  const form = {
    values: target.wire,
    arguments: "tuple",
    splitsResults: version.hasErrorStatus,
  } as const;
  if (version.arguments === "tuple" || target.wire === "bincode" || method.arguments.length !== 1) {
    return ok(form);
  }
  if (version.arguments === "bare") {
    return ok({ ...form, arguments: "bare" });
  }
  const release = plugin.fidiusVersion;
  if (release === undefined) {
    return err({ kind: "unsupported", message: describeUnknownRelease(method) });
  }
  return ok({ ...form, arguments: isBeforeTuples(release) ? "bare" : "tuple" });
}

/** Releases 0.0.1 to 0.0.4 take one bare argument, 0.0.5 a tuple (reference 4.1). */
function isBeforeTuples(release: string): boolean {
  return /^0\.0\.[0-4](?:$|\D)/.test(release);
}

function describeUnknownRelease(method: PluginMethod): string {
  return `The library is a debug build of Fidius 0.0 (ABI 2), and nothing says of which release: 0.0.5 takes the argument of ${method.name} in a list, 0.0.2 to 0.0.4 take it bare. Say the release with --fidius-version 0.0.5, or build with --release, where both are the same.`;
}
