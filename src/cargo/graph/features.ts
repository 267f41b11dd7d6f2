// The features cargo enables for `cargo build -p <root>`, found without cargo: its feature resolver (version 2, and 1 where
// the workspace asks for it) over the crate graph. Packages without a manifest at hand take any feature asked of them.

import type { CrateDependency, CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import { type BuildChoice, plainBuild } from "./buildChoice.ts";
import { knownPackage, type PackageFeatures } from "./knownPackages.ts";
import { appliesTo, currentPlatform, type TargetPlatform } from "./targetPlatform.ts";
import { compatibleRange } from "../manifest/versionRequirement.ts";

/**
 * Enabled features by package: under the CrateId where the package is in the graph. Others are under `name@range`, such
 * as `fidius@0.5`, because incompatible versions do not share features. Every package outside the open folders is also
 * under its bare name, with the union over its versions. {@link featuresOf} looks up a dependency.
 */
export type EnabledFeatures = ReadonlyMap<string, ReadonlySet<string>>;

/** What the command line says about features. */
export type FeatureChoice = Omit<BuildChoice, "profile">;

export interface ResolvedFeatures {
  /** Of the packages that are linked into the library. */
  readonly normal: EnabledFeatures;
  /** Of the packages that run while building: build scripts, procedural macros and what they use. */
  readonly host: EnabledFeatures;
}

/** Features of the packages in the library of `rootCrateId`; `extraFeatures` are those of `--features`. */
export function resolveFeatures(
  graph: CrateGraph,
  rootCrateId: CrateId,
  extraFeatures: readonly string[] = [],
): EnabledFeatures {
  return resolveAllFeatures(graph, rootCrateId, { ...plainBuild, features: extraFeatures }).normal;
}

/** Features of everything in the build of `rootCrateId`. */
export function resolveAllFeatures(
  graph: CrateGraph,
  rootCrateId: CrateId,
  choice: FeatureChoice,
  platform: TargetPlatform = currentPlatform(),
): ResolvedFeatures {
  const root = graph.crates.get(rootCrateId);
  if (root === undefined) {
    return { normal: new Map(), host: new Map() };
  }
  const resolver = new FeatureResolver(graph, root, platform);
  resolver.run(choice);
  return { normal: resolver.enabled("normal"), host: resolver.enabled("host") };
}

/** The features enabled on the package that `dependency` names; empty when the build does not contain it. */
export function featuresOf(
  enabled: EnabledFeatures,
  dependency: Pick<CrateDependency, "crateId" | "packageName" | "requirement">,
): ReadonlySet<string> {
  return enabled.get(packageKey(dependency)) ?? enabled.get(dependency.packageName) ?? new Set();
}

function packageKey(
  dependency: Pick<CrateDependency, "crateId" | "packageName" | "requirement">,
): string {
  return (
    dependency.crateId ?? `${dependency.packageName}@${compatibleRange(dependency.requirement)}`
  );
}

type Side = "normal" | "host";

/** A package on one side of the build. */
interface ActivePackage {
  readonly key: string;
  readonly name: string;
  readonly side: Side;
  readonly source: PackageFeatures | undefined;
  readonly isLocal: boolean;
  readonly enabled: Set<string>;
  readonly optionalDependencies: Set<string>;
  /** `dep?/feature` values that wait for their dependency. */
  readonly waiting: Map<string, Set<string>>;
  isOpen: boolean;
}

class FeatureResolver {
  readonly #graph: CrateGraph;
  readonly #root: CrateNode;
  readonly #platform: TargetPlatform;
  /** Resolver 1 unifies over build and dev dependencies and all platforms. */
  readonly #isUnified: boolean;
  readonly #packages = new Map<string, ActivePackage>();
  readonly #queue: (() => void)[] = [];

  constructor(graph: CrateGraph, root: CrateNode, platform: TargetPlatform) {
    this.#graph = graph;
    this.#root = root;
    this.#platform = platform;
    this.#isUnified = root.resolver === "1";
  }

  run({ features, hasAllFeatures, hasDefaultFeatures }: FeatureChoice): void {
    const { id, info } = this.#root;
    const root = this.#package(id, info.name, "normal", this.#root);
    this.#open(root, hasDefaultFeatures ? ["default"] : []);
    if (hasAllFeatures) {
      this.#enableAll(root);
    }
    for (const feature of features) {
      // Cargo takes `package/feature` for the package itself too.
      const isOwn = feature.startsWith(`${info.name}/`);
      this.#enableValue(root, isOwn ? feature.slice(info.name.length + 1) : feature);
    }
    for (let task = this.#queue.pop(); task !== undefined; task = this.#queue.pop()) {
      task();
    }
  }

  #enableAll(root: ActivePackage): void {
    const optional = (root.source?.dependencies ?? []).filter(({ isOptional }) => isOptional);
    for (const feature of [
      ...Object.keys(root.source?.features ?? {}),
      ...optional.map(({ key }) => key),
    ]) {
      this.#enable(root, feature);
    }
  }

  enabled(side: Side): EnabledFeatures {
    const features = new Map<string, ReadonlySet<string>>();
    for (const item of this.#packages.values()) {
      if (item.side === side && item.isOpen) {
        features.set(item.key, item.enabled);
        if (!item.isLocal) {
          features.set(item.name, new Set([...(features.get(item.name) ?? []), ...item.enabled]));
        }
      }
    }
    return features;
  }

  #package(
    key: string,
    name: string,
    side: Side,
    source: PackageFeatures | undefined,
  ): ActivePackage {
    const id = `${side} ${key}`;
    const known = this.#packages.get(id);
    if (known !== undefined) {
      return known;
    }
    const created: ActivePackage = {
      key,
      name,
      side,
      source,
      isLocal: this.#graph.crates.get(key)?.isLocal ?? false,
      enabled: new Set(),
      optionalDependencies: new Set(),
      waiting: new Map(),
      isOpen: false,
    };
    this.#packages.set(id, created);
    return created;
  }

  /** Brings a package into the build, with its required dependencies. */
  #open(target: ActivePackage, features: readonly string[]): void {
    if (!target.isOpen) {
      target.isOpen = true;
      for (const dependency of this.#dependencies(target)) {
        if (!dependency.isOptional) {
          this.#queue.push(() => {
            this.#follow(target, dependency);
          });
        }
      }
    }
    for (const feature of features) {
      this.#enable(target, feature);
    }
  }

  #follow(owner: ActivePackage, dependency: CrateDependency): void {
    const features = dependency.usesDefaultFeatures
      ? ["default", ...dependency.features]
      : dependency.features;
    this.#open(this.#targetOf(owner, dependency), features);
  }

  #dependencies(owner: ActivePackage): readonly CrateDependency[] {
    return (owner.source?.dependencies ?? []).filter((dependency) => {
      if (dependency.kind === "dev" && !(this.#isUnified && owner.key === this.#root.id)) {
        return false;
      }
      return this.#isUnified || appliesTo(dependency.target, this.#platform);
    });
  }

  #targetOf(owner: ActivePackage, dependency: CrateDependency): ActivePackage {
    const node =
      dependency.crateId === null ? undefined : this.#graph.crates.get(dependency.crateId);
    const isForHost =
      owner.side === "host" ||
      dependency.kind === "build" ||
      node?.info.crateTypes.includes("proc-macro") === true;
    return this.#package(
      node?.id ?? packageKey({ ...dependency, crateId: null }),
      dependency.packageName,
      isForHost && !this.#isUnified ? "host" : "normal",
      node ?? knownPackage(dependency.packageName, dependency.requirement),
    );
  }

  #enable(target: ActivePackage, feature: string): void {
    if (target.enabled.has(feature)) {
      return;
    }
    const values = this.#valuesOf(target, feature);
    if (values === undefined) {
      return;
    }
    target.enabled.add(feature);
    this.#shareWithLibrary(target, feature);
    for (const value of values) {
      this.#queue.push(() => {
        this.#enableValue(target, value);
      });
    }
  }

  /** A package's features hold for all of its targets: what a target has, the library that it links has too. */
  #shareWithLibrary({ key }: ActivePackage, feature: string): void {
    const { id, info } = this.#root;
    const library =
      info.target === undefined || key !== id
        ? undefined
        : this.#graph.crates.get(info.manifestPath);
    if (library !== undefined) {
      this.#enable(this.#package(library.id, info.name, "normal", library), feature);
    }
  }

  /** What a feature switches on; undefined when the package has no such feature. */
  #valuesOf(target: ActivePackage, feature: string): readonly string[] | undefined {
    const { source } = target;
    if (source === undefined) {
      // Not at hand: whether it has default features is not known, all others were asked for by somebody.
      return feature === "default" ? undefined : [];
    }
    const declared = Object.hasOwn(source.features, feature) ? source.features[feature] : undefined;
    if (declared !== undefined) {
      return declared;
    }
    return hasImplicitFeature(source, feature) ? [`dep:${feature}`] : undefined;
  }

  #enableValue(owner: ActivePackage, value: string): void {
    const slash = value.indexOf("/");
    if (value.startsWith("dep:")) {
      this.#enableDependency(owner, value.slice(4));
    } else if (slash < 0) {
      this.#enable(owner, value);
    } else {
      const isWeak = value[slash - 1] === "?";
      const key = value.slice(0, isWeak ? slash - 1 : slash);
      this.#enableOnDependency(owner, key, value.slice(slash + 1), isWeak);
    }
  }

  #enableDependency(owner: ActivePackage, key: string): void {
    if (owner.optionalDependencies.has(key)) {
      return;
    }
    owner.optionalDependencies.add(key);
    for (const dependency of this.#dependencies(owner)) {
      if (dependency.key === key) {
        this.#follow(owner, dependency);
      }
    }
    for (const feature of owner.waiting.get(key) ?? []) {
      this.#enableOnDependency(owner, key, feature, true);
    }
  }

  #enableOnDependency(owner: ActivePackage, key: string, feature: string, isWeak: boolean): void {
    for (const dependency of this.#dependencies(owner)) {
      if (dependency.key !== key) {
        continue;
      }
      if (dependency.isOptional && isWeak && !owner.optionalDependencies.has(key)) {
        const waiting = owner.waiting.get(key) ?? new Set();
        owner.waiting.set(key, waiting.add(feature));
        continue;
      }
      if (dependency.isOptional && !isWeak) {
        this.#enableDependency(owner, key);
        // From the time before `dep:`: the feature of the dependency's own name goes on with it.
        this.#enable(owner, key);
      }
      this.#enable(this.#targetOf(owner, dependency), feature);
    }
  }
}

/** An optional dependency is a feature of its own name, unless some feature names it as `dep:…`. */
function hasImplicitFeature(source: PackageFeatures, name: string): boolean {
  return (
    source.dependencies.some((dependency) => dependency.isOptional && dependency.key === name) &&
    !Object.values(source.features).some((values) => values.includes(`dep:${name}`))
  );
}
