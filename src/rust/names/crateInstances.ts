// The crates of a graph as builds see them: one crate may be in several builds with different features, and is then read as
// several. They are opened when a name leads into them, and kept for as long as manifest, features and files stay the same.

import type { CrateInfo } from "../../model/plugin.ts";
import type { CrateDependency, CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import type { BuildSettings, ScriptConditions } from "../cfg/build.ts";
import type { CfgOptions } from "../cfg/cfg.ts";
import type { FileEntry } from "../syntax/fileCache.ts";
import { Configuration } from "../cfg/configuration.ts";
import { insideChanges, type ChunkItems } from "./modules/insideChanges.ts";
import { NameTable } from "./nameTable.ts";
import { CrateMacros } from "./crateMacros.ts";
import { Crate, type OutputFolderOf } from "./modules/crate.ts";
import { isFidiusPackage } from "./stdNames.ts";

const noFeatures: ReadonlySet<string> = new Set();
const noConditions: ScriptConditions = { set: [], declared: [] };

/** A crate in one build, by a key that other builds with the same features and conditions share. */
interface InstanceKey {
  readonly key: string;
  readonly configuration: Configuration;
}

/** What is known of files and of what build scripts left behind. */
export interface OnDisk {
  readonly read: (file: string) => FileEntry;
  readonly outputFolderOf: OutputFolderOf;
  readonly conditionsOf: ConditionsOf;
}

/** What a package's build script said of `cfg` when it ran last; undefined before. */
export type ConditionsOf = (crate: CrateInfo) => ScriptConditions | undefined;

/** One look at the graph. */
export interface CrateView {
  /** The crate `id` as the build of `root` sees it. */
  open(root: CrateId, id: CrateId): Crate | null;
  /** What the names in the crate mean in the build of `root`, and in all that see it and what it links in the same way. */
  tableOf(root: CrateId, crate: Crate): NameTable;
  /**
   * The chunks of `before`, the crate as the build of `root` saw it at the last look, that are others now, where no name, macro
   * or impl block means anything else; null where one may.
   */
  changesIn(root: CrateId, before: Crate): ReadonlySet<ChunkItems> | null;
}

interface SharedTable {
  readonly table: NameTable;
  /** Keys of the crates that its answers may lead into. */
  readonly crates: readonly string[];
}

export class CrateInstances {
  #crates = new Map<string, Crate>();
  /** Keys of the crates that were opened since the last {@link view}. */
  #used = new Set<string>();
  readonly #configurations = new WeakMap<CfgOptions, Map<string, Configuration>>();
  readonly #keys = new WeakMap<Configuration, number>();
  #keyCount = 0;
  #open: (root: CrateId, id: CrateId) => Crate | null = () => null;
  #tables = new Map<string, SharedTable>();
  #viewed: { readonly graph: CrateGraph; readonly build: BuildSettings } | undefined;

  /** Begins to look at one state of everything; what is no longer as it was is dropped. */
  view(
    graph: CrateGraph,
    build: BuildSettings,
    { read, outputFolderOf, conditionsOf }: OnDisk,
  ): CrateView {
    const before = this.#crates;
    const isSame = this.#viewed?.graph === graph && this.#viewed.build === build;
    this.#viewed = { graph, build };
    const changes = new Map<Crate, ReadonlySet<ChunkItems>>();
    this.#crates = new Map();
    for (const [key, crate] of before) {
      const inside = this.#used.has(key)
        ? insideOf(crate, graph, { read, outputFolderOf }, isSame)
        : null;
      if (inside !== null) {
        this.#crates.set(key, crate);
        changes.set(crate, inside);
      }
    }
    this.#keepTables(isSame, before, changes);
    this.#used = new Set();
    const libraries = countLibraries(graph);
    const keys = new Map<CrateId, Map<CrateId, InstanceKey>>();
    const keyOf = (root: CrateId, id: CrateId): InstanceKey => {
      const ofRoot = keys.get(root) ?? new Map<CrateId, InstanceKey>();
      keys.set(root, ofRoot);
      const node = graph.crates.get(id);
      // Packages of others may be there in several versions, whose runs cannot be told apart.
      const conditions = node?.isLocal === true ? conditionsOf(node.info) : undefined;
      const known = ofRoot.get(id) ?? this.#key(root, id, build, conditions);
      ofRoot.set(id, known);
      return known;
    };
    const open = (root: CrateId, id: CrateId): Crate | null => {
      const node = graph.crates.get(id);
      if (node === undefined || node.rootFile === null) {
        return null;
      }
      const { key, configuration } = keyOf(root, id);
      this.#used.add(key);
      const known = this.#crates.get(key);
      if (known !== undefined) {
        return known;
      }
      const isLibrary = node.info.target === undefined;
      const isUnique = isLibrary && libraries.get(node.info.libraryName) === 1;
      // A crate outlives this look at the graph, so it asks for others by way of the look that is the newest then.
      const openOther = (other: CrateId): Crate | null => this.#open(root, other);
      const expands = node.isLocal || node.dependencies.some(isFidius);
      const crate = new Crate(node, configuration, {
        isUnique,
        read,
        outputFolderOf,
        macros: expands ? (owner) => new CrateMacros(owner, openOther) : null,
      });
      this.#crates.set(key, crate);
      return crate;
    };
    this.#open = open;
    return {
      open,
      tableOf: (root, crate) => {
        const { id } = crate.node;
        return open(root, id) === crate
          ? this.#tableFor(linkedCrates(graph, id).map((linked) => keyOf(root, linked).key))
          : new NameTable();
      },
      changesIn: (root, crate) =>
        open(root, crate.node.id) === crate ? (changes.get(crate) ?? null) : null,
    };
  }

  /** Answers hold while no crate that they may lead into is another one. */
  #keepTables(
    isSame: boolean,
    before: ReadonlyMap<string, Crate>,
    changes: ReadonlyMap<Crate, ReadonlySet<ChunkItems>>,
  ): void {
    const dropped = new Set([...before.keys()].filter((key) => !this.#crates.has(key)));
    for (const [key, { table, crates }] of this.#tables) {
      if (!isSame || crates.some((crate) => dropped.has(crate))) {
        this.#tables.delete(key);
        continue;
      }
      const inside = crates.flatMap((crate) => {
        const kept = this.#crates.get(crate);
        return [...((kept && changes.get(kept)) ?? [])];
      });
      if (inside.length > 0 && !table.forget(new Set(inside))) {
        this.#tables.delete(key);
      }
    }
  }

  #tableFor(crates: readonly string[]): NameTable {
    const key = crates.join("\n\n");
    const shared = this.#tables.get(key) ?? { table: new NameTable(), crates };
    this.#tables.set(key, shared);
    return shared.table;
  }

  #key(
    root: CrateId,
    id: CrateId,
    build: BuildSettings,
    conditions: ScriptConditions | undefined,
  ): InstanceKey {
    const features = [...(build.featuresOf(root).get(id) ?? noFeatures)].sort().join(",");
    const configuration = this.#configuration(features, build.cfgOf(root), conditions);
    return { key: `${id}\n${String(this.#keyOf(configuration))}`, configuration };
  }

  /** Files of all crates that are open. */
  files(): Set<string> {
    return new Set([...this.#crates.values()].flatMap((crate) => [...crate.files.keys()]));
  }

  #keyOf(configuration: Configuration): number {
    const key = this.#keys.get(configuration) ?? this.#keyCount++;
    this.#keys.set(configuration, key);
    return key;
  }

  #configuration(
    features: string,
    target: CfgOptions,
    conditions: ScriptConditions = noConditions,
  ): Configuration {
    const ofTarget = this.#configurations.get(target) ?? new Map<string, Configuration>();
    this.#configurations.set(target, ofTarget);
    const key = JSON.stringify([features, conditions]);
    const known = ofTarget.get(key);
    if (known !== undefined) {
      return known;
    }
    const enabled = new Set(features === "" ? [] : features.split(","));
    const values = new Map([...target.values, ["feature", enabled] as const]);
    const options = withConditions({ flags: target.flags, values }, conditions);
    const configuration = new Configuration(options);
    ofTarget.set(key, configuration);
    return configuration;
  }
}

/** `fast` and `kind="slow"`, beside what is set already. */
function withConditions(options: CfgOptions, { set, declared }: ScriptConditions): CfgOptions {
  const flags = new Set(options.flags);
  const values = new Map(options.values);
  for (const condition of set) {
    const [, name = condition, value] = /^(\S+?)\s*=\s*"(.*)"$/u.exec(condition) ?? [];
    if (value === undefined) {
      flags.add(name);
    } else {
      values.set(name, new Set([...(values.get(name) ?? []), value]));
    }
  }
  return { flags, values, declared: new Set(declared) };
}

/** The crate and all that it links, in a steady order. */
function linkedCrates({ crates }: CrateGraph, id: CrateId): readonly CrateId[] {
  const linked = new Set([id]);
  for (const current of linked) {
    for (const { crateId, kind } of crates.get(current)?.dependencies ?? []) {
      if (crateId !== null && kind === "normal") {
        linked.add(crateId);
      }
    }
  }
  return [...linked];
}

/** How many crates of the graph have each name in code. */
function countLibraries(graph: CrateGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { info } of graph.crates.values()) {
    if (info.target !== undefined) {
      continue; // nothing names it
    }
    counts.set(info.libraryName, (counts.get(info.libraryName) ?? 0) + 1);
  }
  return counts;
}

/** Files of packages from a registry or from git do not change; all others are looked at again. */
function isCurrent(
  crate: Crate,
  graph: CrateGraph,
  read: (file: string) => FileEntry,
  outputFolderOf: OutputFolderOf,
): boolean {
  const node = graph.crates.get(crate.node.id);
  if (node === undefined || !isSameNode(node, crate.node) || crate.hasOtherOutput(outputFolderOf)) {
    return false;
  }
  if (node.isDownloaded === true) {
    return true;
  }
  const isRead = [...crate.files].every(([file, entry]) => {
    const now = read(file);
    return now === entry || (now.kind !== "read" && now.kind === entry.kind);
  });
  return (
    isRead &&
    [...(crate.macros?.consulted ?? [])].every(
      (other) => other === crate || isCurrent(other, graph, read, outputFolderOf),
    )
  );
}

/**
 * The chunks that were others since the last look at the crate, which has taken them over; none where nothing is another, null
 * where the crate cannot be kept.
 */
function insideOf(
  crate: Crate,
  graph: CrateGraph,
  { read, outputFolderOf }: Pick<OnDisk, "read" | "outputFolderOf">,
  isSameBuild: boolean,
): ReadonlySet<ChunkItems> | null {
  if (isCurrent(crate, graph, read, outputFolderOf)) {
    return new Set();
  }
  const changes = isSameBuild ? changesOf(crate, graph, read, outputFolderOf) : null;
  return changes !== null && crate.takeOver(read) ? changes : null;
}

/** The chunks of a crate that are others now, where only the inside of items is; null where more is. */
function changesOf(
  crate: Crate,
  graph: CrateGraph,
  read: (file: string) => FileEntry,
  outputFolderOf: OutputFolderOf,
): ReadonlySet<ChunkItems> | null {
  const node = graph.crates.get(crate.node.id);
  if (node === undefined || !isSameNode(node, crate.node) || crate.hasOtherOutput(outputFolderOf)) {
    return null;
  }
  const all = new Set<ChunkItems>();
  for (const [file, entry] of crate.files) {
    const now = read(file);
    if (now === entry || (now.kind !== "read" && now.kind === entry.kind)) {
      continue;
    }
    const isRead = now.kind === "read" && entry.kind === "read";
    const inFile = isRead ? insideChanges(entry.syntax, now.syntax) : null;
    if (inFile === null) {
      return null;
    }
    inFile.forEach((chunk) => all.add(chunk));
  }
  // What macros of other crates make here is the same while those are what they were.
  const isMadeAlike = [...(crate.macros?.consulted ?? [])].every(
    (other) =>
      other === crate ||
      isCurrent(other, graph, read, outputFolderOf) ||
      changesOf(other, graph, read, outputFolderOf) !== null,
  );
  return isMadeAlike ? all : null;
}

function isFidius({ packageName }: CrateDependency): boolean {
  return isFidiusPackage(packageName);
}

function isSameNode(a: CrateNode, b: CrateNode): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
