// Packages that may hold plugins which no source shows: they make a dynamic library and link a crate with an interface, or Fidius
// itself, so a macro may have made the plugin; or they include what a build script did not write yet. What their libraries said is turned into plugins here.

import {
  crateIdOf,
  type CrateGraph,
  type CrateId,
  type CrateNode,
} from "../../model/crateGraph.ts";
import { libraryPlugins, type InterfaceChoice } from "../../model/libraryPlugins.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type {
  InterfaceSchema,
  PluginCandidate,
  PluginMacroCall,
  PluginSchema,
} from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { InterfaceFacts, RustModel } from "../../rust/fidius/facts.ts";
import type { MacroCallFacts } from "../../rust/fidius/pluginMacros.ts";
import { fidiusRelease, type FidiusRelease } from "../../rust/fidius/fidiusRelease.ts";
import { linkedCrates, makesDynamicLibrary } from "../../rust/fidius/fidiusUsers.ts";
import { passableAsyncFeatures } from "../asyncRules/asyncFeature.ts";
import type { GuestPackages } from "./guestPackages.ts";
import type { PluginHomes } from "./pluginHomes.ts";
import { createPluginBuild } from "../asyncRules/buildFeatures.ts";

/** What the library of a candidate said when it was loaded, or why it was refused. */
export interface KnownLibrary {
  readonly report: Result<LibraryReport, string>;
  /** Its file has changed since. */
  readonly isOutdated: boolean;
  /** What the user chose for its plugins. */
  readonly choices?: readonly InterfaceChoice[];
}

/** By the candidate's id. */
export type LibraryReports = ReadonlyMap<string, KnownLibrary>;

/** The candidates among the local packages, in the order of the graph. Their libraries are not asked here. */
export function findCandidates(
  graph: CrateGraph,
  rust: RustModel,
  homes: Pick<PluginHomes, "linked">,
  guests: Pick<GuestPackages, "obstacleOf">,
): readonly PluginCandidate[] {
  const interfaces = new Map<CrateId, readonly InterfaceFacts[]>();
  for (const found of [...rust.interfaces, ...rust.dependencyInterfaces]) {
    interfaces.set(found.crateId, [...(interfaces.get(found.crateId) ?? []), found]);
  }
  const withPlugins = new Set([
    ...rust.plugins.map(({ crateId }) => crateId),
    ...rust.leftOut.filter(({ kind }) => kind === "plugin").map(({ crate }) => crateIdOf(crate)),
  ]);
  const unreadable = new Set(
    rust.problems.filter(({ code }) => code === "fileUnreadable").map(({ span }) => span.file),
  );
  return [...graph.crates.values()].flatMap((node) => {
    // What cannot be read here the compiler would wait for, such as a pipe. Its diagnostic says so.
    if (
      !node.isLocal ||
      unreadable.has(node.rootFile ?? "") ||
      !makesDynamicLibrary(node.info) ||
      guests.obstacleOf(node.info) !== undefined
    ) {
      return [];
    }
    // What macros make in a crate that it links is in its library too.
    const macroCalls = homes.linked(node.id).flatMap((id) => rust.macroCalls.get(id) ?? []);
    const linked = linkedCrates(node.id, graph);
    const lacksOutput = homes.linked(node.id).some((id) => rust.lackingOutput.has(id));
    const reachable = linked.flatMap((id) => interfaces.get(id) ?? []);
    const isReached = reachable.some(({ crateId }) => crateId !== node.id);
    const isCandidate =
      lacksOutput ||
      (macroCalls.length > 0 && reachable.length > 0) ||
      (!withPlugins.has(node.id) && (isReached || (reachable.length === 0 && linksRegistry(node))));
    return isCandidate ? [candidateOf(graph, node, reachable, macroCalls, lacksOutput)] : [];
  });
}

/** A macro of anyone may write interface and plugin where the crates that their code needs are linked. */
function linksRegistry({ dependencies }: CrateNode): boolean {
  return dependencies.some(
    ({ kind, packageName, isOptional }) =>
      kind === "normal" && !isOptional && /^fidius(?:-core)?$/u.test(packageName),
  );
}

function candidateOf(
  graph: CrateGraph,
  node: CrateNode,
  reachable: readonly InterfaceFacts[],
  macroCalls: readonly MacroCallFacts[],
  lacksOutput: boolean,
): PluginCandidate {
  const release = releaseOf(graph, node, reachable);
  return {
    id: `${node.info.name} (${node.id})`,
    crate: node.info,
    ...(release === undefined ? {} : { fidiusVersion: release.version }),
    interfaceIds: reachable.map(({ schema }) => schema.id),
    macroCalls: macroCalls.map(({ call }) => call),
    ...(lacksOutput ? { lacksOutput } : {}),
    ...missingFeatures(graph, node, reachable, macroCalls),
  };
}

/** Its own Fidius, else that of an interface's crate, which the macros' code takes. */
function releaseOf(
  graph: CrateGraph,
  node: CrateNode,
  reachable: readonly InterfaceFacts[],
): FidiusRelease | undefined {
  const crates = [node, ...reachable.flatMap(({ crateId }) => graph.crates.get(crateId) ?? [])];
  for (const crate of crates) {
    const release = fidiusRelease(graph, crate);
    if (release !== undefined) {
      return release;
    }
  }
  return undefined;
}

/**
 * The generated code of an async method needs Fidius' feature as any other does (reference 1.4). Which path that code takes
 * the macro decides; a framework's own way to Fidius is the best guess, and a feature too many harms nobody.
 */
function missingFeatures(
  graph: CrateGraph,
  node: CrateNode,
  reachable: readonly InterfaceFacts[],
  macroCalls: readonly MacroCallFacts[],
): Pick<PluginCandidate, "missingAsyncFeatures" | "missingAsyncPackages"> {
  const build = createPluginBuild(graph, node);
  const findings = reachable
    .filter(({ schema }) => schema.methods.some(({ isAsync }) => isAsync))
    .filter(({ schema }) => isMeant(schema.name, macroCalls))
    .map(({ fidius }) => passableAsyncFeatures(fidius.target, build));
  const features = new Set(findings.flatMap(({ buildFeatures }) => buildFeatures));
  const packages = new Set(findings.flatMap(({ buildPackages }) => buildPackages));
  return {
    missingAsyncFeatures: [...features],
    ...(packages.size === 0 ? {} : { missingAsyncPackages: [...packages] }),
  };
}

/** Without a call that can be followed, any interface within reach may be the plugin's. */
function isMeant(interfaceName: string, macroCalls: readonly MacroCallFacts[]): boolean {
  return macroCalls.length === 0 || macroCalls.some(({ mentions }) => mentions.has(interfaceName));
}

/**
 * The candidates with what is known of their libraries, and the plugins that only those show. `acceptsOutdated`: a library
 * may be older than the sources, see {@link libraryPlugins}.
 */
export function withLibraries(
  candidates: readonly PluginCandidate[],
  reports: LibraryReports,
  interfaces: readonly InterfaceSchema[],
  visible: readonly PluginSchema[],
  acceptsOutdated: boolean,
): { readonly candidates: readonly PluginCandidate[]; readonly plugins: readonly PluginSchema[] } {
  const byId = new Map(interfaces.map((schema) => [schema.id, schema]));
  const plugins: PluginSchema[] = [];
  const answered = candidates.map((candidate): PluginCandidate => {
    const known = reports.get(candidate.id);
    if (known === undefined) {
      return candidate;
    }
    const { report, isOutdated } = known;
    if (!report.ok) {
      return { ...candidate, contents: { kind: "failed", isOutdated, message: report.error } };
    }
    const found = libraryPlugins({
      report: report.value,
      interfaces: candidate.interfaceIds.flatMap((id) => byId.get(id) ?? []),
      visible,
      owner: candidate,
      placeOf: (pluginName) => placeOf(candidate.macroCalls, pluginName),
      acceptsOutdated,
      choices: known.choices ?? [],
    });
    plugins.push(...found.plugins);
    const { unmatched } = found;
    const count = report.value.plugins.length;
    return { ...candidate, contents: { kind: "read", isOutdated, plugins: count, unmatched } };
  });
  return { candidates: answered, plugins };
}

/** The macro call that names the plugin, or the only one. */
function placeOf(calls: readonly PluginMacroCall[], pluginName: string): SourceSpan | null {
  const naming = calls.find(({ words }) => words.includes(pluginName));
  return (naming ?? (calls.length === 1 ? calls[0] : undefined))?.span ?? null;
}
