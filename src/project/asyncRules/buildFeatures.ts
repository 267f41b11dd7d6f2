// Asks cargo's feature unification (src/cargo/graph/features.ts) what the build of one plugin crate enables, as it is and after
// an edit that a fix would make.

import { type EnabledFeatures, featuresOf, resolveFeatures } from "../../cargo/graph/features.ts";
import type { CrateDependency, CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import { withImpliedTokioFeatures } from "./tokioFeatures.ts";

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
export type PackageReference = Pick<CrateDependency, "crateId" | "packageName" | "requirement">;

export function createPluginBuild(
  graph: CrateGraph,
  crate: CrateNode,
  extraFeatures: readonly string[] = [],
): PluginBuild {
  let resolved: EnabledFeatures | undefined;
  const enabled = (): EnabledFeatures =>
    (resolved ??= resolveFeatures(graph, crate.id, extraFeatures));

  return {
    graph,
    crate,
    hasFeature: (dependency, feature) => enabledFeatures(enabled(), dependency).has(feature),
    withExtraFeatures: (features) =>
      createPluginBuild(graph, crate, [...extraFeatures, ...features]),
    withDependencyFeature: (owner, key, feature) => {
      const edited = graphWithFeature(graph, owner, key, feature);
      return createPluginBuild(edited, edited.crates.get(crate.id) ?? crate, extraFeatures);
    },
  };
}

/** Cargo's word, completed by tokio's own `[features]` where its manifest is not at hand. */
function enabledFeatures(
  enabled: EnabledFeatures,
  dependency: PackageReference,
): ReadonlySet<string> {
  const features = featuresOf(enabled, dependency);
  return dependency.crateId === null && dependency.packageName === "tokio"
    ? withImpliedTokioFeatures(features)
    : features;
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
