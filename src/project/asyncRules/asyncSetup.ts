// The rules for async methods as a whole (reference 1.4): every violation of every plugin, and what to pass to cargo so
// that an unedited manifest builds. Of a plugin without async methods only what any plugin needs is asked: that the generated
// code finds Fidius and the trait's companion. Knows neither LSP nor text.

import type { CrateGraph } from "../../model/crateGraph.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import { findAsyncFeature, missingDependency } from "./asyncFeature.ts";
import { createPluginBuild, type PluginBuild } from "./buildFeatures.ts";
import { findRuntimeUses } from "./runtimeUses.ts";
import type { SetupFinding } from "./setupFinding.ts";

/** Every violation of the rules for async methods in one plugin; `features` are those that its build is asked for anyway. */
export function findSetupProblems(
  plugin: PluginFacts,
  graph: CrateGraph,
  features: readonly string[] = [],
): readonly SetupFinding[] {
  const methods = plugin.schema.methods.filter((method) => method.isAsync);
  const crate = graph.crates.get(plugin.crateId);
  if (crate === undefined) {
    return [];
  }
  if (methods.length === 0) {
    return findSyncProblems(plugin, createPluginBuild(graph, crate, features));
  }
  const build = createPluginBuild(graph, crate, features);
  const asyncFeature = findAsyncFeature(plugin, methods, build);
  const companion = findCompanion(plugin, methods);
  // With the feature on, fidius-core brings tokio's runtime: what tokio lacks is judged as if it were.
  const { target } = plugin.fidius;
  const repaired =
    asyncFeature?.kind === "missingAsyncFeature" && target.kind === "dependency"
      ? build.withDependencyFeature(target.owner, target.dependencyKey, "async")
      : build;
  return [
    ...(asyncFeature === null ? [] : [asyncFeature]),
    ...(companion === null ? [] : [companion]),
    ...findRuntimeUses(plugin, methods, repaired),
  ];
}

/** The code of a plugin without async methods names Fidius and the companion all the same. */
function findSyncProblems(plugin: PluginFacts, build: PluginBuild): readonly SetupFinding[] {
  const { interfaceId, methods } = plugin.schema;
  if (interfaceId === undefined || methods.length === 0) {
    return []; // without the trait's source nothing is certain
  }
  const dependency =
    plugin.fidius.target.kind === "unresolved" ? missingDependency(plugin, [], build) : null;
  const companion = findCompanion(plugin, []);
  return [...(dependency === null ? [] : [dependency]), ...(companion === null ? [] : [companion])];
}

/** Rule (f): the companion module is named bare by the generated code (reference 2.2). */
function findCompanion(plugin: PluginFacts, methods: readonly PluginMethod[]): SetupFinding | null {
  if (plugin.companionInScope !== "no") {
    return null;
  }
  const companion = `__fidius_${plugin.schema.interfaceName}`;
  return {
    kind: "companionNotInScope",
    plugin,
    methods,
    companion,
    place: null,
    fixes: plugin.companionPath === null ? [] : [{ kind: "importCompanion", companion }],
  };
}

/** The schema with what to pass to `cargo build` because of the findings. */
export function withMissingFeatures(
  schema: PluginSchema,
  findings: readonly SetupFinding[],
): PluginSchema {
  const features = new Set(
    findings.flatMap((finding) => ("buildFeatures" in finding ? finding.buildFeatures : [])),
  );
  const packages = new Set(
    findings.flatMap((finding) => ("buildPackages" in finding ? finding.buildPackages : [])),
  );
  if (features.size === 0) {
    return schema;
  }
  return {
    ...schema,
    missingAsyncFeatures: [...features],
    ...(packages.size === 0 ? {} : { missingAsyncPackages: [...packages] }),
  };
}
