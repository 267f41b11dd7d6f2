// Rules (e) and (g) for async methods: code that names tokio needs tokio as a dependency with the features of what it
// names; no other runtime works under the shims, which poll every future on tokio (reference 1.2, 1.4).

import type { CrateDependency, CrateGraph, CrateNode } from "../../model/crateGraph.ts";
import type { PluginMethod } from "../../model/plugin.ts";
import type { PluginFacts, RuntimeUse } from "../../rust/fidius/facts.ts";
import { libraryDependency, type PluginBuild } from "./buildFeatures.ts";
import { addSimilarDependency } from "./similarDependency.ts";
import { entryOf, type SetupFinding } from "./setupFinding.ts";
import { tokioFeaturesFor } from "./tokioFeatures.ts";

/** Dependencies that never enable a feature of tokio beyond what Fidius' own does. */
const withoutTokio: ReadonlySet<string> = new Set([
  "anyhow",
  "bincode",
  "fidius",
  "fidius-core",
  "fidius-guest",
  "fidius-macro",
  "inventory",
  "log",
  "serde",
  "serde_derive",
  "serde_json",
  "thiserror",
  "tracing",
]);

export function findRuntimeUses(
  plugin: PluginFacts,
  methods: readonly PluginMethod[],
  build: PluginBuild,
): readonly SetupFinding[] {
  const tokio = plugin.runtimeUses.filter((use) => use.path[0] === "tokio");
  const owners = new Set(tokio.map(({ owner }) => owner));
  const ofTokio = [...owners].map((owner) => {
    const uses = tokio.filter((use) => use.owner === owner);
    const crate = build.graph.crates.get(owner) ?? build.crate;
    const line = libraryDependency(crate, ({ packageName }) => packageName === "tokio");
    if (line !== undefined) {
      return missingTokioFeature({ plugin, methods, build, uses, line, owner: crate });
    }
    return crate.id === build.crate.id ? missingTokio(plugin, methods, build, uses) : null;
  });
  return [
    ...ofTokio.filter((finding) => finding !== null),
    ...foreignRuntimes(plugin, methods, build),
  ];
}

function missingTokio(
  plugin: PluginFacts,
  methods: readonly PluginMethod[],
  build: PluginBuild,
  uses: readonly RuntimeUse[],
): SetupFinding {
  const features = [...new Set(uses.flatMap(tokioFeaturesFor))].sort();
  return {
    kind: "missingTokioDependency",
    plugin,
    methods: methodsOf(methods, uses),
    uses,
    features,
    place: { manifestPath: build.crate.info.manifestPath, entry: null },
    fixes: [
      addSimilarDependency(build.graph, build.crate, {
        packageName: "tokio",
        features,
        fallback: "1",
      }),
    ],
  };
}

interface TokioQuestion {
  readonly plugin: PluginFacts;
  readonly methods: readonly PluginMethod[];
  readonly build: PluginBuild;
  readonly uses: readonly RuntimeUse[];
  /** The crate that depends on tokio, and its line. */
  readonly owner: CrateNode;
  readonly line: CrateDependency;
}

function missingTokioFeature(question: TokioQuestion): SetupFinding | null {
  const { plugin, methods, build, uses, line, owner } = question;
  const isMissing = (feature: string): boolean => !build.hasFeature(line, feature);
  const affected = uses.filter((use) => tokioFeaturesFor(use).some(isMissing));
  if (affected.length === 0) {
    return null;
  }
  const features = [...new Set(affected.flatMap(tokioFeaturesFor))].filter(isMissing).sort();
  const isOwn = owner.id === build.crate.id;
  return {
    kind: "missingTokioFeature",
    plugin,
    methods: methodsOf(methods, affected),
    uses: affected,
    features,
    isCertain: line.crateId !== null || !mayEnableTokio(build.graph, build.crate),
    // Cargo takes features of the package's own dependencies only.
    buildFeatures: isOwn ? features.map((feature) => `${line.key}/${feature}`) : [],
    place: { manifestPath: owner.info.manifestPath, entry: entryOf(line) },
    fixes: owner.isLocal
      ? [
          {
            kind: "enableFeatures",
            manifestPath: owner.info.manifestPath,
            entry: entryOf(line),
            features,
          },
        ]
      : [],
  };
}

/** True when a dependency whose own manifest is not known could enable features of tokio. */
function mayEnableTokio(graph: CrateGraph, root: CrateNode): boolean {
  const seen = new Set<CrateNode>();
  const pending: CrateNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) {
      continue;
    }
    seen.add(node);
    for (const { kind, crateId, packageName } of node.dependencies) {
      if (kind !== "normal" || packageName === "tokio") {
        continue;
      }
      const next = crateId === null ? undefined : graph.crates.get(crateId);
      if (next !== undefined) {
        pending.push(next);
      } else if (!withoutTokio.has(packageName)) {
        return true;
      }
    }
  }
  return false;
}

function foreignRuntimes(
  plugin: PluginFacts,
  methods: readonly PluginMethod[],
  build: PluginBuild,
): readonly SetupFinding[] {
  const byRuntime = new Map<string, RuntimeUse[]>();
  for (const use of plugin.runtimeUses) {
    const [runtime] = use.path;
    if (runtime !== undefined && runtime !== "tokio" && use.method !== null) {
      byRuntime.set(runtime, [...(byRuntime.get(runtime) ?? []), use]);
    }
  }
  return [...byRuntime].map(([runtime, uses]) => {
    const line = libraryDependency(build.crate, ({ codeName, packageName }) =>
      [codeName, packageName.replaceAll("-", "_")].includes(runtime),
    );
    return {
      kind: "foreignRuntime",
      plugin,
      methods: methodsOf(methods, uses),
      uses,
      runtime,
      place:
        line === undefined
          ? null
          : { manifestPath: build.crate.info.manifestPath, entry: entryOf(line) },
      fixes: [],
    };
  });
}

/** The async methods that hold the uses; none for code outside of them. */
function methodsOf(
  methods: readonly PluginMethod[],
  uses: readonly RuntimeUse[],
): readonly PluginMethod[] {
  return methods.filter(({ name }) => uses.some((use) => use.method === name));
}
