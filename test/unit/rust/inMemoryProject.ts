// Crates in memory for the analyzer's tests: sources by path, dependencies by name, one parser for all.

import assert from "node:assert/strict";
import type { CrateDependency, CrateGraph, CrateNode } from "../../../src/model/crateGraph.ts";
import { currentPlatform } from "../../../src/cargo/graph/targetPlatform.ts";
import { plainBuild, type BuildChoice } from "../../../src/cargo/graph/buildChoice.ts";
import { createBuildSettings } from "../../../src/project/buildSettings.ts";
import { createRustAnalyzer, type RustAnalyzer } from "../../../src/rust/analyzer.ts";
import type { CrateCheck } from "../../../src/rust/fidius/crateCheck.ts";
import type { PluginFacts, RustModel } from "../../../src/rust/fidius/facts.ts";

/** Rust source; only there so that editors colour it. */
export const rust = String.raw;

export interface CrateSource {
  /** Path below the crate's folder → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly dependencies?: readonly DependencySource[];
  readonly edition?: string;
  readonly isLocal?: boolean;
  readonly features?: Readonly<Record<string, readonly string[]>>;
  readonly version?: string;
  /** Default: a cdylib. */
  readonly crateTypes?: readonly string[];
  readonly profiles?: NonNullable<CrateNode["profiles"]>;
  /** Name of the package, where two crates share one; the key is its folder. */
  readonly packageName?: string;
}

/** `"iface"`, or with the name in the manifest apart from the package's; `folder` where two crates share their name. */
export type DependencySource =
  | string
  | (Partial<CrateDependency> & {
      readonly key: string;
      readonly packageName: string;
      readonly folder?: string;
    });

export type ProjectSource = Readonly<Record<string, CrateSource>>;

/** A graph over `project`: crates of it are known, all other dependencies have no sources. */
export function graphOf(project: ProjectSource): CrateGraph {
  const crates = new Map<string, CrateNode>();
  for (const [name, source] of Object.entries(project)) {
    const id = manifestOf(name);
    crates.set(id, {
      id,
      info: {
        name: source.packageName ?? name,
        version: source.version ?? "0.1.0",
        manifestPath: id,
        workspaceRoot: "/ws",
        libraryName: (source.packageName ?? name).replaceAll("-", "_"),
        crateTypes: source.crateTypes ?? ["cdylib"],
      },
      rootFile: `/ws/${name}/src/lib.rs`,
      edition: source.edition ?? "2021",
      profiles: source.profiles ?? {},
      isLocal: source.isLocal ?? true,
      features: source.features ?? {},
      dependencies: (source.dependencies ?? []).map((dependency) =>
        dependencyOf(dependency, project),
      ),
    });
  }
  return { crates };
}

function dependencyOf(source: DependencySource, project: ProjectSource): CrateDependency {
  const { folder, ...written } =
    typeof source === "string" ? { key: source, packageName: source, folder: source } : source;
  const name = folder ?? written.packageName;
  return {
    codeName: written.key.replaceAll("-", "_"),
    kind: "normal",
    target: null,
    isOptional: false,
    usesDefaultFeatures: true,
    features: [],
    requirement: "1",
    crateId: name in project ? manifestOf(name) : null,
    ...written,
  };
}

function manifestOf(name: string): string {
  return `/ws/${name}/Cargo.toml`;
}

/** Path → text of all files. */
export function filesOf(project: ProjectSource): Map<string, string> {
  return new Map(
    Object.entries(project).flatMap(([name, { files }]) =>
      Object.entries(files).map(([path, text]) => [`/ws/${name}/${path}`, text] as const),
    ),
  );
}

/** Builds on Linux, plain ones unless `choice` says otherwise. */
export function analyzeGraph(
  analyzer: Pick<RustAnalyzer, "analyze">,
  graph: CrateGraph,
  choice: BuildChoice = plainBuild,
): RustModel {
  return analyzer.analyze(
    graph,
    createBuildSettings(graph, linux, () => choice),
  );
}

const linux = currentPlatform("linux", "x64");

/** Analyzes `project` once; `check` adds what rules say. */
export function analyze(
  project: ProjectSource,
  choice?: BuildChoice,
  check?: CrateCheck,
): RustModel {
  const files = filesOf(project);
  const analyzer = createRustAnalyzer({
    files: { read: (file) => files.get(file) },
    ...(check === undefined ? {} : { check }),
  });
  return analyzeGraph(analyzer, graphOf(project), choice);
}

/** The plugin of a project that has no other. */
export function onlyPlugin(project: ProjectSource): PluginFacts {
  const { plugins } = analyze(project);
  const [plugin] = plugins;
  assert.ok(plugin !== undefined && plugins.length === 1, `${String(plugins.length)} plugins`);
  return plugin;
}

/** A single crate with `fidius` and `serde` among its dependencies. */
export function oneCrate(
  text: string,
  files: Readonly<Record<string, string>> = {},
): ProjectSource {
  return {
    demo: { files: { "src/lib.rs": text, ...files }, dependencies: ["fidius", "serde"] },
  };
}
