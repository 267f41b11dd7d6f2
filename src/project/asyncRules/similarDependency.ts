// Where a new dependency line takes its version from, so that a fix never brings a second version of a package into a build.

import path from "node:path";
import type { CrateDependency, CrateGraph, CrateNode } from "../../model/crateGraph.ts";
import type { SetupFix } from "./setupFinding.ts";

type AddDependency = Extract<SetupFix, { kind: "addDependency" }>;

/** Packages that are released together under one number. */
const family = /^fidius(-core|-macro|-guest)?$/;

/** The fix that adds `packageName` to the manifest of `crate`, as the crates around it depend on it. */
export function addSimilarDependency(
  graph: CrateGraph,
  crate: CrateNode,
  wanted: Pick<AddDependency, "packageName" | "features"> & { readonly fallback: string },
): AddDependency {
  return {
    kind: "addDependency",
    manifestPath: crate.info.manifestPath,
    packageName: wanted.packageName,
    features: wanted.features,
    workspaceManifest: path.join(crate.info.workspaceRoot, "Cargo.toml"),
    ...similarLine(graph, crate, wanted.packageName, wanted.fallback),
  };
}

/** The line of `crate`, of what it depends on, or of any local crate that names the package, or a package released with it. */
function similarLine(
  graph: CrateGraph,
  crate: CrateNode,
  packageName: string,
  fallback: string,
): Pick<AddDependency, "like" | "requirement"> {
  const candidates = [crate, ...directDependencies(graph, crate), ...localCrates(graph)];
  const same = findLine(candidates, (line) => line.packageName === packageName);
  if (same !== undefined) {
    return {
      like: { manifestPath: same.crate.info.manifestPath, key: same.line.key },
      requirement: same.line.requirement ?? fallback,
    };
  }
  const sibling = family.test(packageName)
    ? findLine(candidates, (line) => family.test(line.packageName) && line.requirement !== null)
    : undefined;
  return { like: null, requirement: sibling?.line.requirement ?? fallback };
}

function directDependencies(graph: CrateGraph, crate: CrateNode): readonly CrateNode[] {
  return crate.dependencies
    .map(({ crateId }) => (crateId === null ? undefined : graph.crates.get(crateId)))
    .filter((node) => node?.isLocal === true)
    .filter((node) => node !== undefined);
}

function localCrates(graph: CrateGraph): readonly CrateNode[] {
  return [...graph.crates.values()].filter((node) => node.isLocal);
}

function findLine(
  crates: readonly CrateNode[],
  matches: (line: CrateDependency) => boolean,
): { crate: CrateNode; line: CrateDependency } | undefined {
  for (const crate of crates) {
    const line = crate.dependencies.find(matches);
    if (line !== undefined) {
      return { crate, line };
    }
  }
  return undefined;
}
