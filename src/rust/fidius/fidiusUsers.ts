// Which crates have to do with Fidius, told by the graph alone.

import type { CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import type { CrateInfo } from "../../model/plugin.ts";

/** A library that a host can load. */
export function makesDynamicLibrary({ crateTypes }: CrateInfo): boolean {
  return crateTypes.includes("cdylib") || crateTypes.includes("dylib");
}

const knownUsers = new WeakMap<CrateGraph, ReadonlySet<CrateId>>();

/**
 * The libraries that link Fidius, directly or through others, and are no part of it themselves: only they can declare
 * interfaces.
 */
export function fidiusUsers(graph: CrateGraph): ReadonlySet<CrateId> {
  let users = knownUsers.get(graph);
  if (users === undefined) {
    users = findUsers(graph);
    knownUsers.set(graph, users);
  }
  return users;
}

function findUsers(graph: CrateGraph): ReadonlySet<CrateId> {
  const users = new Set<CrateId>();
  const dependents = new Map<CrateId, CrateId[]>();
  for (const { id, info, dependencies } of graph.crates.values()) {
    if (
      (isOfFidius(info.name) && info.target === undefined) ||
      info.crateTypes.includes("proc-macro")
    ) {
      continue;
    }
    for (const { packageName, crateId, kind } of dependencies) {
      if (kind === "normal" && isOfFidius(packageName)) {
        users.add(id);
      } else if (kind === "normal" && crateId !== null) {
        dependents.set(crateId, [...(dependents.get(crateId) ?? []), id]);
      }
    }
  }
  for (const user of users) {
    for (const dependent of dependents.get(user) ?? []) {
      users.add(dependent);
    }
  }
  return users;
}

/** Whether targets of the package, its tests and examples among them, may have to do with Fidius. */
export function mayUseFidius(graph: CrateGraph, { id, dependencies }: CrateNode): boolean {
  const users = fidiusUsers(graph);
  return (
    users.has(id) ||
    dependencies.some(
      ({ kind, packageName, crateId }) =>
        kind !== "build" && (isOfFidius(packageName) || (crateId !== null && users.has(crateId))),
    )
  );
}

function isOfFidius(packageName: string): boolean {
  return /^fidius(?:-(?:build|cli|core|guest|host|macro|python|test|wit))?$/u.test(packageName);
}

/** The crate and all that its library links, the nearest first. */
export function linkedCrates(id: CrateId, graph: CrateGraph): readonly CrateId[] {
  const linked = new Set<CrateId>([id]);
  for (const current of linked) {
    for (const { crateId, kind } of graph.crates.get(current)?.dependencies ?? []) {
      if (crateId !== null && kind === "normal" && graph.crates.has(crateId)) {
        linked.add(crateId);
      }
    }
  }
  return [...linked];
}
