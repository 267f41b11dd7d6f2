// Which workspaces cargo is asked about: those with a package that has to do with Fidius, or may through packages of
// other people, which no manifest of the open folders tells.

import path from "node:path";
import type { CrateGraph } from "../../model/crateGraph.ts";
import { fidiusDependents } from "./fidiusReach.ts";

/** The workspaces' manifests. `read` gives a file's text. */
export function metadataRoots(
  graph: CrateGraph,
  read: (file: string) => string | undefined,
): readonly string[] {
  const dependents = fidiusDependents(graph, read, true);
  const roots = [...graph.crates.values()]
    .filter(({ id, isLocal }) => isLocal && dependents.has(id))
    .map(({ info }) => path.join(info.workspaceRoot, "Cargo.toml"));
  return [...new Set(roots)];
}
