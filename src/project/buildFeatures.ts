// Asks cargo's feature unification (src/cargo/features.ts) what a plugin's build enables, in one `cargo build -p`, and
// fills in what the manifests of Fidius and tokio say where those are not at hand.

import type { CrateDependency, CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import { withImpliedTokioFeatures } from "./tokioFeatures.ts";

/** `resolveFeatures` of src/cargo: enabled features by crate id, or by package name where the crate is not in the graph. */
export type FeatureResolver = (
  graph: CrateGraph,
  rootCrateId: CrateId,
  extraFeatures: readonly string[],
) => ReadonlyMap<string, ReadonlySet<string>>;

/** The build of one plugin crate, for questions about features. */
export interface PluginBuild {
  readonly graph: CrateGraph;
  readonly crate: CrateNode;
  /** True when the build enables `feature` of the package that `dependency` names. */
  hasFeature(dependency: PackageReference, feature: string): boolean;
  /** The same build after `--features`. */
  withExtraFeatures(features: readonly string[]): PluginBuild;
  /** The same build after an edit of one dependency line. */
  withDependencyFeature(owner: CrateId, key: string, feature: string): PluginBuild;
}

/** A package by its place in the graph, or by name when its sources are not at hand. */
export type PackageReference = Pick<CrateDependency, "crateId" | "packageName">;

export function createPluginBuild(
  graph: CrateGraph,
  crate: CrateNode,
  resolve: FeatureResolver,
  extraFeatures: readonly string[] = [],
): PluginBuild {
  let resolved: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  const enabled = (): ReadonlyMap<string, ReadonlySet<string>> =>
    (resolved ??= resolve(graph, crate.id, extraFeatures));

  return {
    graph,
    crate,
    hasFeature: (dependency, feature) => enabledFeatures(enabled(), dependency).has(feature),
    withExtraFeatures: (features) =>
      createPluginBuild(graph, crate, resolve, [...extraFeatures, ...features]),
    withDependencyFeature: (owner, key, feature) => {
      const edited = graphWithFeature(graph, owner, key, feature);
      return createPluginBuild(
        edited,
        edited.crates.get(crate.id) ?? crate,
        resolve,
        extraFeatures,
      );
    },
  };
}

/** Cargo's word, completed for packages whose `[features]` table is not in the graph. */
function enabledFeatures(
  resolved: ReadonlyMap<string, ReadonlySet<string>>,
  dependency: PackageReference,
): ReadonlySet<string> {
  const own = featuresOf(resolved, dependency);
  if (dependency.crateId !== null) {
    return own;
  }
  switch (dependency.packageName) {
    case "fidius-core":
      return featuresByName(resolved, "fidius").has("async") ? new Set([...own, "async"]) : own;
    case "tokio": {
      const hasCore =
        featuresByName(resolved, "fidius").has("async") ||
        featuresByName(resolved, "fidius-core").has("async");
      return withImpliedTokioFeatures(hasCore ? [...own, "rt-multi-thread"] : own);
    }
    default:
      return own;
  }
}

function featuresOf(
  resolved: ReadonlyMap<string, ReadonlySet<string>>,
  dependency: PackageReference,
): ReadonlySet<string> {
  const byId = dependency.crateId === null ? undefined : resolved.get(dependency.crateId);
  return byId ?? featuresByName(resolved, dependency.packageName);
}

function featuresByName(
  resolved: ReadonlyMap<string, ReadonlySet<string>>,
  packageName: string,
): ReadonlySet<string> {
  return resolved.get(packageName) ?? new Set();
}

function graphWithFeature(
  graph: CrateGraph,
  owner: CrateId,
  key: string,
  feature: string,
): CrateGraph {
  const node = graph.crates.get(owner);
  if (node === undefined) {
    return graph;
  }
  const dependencies = node.dependencies.map((dependency) =>
    dependency.key === key && dependency.kind === "normal"
      ? { ...dependency, features: [...dependency.features, feature] }
      : dependency,
  );
  return { crates: new Map([...graph.crates, [owner, { ...node, dependencies }]]) };
}

/** The dependency line that the library is built with: without a platform condition if there is one. */
export function libraryDependency(
  crate: CrateNode,
  matches: (dependency: CrateDependency) => boolean,
): CrateDependency | undefined {
  const found = crate.dependencies.filter(
    (dependency) => dependency.kind === "normal" && matches(dependency),
  );
  return found.find((dependency) => dependency.target === null) ?? found[0];
}
