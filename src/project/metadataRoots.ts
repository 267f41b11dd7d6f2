// Which workspaces cargo is asked about: those with a package that has to do with Fidius, or may have through packages of
// other people, which no manifest of the open folders tells.

import path from "node:path";
import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import { makesDynamicLibrary } from "../rust/fidius/fidiusUsers.ts";

/**
 * The workspaces' manifests. `read` gives a file's text. A dynamic library that links packages from elsewhere may be a plugin
 * that macros make; where there is a lock file, it says whether Fidius is among them.
 */
export function metadataRoots(
  { crates }: CrateGraph,
  read: (file: string) => string | undefined,
): readonly string[] {
  const isFidius = new Map<CrateId, boolean>();
  const reaches = (node: CrateNode): boolean => {
    const known = isFidius.get(node.id);
    if (known !== undefined) {
      return known;
    }
    isFidius.set(node.id, false); // a cycle (of dev dependencies) adds nothing
    const found = node.dependencies.some(({ packageName, crateId }) => {
      const target = crateId === null ? undefined : crates.get(crateId);
      return packageName.startsWith("fidius") || (target !== undefined && reaches(target));
    });
    isFidius.set(node.id, found);
    return found;
  };
  const locks = new Map<string, boolean>();
  const mayLock = (workspaceRoot: string): boolean => {
    const known =
      locks.get(workspaceRoot) ?? locksFidius(read(path.join(workspaceRoot, "Cargo.lock")));
    locks.set(workspaceRoot, known);
    return known;
  };
  const mayReach = ({ info, dependencies }: CrateNode): boolean =>
    makesDynamicLibrary(info) &&
    dependencies.some(({ kind, crateId }) => kind === "normal" && crateId === null) &&
    mayLock(info.workspaceRoot);
  const roots = [...crates.values()]
    .filter((node) => node.isLocal && (reaches(node) || mayReach(node)))
    .map((node) => path.join(node.info.workspaceRoot, "Cargo.toml"));
  return [...new Set(roots)];
}

/** Without a lock file anything may be. */
function locksFidius(lock: string | undefined): boolean {
  return lock === undefined || /^name = "fidius/mu.test(lock);
}
