// The crates of a graph as builds see them: one crate may be in several builds with different features, and is then read as
// several. They are opened when a name leads into them, and kept for as long as manifest, features and files stay the same.

import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import type { BuildSettings } from "./build.ts";
import type { FileEntry } from "./fileCache.ts";
import { Configuration } from "./configuration.ts";
import { Crate } from "./modules.ts";

const noFeatures: ReadonlySet<string> = new Set();

export class CrateInstances {
  #crates = new Map<string, Crate>();
  #configurations = new Map<string, Configuration>();
  #target: BuildSettings["target"] | null = null;

  /** Begins to look at one state of everything; what is no longer as it was is dropped. */
  view(
    graph: CrateGraph,
    build: BuildSettings,
    read: (file: string) => FileEntry,
  ): (root: CrateId, id: CrateId) => Crate | null {
    if (this.#target !== build.target) {
      this.#target = build.target;
      this.#crates = new Map();
      this.#configurations = new Map();
    }
    const current = [...this.#crates].filter(([, crate]) => isCurrent(crate, graph, read));
    this.#crates = new Map(current);
    const libraries = countLibraries(graph);
    return (root, id) => {
      const node = graph.crates.get(id);
      if (node === undefined || node.rootFile === null) {
        return null;
      }
      const features = [...(build.featuresOf(root).get(id) ?? noFeatures)].sort().join(",");
      const key = `${id}\n${features}`;
      const known = this.#crates.get(key);
      if (known !== undefined) {
        return known;
      }
      const configuration = this.#configuration(features, build.target);
      const isUnique = libraries.get(node.info.libraryName) === 1;
      const crate = new Crate(node, configuration, isUnique, read);
      this.#crates.set(key, crate);
      return crate;
    };
  }

  /** Files of all crates that are open. */
  files(): Set<string> {
    return new Set([...this.#crates.values()].flatMap((crate) => [...crate.files.keys()]));
  }

  #configuration(features: string, target: BuildSettings["target"]): Configuration {
    const known = this.#configurations.get(features);
    if (known !== undefined) {
      return known;
    }
    const enabled = new Set(features === "" ? [] : features.split(","));
    const values = new Map([...target.values, ["feature", enabled] as const]);
    const configuration = new Configuration({ flags: target.flags, values });
    this.#configurations.set(features, configuration);
    return configuration;
  }
}

/** How many crates of the graph have each name in code. */
function countLibraries(graph: CrateGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { info } of graph.crates.values()) {
    counts.set(info.libraryName, (counts.get(info.libraryName) ?? 0) + 1);
  }
  return counts;
}

/** Files of packages from a registry or from git do not change; all others are looked at again. */
function isCurrent(crate: Crate, graph: CrateGraph, read: (file: string) => FileEntry): boolean {
  const node = graph.crates.get(crate.node.id);
  if (node === undefined || !isSameNode(node, crate.node)) {
    return false;
  }
  if (node.isDownloaded === true) {
    return true;
  }
  return [...crate.files].every(([file, entry]) => {
    const now = read(file);
    return now === entry || (now.kind !== "read" && now.kind === entry.kind);
  });
}

function isSameNode(a: CrateNode, b: CrateNode): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
