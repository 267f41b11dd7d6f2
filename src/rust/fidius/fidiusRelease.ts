// Which release of Fidius a crate is built with: from what cargo resolved, else from the version its manifest asks for, as far
// as that leaves no choice. Old releases differ in paths, markers of the hash and names of the generated code (reference 1.3,
// 2.1, 5.1).

import { abiOfRelease } from "../../abi/versions.ts";
import type { CrateDependency, CrateGraph, CrateNode } from "../../model/crateGraph.ts";

/** The package whose version counts, first of all. */
const packages = ["fidius-macro", "fidius", "fidius-core", "fidius-guest"];

/** A version that cargo can only take as it is written: `=…`, and of 0.0 any (reference 1.1). */
const exact = /^(?:=\s*(?<pinned>\d+\.\d+\.\d+\S*)|\^?\s*(?<zero>0\.0\.\d+\S*))$/u;

/** A release, and the ABI that its code has. */
export interface FidiusRelease {
  /** "0.5.9". */
  readonly version: string;
  readonly abi: number;
}

/** The release of a crate of the graph; undefined when neither cargo nor a manifest says. */
export function fidiusRelease(graph: CrateGraph, node: CrateNode): FidiusRelease | undefined {
  const version = firstOf(graph, node, (line) => versionOf(graph, line));
  const abi = version === undefined ? undefined : abiOfRelease(version);
  return version === undefined || abi === undefined ? undefined : { version, abi };
}

/** The newest release that the crate may be built with; undefined where neither cargo nor a manifest says. */
export function newestRelease(graph: CrateGraph, node: CrateNode): string | undefined {
  return firstOf(graph, node, (line) => versionOf(graph, line) ?? newestAllowed(line));
}

/**
 * Whether the crate is built with a release before `wanted`, such as "0.5.7", whatever cargo chooses; false where that is not
 * known.
 */
export function isBefore(wanted: string, graph: CrateGraph, node: CrateNode): boolean {
  const newest = newestRelease(graph, node);
  const [left, right] = [newest ?? wanted, wanted].map((text) => text.split(/[.-]/u).map(Number));
  const index = [0, 1, 2].find((each) => left?.[each] !== right?.[each]) ?? 2;
  return (left?.[index] ?? 0) < (right?.[index] ?? 0);
}

/** A requirement such as `0.4.2` allows no release behind 0.4; undefined for others. */
function newestAllowed({ requirement }: CrateDependency): string | undefined {
  const minor = /^[~^]?\s*0\.(?<minor>[1-9]\d*)(?:\.\d+)?$/u.exec(
    requirement?.trim() ?? "",
  )?.groups;
  return minor?.["minor"] === undefined ? undefined : `0.${minor["minor"]}.${String(anyPatch)}`;
}

/** Above all patch releases that there are. */
const anyPatch = 1_000_000;

/** What the crate's dependency on Fidius gives, else that of the crates which bring Fidius along, such as an interface crate. */
function firstOf(
  graph: CrateGraph,
  node: CrateNode,
  versionIn: (line: CrateDependency) => string | undefined,
): string | undefined {
  const seen = new Set([node]);
  for (const current of seen) {
    const version = directVersion(current, versionIn);
    if (version !== undefined) {
      return version;
    }
    for (const { crateId, kind } of current.dependencies) {
      const next = crateId === null || kind !== "normal" ? undefined : graph.crates.get(crateId);
      if (next?.isLocal === true) {
        seen.add(next);
      }
    }
  }
  return undefined;
}

function directVersion(
  { dependencies }: CrateNode,
  versionIn: (line: CrateDependency) => string | undefined,
): string | undefined {
  for (const wanted of packages) {
    const found = dependencies.find(
      ({ packageName, kind }) => packageName === wanted && kind === "normal",
    );
    const version = found && versionIn(found);
    if (version !== undefined) {
      return version;
    }
  }
  return undefined;
}

function versionOf(graph: CrateGraph, dependency: CrateDependency): string | undefined {
  const resolved = dependency.crateId === null ? undefined : graph.crates.get(dependency.crateId);
  if (resolved !== undefined) {
    return resolved.info.version;
  }
  const written = exact.exec(dependency.requirement?.trim() ?? "")?.groups;
  return written?.["pinned"] ?? written?.["zero"];
}

/** How the macros of a release read code, where releases differ. */
export interface MacroRules {
  /** Path that generated code takes without `crate = "…"` (reference 1.3). */
  readonly defaultPath: string;
  /** Generated items stand in a module `__fidius_<Trait>`; before that beside the trait (reference 2.3). */
  readonly hasCompanion: boolean;
  /** `Stream<T>` is a stream; before that a type like any other (reference 2.1). */
  readonly hasStreams: boolean;
  /** Shims take the instance as an argument, and client streams exist (reference 3.5). */
  readonly hasInstances: boolean;
}

/** The rules of a crate's release; those of the newest when it is not known. */
export function macroRules(release: FidiusRelease | undefined): MacroRules {
  const abi = release?.abi ?? Number.POSITIVE_INFINITY;
  return {
    defaultPath: abi === 1 ? "fidius_core" : "fidius",
    hasCompanion: abi > 1,
    hasStreams: abi >= 400,
    hasInstances: abi >= 500,
  };
}
