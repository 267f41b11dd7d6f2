// Of what is wrong with manifests, what concerns Fidius: a workspace that has nothing to do with it hears nothing from us.

import path from "node:path";
import type { ManifestNotice } from "../../cargo/manifest/manifestStore.ts";
import type { CrateGraph, CrateId } from "../../model/crateGraph.ts";
import type { RustModel } from "../../rust/fidius/facts.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";
import { fidiusDependents, withDependencies } from "./fidiusReach.ts";

/**
 * The notices on packages from which or to which Fidius is in reach, and on the workspaces of those. What a manifest says that
 * cannot be read nobody knows: it counts where anything has to do with Fidius, or when it or the library beside it names it.
 */
export function ownNotices(
  notices: readonly ManifestNotice[],
  graph: CrateGraph,
  rust: RustModel,
  files: SourceFiles,
): readonly ManifestNotice[] {
  if (notices.length === 0) {
    return notices;
  }
  const read = (file: string): string | undefined => files.read(file);
  const users = new Set([...fidiusDependents(graph, read, false), ...named(rust)]);
  const concerned = withDependencies(users, graph);
  const workspaces = new Set<string>();
  const otherWorkspaces = new Set<string>();
  for (const { id, info } of graph.crates.values()) {
    (concerned.has(id) ? workspaces : otherWorkspaces).add(info.workspaceRoot);
  }
  return notices.filter(({ file }) => {
    const folder = path.dirname(file);
    if (concerned.has(file) || workspaces.has(folder)) {
      return true;
    }
    const isKnown = graph.crates.has(file) || otherWorkspaces.has(folder);
    const texts = [file, path.join(folder, "src", "lib.rs")];
    return !isKnown && (users.size > 0 || texts.some((each) => read(each)?.includes("fidius")));
  });
}

/** Packages whose sources name Fidius, though their manifests may not. */
function named({ plugins, interfaces, hostInterfaces }: RustModel): readonly CrateId[] {
  return [...plugins, ...interfaces, ...hostInterfaces].map(({ crateId }) => crateId);
}
