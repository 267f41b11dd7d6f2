// Whether a loaded library has the plugin and the method that the source promises, before anything is called
// (reference 10, R12): names, interface hash, slot, optional methods.

import { explainHashDifference } from "../abi/explainHash.ts";
import { findAbiVersion } from "../abi/versions.ts";
import type { LibraryReport, PluginReport } from "../model/libraryReport.ts";
import type { CallResult } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import type { KnownSignatures } from "./signatureMemory.ts";

/** The library's plugin for a schema, with the method when one is given, or why it cannot be called. */
export function findTarget(
  report: LibraryReport,
  plugin: PluginSchema,
  method: PluginMethod | null,
  known: KnownSignatures,
): Result<PluginReport, CallResult> {
  const named = report.plugins.filter(
    (candidate) =>
      candidate.name === plugin.name && candidate.interfaceName === plugin.interfaceName,
  );
  // Names are not unique: two modules may register the same one (reference 2.2).
  const found =
    named.find((candidate) => candidate.interfaceHash === plugin.interfaceHash) ?? named[0];
  if (found === undefined) {
    return err({
      kind: "loadFailed",
      failure: { kind: "pluginNotFound", message: describeMissing(report, plugin) },
    });
  }
  if (plugin.interfaceHash !== undefined && found.interfaceHash !== plugin.interfaceHash) {
    return err({
      kind: "interfaceChanged",
      sourceHash: plugin.interfaceHash,
      binaryHash: found.interfaceHash,
      differences: explainHashDifference(plugin.signatures, found.interfaceHash, known),
    });
  }
  if (plugin.config !== undefined && findAbiVersion(report.abi)?.hasInstances === false) {
    const message = `The library was built with Fidius ${report.releases}, which has no configured plugins; ${plugin.name} takes a configuration since. Build the plugin again.`;
    return err({ kind: "loadFailed", failure: { kind: "configurationRefused", message } });
  }
  const missing =
    method === null ? undefined : describeMissingMethod(report, found, plugin, method);
  return missing === undefined ? ok(found) : err({ kind: "notImplemented", message: missing });
}

function describeMissing(report: LibraryReport, plugin: PluginSchema): string {
  const wanted = `${plugin.name} (${plugin.interfaceName})`;
  if (report.plugins.length === 0) {
    return `The library has no plugins at all, so not ${wanted}. Build the plugin again, and check that its module is compiled.`;
  }
  const names = report.plugins.map((other) => `${other.name} (${other.interfaceName})`).join(", ");
  return `The library has no plugin ${wanted}; it has ${names}. Build the plugin again.`;
}

function describeMissingMethod(
  library: LibraryReport,
  report: PluginReport,
  plugin: PluginSchema,
  method: PluginMethod,
): string | undefined {
  const isWithout =
    method.capabilityBit !== undefined &&
    findAbiVersion(library.abi)?.hasCapabilities === true &&
    ((BigInt(`0x${report.capabilities}`) >> BigInt(method.capabilityBit)) & 1n) === 0n;
  if (isWithout) {
    return `Optional method ${method.name} is not implemented by this build of ${plugin.name}: it was made against an older interface. Build the plugin again.`;
  }
  if (report.methodCount !== null && method.slot >= report.methodCount) {
    return `${method.name} would be method ${String(method.slot + 1)}, and this build of ${plugin.name} has ${String(report.methodCount)}. Build the plugin again.`;
  }
  return undefined;
}
