// Rules (a)-(d) for async methods: the crate that the generated code's path leads to must be there and be built with its
// `async` feature, since that is where `async_runtime` lives (reference 1.4).

import type { CrateDependency, CrateNode } from "../../model/crateGraph.ts";
import type { PluginMethod } from "../../model/plugin.ts";
import type { FidiusPathTarget, PluginFacts } from "../../rust/fidius/facts.ts";
import { libraryDependency, type PluginBuild } from "./buildFeatures.ts";
import { addSimilarDependency } from "./similarDependency.ts";
import {
  entryOf,
  type FindingOf,
  type ManifestPlace,
  type SetupFinding,
  type SetupFix,
} from "./setupFinding.ts";

type DependencyTarget = Extract<FidiusPathTarget, { kind: "dependency" }>;
type FeatureFinding = FindingOf<"missingAsyncFeature">;

/** Packages that have `async_runtime`, and the name that code knows them by. */
const fidiusPackages: Readonly<Record<string, string>> = {
  fidius: "fidius",
  fidius_core: "fidius-core",
};

/** The line to use for a package when no line of the workspace tells which one it uses. */
const newestFidiusLine = "0.5";

export function findAsyncFeature(
  plugin: PluginFacts,
  methods: readonly PluginMethod[],
  build: PluginBuild,
): SetupFinding | null {
  const { target } = plugin.fidius;
  switch (target.kind) {
    case "unknown":
      return null;
    case "unresolved":
      return missingDependency(plugin, methods, build);
    case "dependency": {
      const owner = build.graph.crates.get(target.owner);
      const dependency =
        owner && libraryDependency(owner, (line) => line.key === target.dependencyKey);
      if (owner === undefined || dependency === undefined) {
        return missingDependency(plugin, methods, build);
      }
      return missingFeature({ plugin, methods, build, target, owner, dependency });
    }
  }
}

/** The path leads nowhere. When it begins with a name of Fidius itself, the dependency is what is missing. */
export function missingDependency(
  plugin: PluginFacts,
  methods: readonly PluginMethod[],
  build: PluginBuild,
): SetupFinding {
  const firstName = plugin.fidius.text.replace(/^::/, "").split("::")[0] ?? "";
  const packageName = fidiusPackages[firstName];
  const core = libraryDependency(build.crate, (line) => line.packageName === "fidius-core");
  const canAdd = packageName !== undefined && plugin.fidius.text.split("::").length === 1;
  const fixes: SetupFix[] = canAdd
    ? [
        addSimilarDependency(build.graph, build.crate, {
          packageName,
          features: methods.length === 0 ? [] : ["async"],
          fallback: newestFidiusLine,
        }),
      ]
    : [];
  return {
    kind: "missingFidiusDependency",
    plugin,
    methods,
    packageName: packageName ?? plugin.fidius.text,
    hasCoreFeature: methods.length > 0 && core !== undefined && build.hasFeature(core, "async"),
    place: { manifestPath: build.crate.info.manifestPath, entry: core ?? null },
    fixes,
  };
}

/** The same question for code that a macro makes, whose plugin is not to be seen: only what to pass to cargo. */
export function passableAsyncFeatures(target: FidiusPathTarget, build: PluginBuild): Passable {
  const owner = target.kind === "dependency" ? build.graph.crates.get(target.owner) : undefined;
  const dependency =
    target.kind === "dependency" && owner !== undefined
      ? libraryDependency(owner, (line) => line.key === target.dependencyKey)
      : undefined;
  return owner === undefined ||
    dependency === undefined ||
    !hasAsyncFeature(build, dependency) ||
    build.hasFeature(dependency, "async")
    ? { buildFeatures: [], buildPackages: [] }
    : passableFeatures({ build, owner, dependency });
}

interface FeatureQuestion {
  readonly plugin: PluginFacts;
  readonly methods: readonly PluginMethod[];
  readonly build: PluginBuild;
  readonly target: DependencyTarget;
  readonly owner: CrateNode;
  readonly dependency: CrateDependency;
}

function missingFeature(question: FeatureQuestion): FeatureFinding | null {
  const { plugin, methods, build, owner, dependency } = question;
  if (!hasAsyncFeature(build, dependency) || build.hasFeature(dependency, "async")) {
    return null;
  }
  const core = libraryDependency(build.crate, (line) => line.packageName === "fidius-core");
  const { place, fixes } = featureFixes(question);
  return {
    kind: "missingAsyncFeature",
    plugin,
    methods,
    packageName: dependency.packageName,
    through: owner.id === build.crate.id ? null : owner.info.name,
    hasCoreFeature:
      dependency.packageName === "fidius" && core !== undefined && build.hasFeature(core, "async"),
    ...passableFeatures(question),
    place,
    fixes,
  };
}

/** A package without an `async` feature is not Fidius; what is wrong there, the rules do not know. */
function hasAsyncFeature(build: PluginBuild, dependency: CrateDependency): boolean {
  const node = dependency.crateId === null ? undefined : build.graph.crates.get(dependency.crateId);
  return node === undefined
    ? Object.values(fidiusPackages).includes(dependency.packageName)
    : "async" in node.features;
}

/** The lines that can carry the feature: the plugin's own line for the package first, then the line of the crate it goes through. */
function featureFixes(question: FeatureQuestion): {
  place: ManifestPlace;
  fixes: readonly SetupFix[];
} {
  const { build, owner, dependency } = question;
  const own = owner.id === build.crate.id ? dependency : samePackage(build.crate, dependency);
  const lines: { crate: CrateNode; line: CrateDependency }[] = [];
  if (own !== undefined) {
    lines.push({ crate: build.crate, line: own });
  }
  if (owner.id !== build.crate.id && owner.isLocal) {
    lines.push({ crate: owner, line: dependency });
  }
  const fixes: SetupFix[] = lines
    .filter(({ crate, line }) =>
      build.withDependencyFeature(crate.id, line.key, "async").hasFeature(dependency, "async"),
    )
    .map(({ crate, line }) => ({
      kind: "enableFeatures",
      manifestPath: crate.info.manifestPath,
      entry: entryOf(line),
      features: ["async"],
    }));
  if (own === undefined) {
    fixes.push({
      ...addSimilarDependency(build.graph, build.crate, {
        packageName: dependency.packageName,
        features: ["async"],
        fallback: dependency.requirement ?? newestFidiusLine,
      }),
      like: owner.isLocal ? { manifestPath: owner.info.manifestPath, key: dependency.key } : null,
    });
  }
  const [first] = lines;
  const place =
    first === undefined
      ? { manifestPath: build.crate.info.manifestPath, entry: entryToward(build, owner) }
      : { manifestPath: first.crate.info.manifestPath, entry: entryOf(first.line) };
  return { place, fixes };
}

/** The plugin's own line for the same package, whose features unify with it. */
function samePackage(crate: CrateNode, wanted: CrateDependency): CrateDependency | undefined {
  return libraryDependency(
    crate,
    (line) =>
      line.packageName === wanted.packageName &&
      (line.crateId === wanted.crateId || line.crateId === null || wanted.crateId === null),
  );
}

/** The plugin's line for the crate that re-exports Fidius, or null when it is not a direct dependency. */
function entryToward(build: PluginBuild, owner: CrateNode): ManifestPlace["entry"] {
  const line = libraryDependency(build.crate, ({ crateId }) => crateId === owner.id);
  return line === undefined ? null : entryOf(line);
}

type Passable = Pick<FeatureFinding, "buildFeatures" | "buildPackages">;

/**
 * What makes an unedited manifest build: `<key>/async` for the plugin's own line, else a feature of a direct dependency
 * that turns it on, else the re-exporting crate's line, which takes selecting that crate too. Cargo accepts nothing deeper
 * on its command line.
 */
function passableFeatures({
  build,
  owner,
  dependency,
}: Pick<FeatureQuestion, "build" | "owner" | "dependency">): Passable {
  const own = owner.id === build.crate.id ? dependency : samePackage(build.crate, dependency);
  const candidates: string[] = own === undefined ? [] : [`${own.key}/async`];
  for (const line of build.crate.dependencies) {
    const node = line.crateId === null ? undefined : build.graph.crates.get(line.crateId);
    if (line.kind === "normal" && node?.isLocal === true) {
      candidates.push(...Object.keys(node.features).map((feature) => `${line.key}/${feature}`));
    }
  }
  const passable = candidates.find((candidate) =>
    build.withExtraFeatures([candidate]).hasFeature(dependency, "async"),
  );
  if (passable !== undefined) {
    return { buildFeatures: [passable], buildPackages: [] };
  }
  const canSelect = owner.isLocal && owner.info.workspaceRoot === build.crate.info.workspaceRoot;
  return canSelect
    ? { buildFeatures: [`${dependency.key}/async`], buildPackages: [owner.info.name] }
    : { buildFeatures: [], buildPackages: [] };
}
