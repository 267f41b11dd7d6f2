// Which packages have to do with Fidius, told by manifests and lock files alone: those that depend on it at any distance, and
// what these depend on. All others are somebody else's business: cargo is not asked about them, nothing is said of them.

import path from "node:path";
import type { CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import { makesDynamicLibrary } from "../../rust/fidius/fidiusUsers.ts";

type ReadText = (file: string) => string | undefined;

/**
 * The packages that depend on Fidius, or may: a dynamic library that links packages from elsewhere may be a plugin that macros
 * make. Where there is a lock file, it says whether Fidius is among those packages; without one they count when `guesses`.
 * `read` gives a file's text.
 */
export function fidiusDependents(
  { crates }: CrateGraph,
  read: ReadText,
  guesses: boolean,
): ReadonlySet<CrateId> {
  const dependents = new Map<CrateId, CrateId[]>();
  const found = new Set<CrateId>();
  for (const { id, dependencies } of crates.values()) {
    for (const { packageName, crateId } of dependencies) {
      if (packageName.startsWith("fidius")) {
        found.add(id);
      } else if (crateId !== null) {
        const known = dependents.get(crateId);
        if (known === undefined) {
          dependents.set(crateId, [id]);
        } else {
          known.push(id);
        }
      }
    }
  }
  const locks = new Map<string, Lock>();
  const lockOf = ({ info }: CrateNode): Lock => {
    const file = path.join(info.workspaceRoot, "Cargo.lock");
    const lock = locks.get(file) ?? readLock(read(file));
    locks.set(file, lock);
    return lock;
  };
  for (const node of crates.values()) {
    if (node.isLocal && makesDynamicLibrary(node.info) && mayLink(node, crates, lockOf, guesses)) {
      found.add(node.id);
    }
  }
  for (const id of found) {
    for (const dependent of dependents.get(id) ?? []) {
      found.add(dependent);
    }
  }
  return found;
}

/** `packages` and everything that they depend on, as far as the graph knows it. */
export function withDependencies(
  packages: Iterable<CrateId>,
  { crates }: CrateGraph,
): ReadonlySet<CrateId> {
  const all = new Set(packages);
  for (const id of all) {
    for (const { crateId } of crates.get(id)?.dependencies ?? []) {
      if (crateId !== null) {
        all.add(crateId);
      }
    }
  }
  return all;
}

type Lock = "absent" | "namesFidius" | "other";

/** Without a lock file only a package from elsewhere that the library itself names counts: nearly every library links some. */
function mayLink(
  node: CrateNode,
  crates: CrateGraph["crates"],
  lockOf: (node: CrateNode) => Lock,
  guesses: boolean,
): boolean {
  switch (lockOf(node)) {
    case "absent":
      return guesses && linksElsewhere(node);
    case "other":
      return false;
    case "namesFidius": {
      const linked = new Set<CrateNode>([node]);
      for (const { dependencies } of linked) {
        for (const { kind, crateId } of dependencies) {
          const next = crateId === null || kind !== "normal" ? undefined : crates.get(crateId);
          if (next !== undefined) {
            linked.add(next);
          }
        }
      }
      return [...linked].some(linksElsewhere);
    }
  }
}

/** It names a package of a registry or of git, which no open folder has. */
function linksElsewhere({ dependencies }: CrateNode): boolean {
  return dependencies.some(
    ({ kind, crateId, isPath }) => kind === "normal" && crateId === null && isPath !== true,
  );
}

function readLock(text: string | undefined): Lock {
  if (text === undefined) {
    return "absent";
  }
  return /^name = "fidius/mu.test(text) ? "namesFidius" : "other";
}
