// What a library says of itself, as lines for people: `fidius-call inspect`, and the editor's document of the same. The verdict on its
// signature stands before it. Its names are its author's, so none of them is taken for a word of ours.

import { findAbiVersion } from "../abi/versions.ts";
import { nameText } from "../model/text/foreignText.ts";
import type { LibraryReport, MetadataEntry, PluginReport } from "../model/libraryReport.ts";
import type { UnmatchedPlugin } from "../model/plugin.ts";

/** The whole report under the library's name. */
export function libraryText(name: string, report: LibraryReport): readonly string[] {
  const { abi, plugins, hostImports } = report;
  return [
    nameText(name),
    `  ${versionLine(report)}`,
    `  registry version ${String(report.registryVersion)}, ${countOf(plugins.length, "plugin")}`,
    ...hostLines(hostImports),
    ...pluginsByName(plugins).flatMap((plugin) => ["", ...pluginLines(plugin, abi)]),
  ];
}

/** What the sources have instead of the interface that a plugin of a library implements; a clause. */
export function sourcesText({ interfaceName, sourceHashes }: UnmatchedPlugin): string {
  return sourceHashes.length === 0
    ? `no crate that it depends on declares an interface ${interfaceName}`
    : `the sources have ${interfaceName} with hash ${sourceHashes.join(" and ")}`;
}

/** What to do about a plugin whose interface no source shows. */
export const unmatchedAdvice =
  "Depend on the crate that declares this interface, and write its trait outside of macros.";

export function versionLine({ abi, releases, descriptorBytes }: LibraryReport): string {
  return abi === 0
    ? "Fidius of an unknown release: there is no plugin whose descriptor would say"
    : `Fidius ${releases} (ABI ${String(abi)}), descriptors of ${String(descriptorBytes)} bytes`;
}

function hostLines(imports: LibraryReport["hostImports"]): readonly string[] {
  return (imports ?? []).map(
    ({ interfaceName, interfaceVersion, interfaceHash }) =>
      `  calls host functions of ${nameText(interfaceName)}, version ${String(interfaceVersion)}, hash ${interfaceHash}`,
  );
}

/** The registry's order is the linker's. */
export function pluginsByName(plugins: readonly PluginReport[]): readonly PluginReport[] {
  return plugins.toSorted((left, right) => left.name.localeCompare(right.name));
}

function pluginLines(plugin: PluginReport, abi: number): readonly string[] {
  const { name, interfaceName, interfaceVersion, interfaceHash } = plugin;
  return [
    `  plugin ${nameText(name)}, implements ${nameText(interfaceName)}`,
    `    interface version ${String(interfaceVersion)}, hash ${interfaceHash}`,
    `    ${bufferText(plugin)}, values as ${plugin.wire === "json" ? "JSON" : "bincode"}`,
    `    ${methodCountText(plugin)}, ${capabilityText(plugin, abi)}`,
    ...slotLines(plugin),
    ...metadataLines("trait metadata", plugin.traitMetadata),
    ...plugin.methodMetadata.flatMap((entries, index) =>
      metadataLines(`metadata of method ${String(index + 1)}`, entries),
    ),
  ];
}

export function bufferText({ buffer }: PluginReport): string {
  return buffer === "Arena" ? "results in an arena of the host" : "results allocated by the plugin";
}

export function methodCountText({ methodCount }: PluginReport): string {
  return methodCount === null ? "number of methods not stated" : countOf(methodCount, "method");
}

function slotLines({ methodNames = [] }: PluginReport): readonly string[] {
  return methodNames.length === 0
    ? []
    : [`    methods by slot: ${methodNames.map(nameText).join(", ")}`];
}

export function capabilityText({ capabilities }: PluginReport, abi: number): string {
  if (findAbiVersion(abi)?.hasCapabilities === false) {
    return "optional methods not stated";
  }
  const bits = BigInt(`0x${capabilities}`);
  const set = Array.from({ length: 64 }, (_, bit) => bit).filter(
    (bit) => ((bits >> BigInt(bit)) & 1n) === 1n,
  );
  return set.length === 0
    ? "no optional methods"
    : `${countOf(set.length, "optional method")} (${set.length === 1 ? "bit" : "bits"} ${set.join(", ")})`;
}

function metadataLines(what: string, entries: readonly MetadataEntry[]): readonly string[] {
  return entries.length === 0
    ? []
    : [
        `    ${what}`,
        ...entries.map(({ key, value }) => `      ${nameText(key)} = ${JSON.stringify(value)}`),
      ];
}

function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
