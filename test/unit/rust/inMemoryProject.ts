// Crates in memory for the analyzer's tests: sources by path, dependencies by name, one parser for all.

import type { CrateDependency, CrateGraph, CrateNode } from "../../../src/model/crateGraph.ts";
import { loadRustParser } from "../../../src/project/rustParser.ts";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import type { RustModel } from "../../../src/rust/facts.ts";

export const parser = await loadRustParser("node_modules/@vscode/tree-sitter-wasm/wasm");

/** Rust source; only there so that editors colour it. */
export const rust = String.raw;

export interface CrateSource {
  /** Path below the crate's folder → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly dependencies?: readonly DependencySource[];
  readonly edition?: string;
  readonly isLocal?: boolean;
}

/** `"iface"`, or with the name in the manifest apart from the package's. */
export type DependencySource =
  string | { readonly key: string; readonly packageName: string; readonly requirement?: string };

export type ProjectSource = Readonly<Record<string, CrateSource>>;

/** A graph over `project`: crates of it are known, all other dependencies have no sources. */
export function graphOf(project: ProjectSource): CrateGraph {
  const crates = new Map<string, CrateNode>();
  for (const [name, source] of Object.entries(project)) {
    const id = manifestOf(name);
    crates.set(id, {
      id,
      info: {
        name,
        version: "0.1.0",
        manifestPath: id,
        workspaceRoot: "/ws",
        libraryName: name.replaceAll("-", "_"),
        crateTypes: ["cdylib"],
      },
      rootFile: `/ws/${name}/src/lib.rs`,
      edition: source.edition ?? "2021",
      isLocal: source.isLocal ?? true,
      features: {},
      dependencies: (source.dependencies ?? []).map((dependency) =>
        dependencyOf(dependency, project),
      ),
    });
  }
  return { crates };
}

function dependencyOf(source: DependencySource, project: ProjectSource): CrateDependency {
  const { key, packageName, requirement } =
    typeof source === "string"
      ? { key: source, packageName: source, requirement: "1" }
      : { requirement: "1", ...source };
  return {
    key,
    codeName: key.replaceAll("-", "_"),
    packageName,
    kind: "normal",
    target: null,
    isOptional: false,
    usesDefaultFeatures: true,
    features: [],
    requirement,
    crateId: packageName in project ? manifestOf(packageName) : null,
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

/** Analyzes `project` once. */
export function analyze(project: ProjectSource): RustModel {
  const files = filesOf(project);
  const analyzer = createRustAnalyzer({ files: { read: (file) => files.get(file) }, parser });
  try {
    return analyzer.analyze(graphOf(project));
  } finally {
    analyzer.dispose();
  }
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
