// Whether a loaded library has the plugin and the method that the source promises, before anything is called
// (reference 10, R12): names, interface hash, slot, optional methods.

import {
  explainHashDifference,
  type BinaryFacts,
  type SourceLines,
} from "../../abi/explainHash.ts";
import { findAbiVersion } from "../../abi/versions.ts";
import type { LibraryReport, PluginReport } from "../../model/libraryReport.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import { placeMethods } from "../../model/slotPlacement.ts";
import type { KnownSignatures } from "./signatureMemory.ts";

/** A plugin as the library has it. */
export interface FoundTarget {
  readonly report: PluginReport;
  /** The slot that runs the method; null when none was asked for. */
  readonly slot: number | null;
}

/** The library's plugin for a schema, with the slot of the method when one is given, or why it cannot be called. */
export function findTarget(
  report: LibraryReport,
  plugin: PluginSchema,
  method: PluginMethod | null,
  known: KnownSignatures,
): Result<FoundTarget, CallResult> {
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
      differences: explainHashDifference(linesOf(plugin), binaryFacts(found), known),
    });
  }
  if (plugin.config !== undefined && findAbiVersion(report.abi)?.hasInstances === false) {
    const message = `The library was built with Fidius ${report.releases}, which has no configured plugins; ${plugin.name} takes a configuration since. Build the plugin again.`;
    return err({ kind: "loadFailed", failure: { kind: "configurationRefused", message } });
  }
  if (method === null) {
    return ok({ report: found, slot: null });
  }
  const slot = findMethodSlot(found, plugin, method);
  return slot.ok ? ok({ report: found, slot: slot.value }) : slot;
}

function describeMissing(report: LibraryReport, plugin: PluginSchema): string {
  const wanted = `${plugin.name} (${plugin.interfaceName})`;
  if (report.plugins.length === 0) {
    return `The library has no plugins at all, so not ${wanted}. Build the plugin again, and check that its module is compiled.`;
  }
  const names = report.plugins.map((other) => `${other.name} (${other.interfaceName})`).join(", ");
  return `The library has no plugin ${wanted}; it has ${names}. Build the plugin again.`;
}

function linesOf({ signatures, methods }: PluginSchema): SourceLines {
  const optional = methods
    .filter(({ capabilityBit }) => capabilityBit !== undefined)
    .map(({ signature }) => signature);
  return { required: signatures, optional };
}

function binaryFacts({ interfaceHash: hash, methodNames }: PluginReport): BinaryFacts {
  return { hash, ...(methodNames === undefined ? {} : { methodNames }) };
}

/** The slot that runs the method. A library of another version of the interface may have the same hash and other slots. */
function findMethodSlot(
  found: PluginReport,
  plugin: PluginSchema,
  method: PluginMethod,
): Result<number, CallResult> {
  const { methods } = plugin;
  const placement = placeMethods(found, methods)[
    methods.findIndex(({ name }) => name === method.name)
  ];
  switch (placement?.kind) {
    case "slot":
      return ok(placement.slot);
    case "absent": {
      const message = `Optional method ${method.name} is not implemented by this build of ${plugin.name}: it was made against an older interface. Build the plugin again.`;
      return err({ kind: "notImplemented", message });
    }
    case "unclear":
    case undefined: {
      const [there, here] = [found.methodCount ?? 0, methods.length].map(String);
      const message = `It is not known which slot runs ${method.name}: this build of ${plugin.name} has ${there} methods, the source has ${here}, and the library does not tell which of them. Build the plugin again, or open the source that it was built from.`;
      return err({ kind: "loadFailed", failure: { kind: "slotUnknown", message } });
    }
  }
}
