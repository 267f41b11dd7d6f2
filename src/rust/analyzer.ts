// The entry of this layer: crate graph and source files → everything about Fidius in the local crates. Work is kept for as
// long as the files behind it stay the same: syntax per file, module trees per crate, findings per crate with its dependencies.

import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import type { CrateInfo } from "../model/plugin.ts";
import type { BuildSettings } from "./cfg/build.ts";
import { CrateInstances, type ConditionsOf } from "./names/crateInstances.ts";
import type {
  HostInterfaceFacts,
  InterfaceFacts,
  PluginFacts,
  RustModel,
  RustProblem,
} from "./fidius/facts.ts";
import { FileCache, type FileEntry, type OnParse } from "./syntax/fileCache.ts";
import { withoutPresent } from "./fidius/leftOut.ts";
import { fidiusUsers, makesDynamicLibrary } from "./fidius/fidiusUsers.ts";
import { noCheck, type CrateCheck } from "./fidius/crateCheck.ts";
import { findingsNow, type Findings } from "./findings.ts";
import type { OutputFolderOf } from "./names/modules/modules.ts";
import type { BuildCrates } from "./names/definitions.ts";
import type { SourceFiles } from "./syntax/sourceFiles.ts";
import { MentionScan } from "./syntax/mentionScan.ts";

export interface RustAnalyzer {
  /** Reads what changed since the last time; never fails. */
  analyze(graph: CrateGraph, build: BuildSettings): RustModel;
}

/** Makes an analyzer over `files`; it may be asked again and again. */
export function createRustAnalyzer(options: {
  readonly files: SourceFiles;
  readonly onParse?: OnParse;
  /** Absent: what build scripts write is not known. */
  readonly outputFolderOf?: OutputFolderOf;
  /** Conditions that a package's build script set when it ran last, as it printed them. */
  readonly conditionsOf?: ConditionsOf;
  /** Packages for other kinds of host: what native plugins do with types is not theirs. */
  readonly isGuest?: (crate: CrateInfo) => boolean;
  /** What rules say of the Fidius code in a local crate. Absent: nothing. */
  readonly check?: CrateCheck;
}): RustAnalyzer {
  const { files, onParse = () => undefined } = options;
  const { outputFolderOf = () => undefined, isGuest = () => false } = options;
  const { conditionsOf = () => undefined, check = noCheck } = options;
  const cache = new FileCache(files, onParse);
  const analyzer = new Analyzer(cache, { files, outputFolderOf, conditionsOf, isGuest, check });
  return { analyze: (graph, build) => analyzer.analyze(graph, build) };
}

/** What is known beside the graph. */
interface Surroundings {
  readonly files: SourceFiles;
  readonly outputFolderOf: OutputFolderOf;
  readonly conditionsOf: ConditionsOf;
  readonly isGuest: (crate: CrateInfo) => boolean;
  readonly check: CrateCheck;
}

class Analyzer {
  readonly #cache: FileCache;
  readonly #surroundings: Surroundings;
  readonly #scan = new MentionScan();
  readonly #instances = new CrateInstances();
  /** By crate and build. */
  #findings = new Map<string, Findings>();

  constructor(cache: FileCache, surroundings: Surroundings) {
    this.#cache = cache;
    this.#surroundings = surroundings;
  }

  analyze(graph: CrateGraph, build: BuildSettings): RustModel {
    const fresh = new FreshFiles(this.#cache);
    const { outputFolderOf, conditionsOf } = this.#surroundings;
    const read = (file: string): FileEntry => fresh.read(file);
    const view = this.#instances.view(graph, build, { read, outputFolderOf, conditionsOf });
    const kept = new Map<string, Findings>();
    const findInBuild = (node: CrateNode, root: CrateId): Findings => {
      const key = `${node.id}\n${root}`;
      const crates: BuildCrates = {
        graph,
        open: (id) => view.open(root, id),
        tableOf: (crate) => view.tableOf(root, crate),
        featuresOf: (id) => build.featuresOf(root).get(id) ?? new Set(),
        appliesTo: (target) => build.appliesTo(target),
      };
      const { isGuest } = this.#surroundings;
      const check = isGuest(node.info) ? noCheck : this.#surroundings.check;
      const before = this.#findings.get(key);
      const found =
        kept.get(key) ?? findingsNow({ node, root, view, build: crates, check }, before);
      kept.set(key, found);
      return found;
    };
    const isLocal = (id: CrateId): boolean => graph.crates.get(id)?.isLocal === true;
    const findings = new Map<CrateId, Findings>();
    const concerned = this.#concerned(graph);
    for (const node of graph.crates.values()) {
      if (concerned.has(node.id)) {
        const own = findInBuild(node, rootFor(node, graph, build));
        const inOthers = (): readonly Findings[] =>
          buildsWith(node, graph, build).map((root) => findInBuild(node, root));
        findings.set(node.id, node.isLocal ? withOtherBuilds(own, inOthers) : own);
      }
    }
    this.#findings = kept;
    const files = this.#instances.files();
    this.#cache.keepOnly(files);
    const { isGuest } = this.#surroundings;
    const local = [...findings].filter(([id]) => isLocal(id));
    const all = local.map(([, found]) => found);
    const others = [...findings].filter(([id]) => !isLocal(id)).map(([, found]) => found);
    const interfaces = uniqueIds([...all, ...others].flatMap((found) => found.interfaces));
    const leftOut = all.flatMap((found) => found.leftOut);
    return {
      interfaces: interfaces.filter(({ crateId }) => isLocal(crateId)),
      plugins: uniqueIds(all.flatMap(({ plugins }) => plugins)),
      dependencyInterfaces: interfaces.filter(({ crateId }) => !isLocal(crateId)),
      macroCalls: new Map(local.map(([id, { macroCalls }]) => [id, macroCalls])),
      hostInterfaces: uniqueIds(
        [...all, ...others].flatMap(({ hostInterfaces }) => hostInterfaces),
      ),
      namedCrates: new Map([...findings].map(([id, { namedCrates }]) => [id, namedCrates])),
      leftOut: leftOut.map(({ item }) => item),
      lackingOutput: new Set(local.flatMap(([id, found]) => (found.lacksOutput ? [id] : []))),
      problems: uniqueProblems([
        ...all.flatMap(({ problems }) => problems),
        ...local.flatMap(([id, { typeProblems }]) => {
          const info = graph.crates.get(id)?.info;
          return info !== undefined && isGuest(info) ? [] : typeProblems;
        }),
        ...leftOut.map(({ problem }) => problem),
      ]),
      files,
    };
  }

  /** The crates to look into: those that link Fidius, and local ones that name it without. */
  #concerned(graph: CrateGraph): ReadonlySet<CrateId> {
    // Of programs, tests and examples few have plugins: their text says whether one may.
    const users = new Set(
      [...fidiusUsers(graph)].filter((id) => {
        const info = graph.crates.get(id)?.info;
        return info?.target === undefined || makesDynamicLibrary(info);
      }),
    );
    const others = [...graph.crates.values()].filter(
      ({ id, isLocal, info }) =>
        isLocal && !users.has(id) && !info.crateTypes.includes("proc-macro"),
    );
    const isLoaded = ({ info }: CrateNode): boolean => makesDynamicLibrary(info);
    const inOrder = [...others.filter(isLoaded), ...others.filter((node) => !isLoaded(node))];
    const naming = this.#scan.mayConcern(
      inOrder.flatMap(({ rootFile }) => rootFile ?? []),
      this.#surroundings.files,
    );
    const found = others.filter(({ rootFile }) => rootFile !== null && naming.has(rootFile));
    return new Set([...users, ...found.map(({ id }) => id)]);
  }
}

/** Reads each file at most once in one analysis, so that all of it sees one state. */
class FreshFiles {
  readonly #cache: FileCache;
  readonly #read = new Map<string, FileEntry>();

  constructor(cache: FileCache) {
    this.#cache = cache;
  }

  read(file: string): FileEntry {
    const known = this.#read.get(file) ?? this.#cache.read(file);
    this.#read.set(file, known);
    return known;
  }
}

/** The build in which a crate is looked at: its own, or for other people's crates the first that it is part of. */
function rootFor(node: CrateNode, graph: CrateGraph, build: BuildSettings): CrateId {
  const users = node.isLocal
    ? []
    : [...graph.crates.values()].filter(
        ({ id, isLocal, info }) =>
          isLocal && info.target === undefined && build.featuresOf(id).has(node.id),
      );
  return users[0]?.id ?? node.id;
}

/** The local builds beside its own that a crate is part of with other features. */
function buildsWith(node: CrateNode, graph: CrateGraph, build: BuildSettings): readonly CrateId[] {
  const own = featureKey(build, node.id, node.id);
  return [...graph.crates.values()].flatMap(({ id, isLocal, info }) =>
    isLocal && info.target === undefined && id !== node.id && build.featuresOf(id).has(node.id)
      ? featureKey(build, id, node.id) === own
        ? []
        : [id]
      : [],
  );
}

function featureKey(build: BuildSettings, root: CrateId, id: CrateId): string {
  return [...(build.featuresOf(root).get(id) ?? [])].sort().join();
}

/** What a crate's own build leaves out may be in the build of one that uses it: then that is where it is seen. */
function withOtherBuilds(own: Findings, inOthers: () => readonly Findings[]): Findings {
  let result = own;
  for (const other of own.leftOut.length === 0 ? [] : inOthers()) {
    const missing = new Set(result.leftOut.map(({ item }) => item.id));
    const interfaces = other.interfaces.filter(({ schema }) => missing.has(schema.id));
    const hostInterfaces = other.hostInterfaces.filter(({ schema }) => missing.has(schema.id));
    result = {
      ...result,
      interfaces: [...result.interfaces, ...interfaces],
      hostInterfaces: [...result.hostInterfaces, ...hostInterfaces],
      leftOut: withoutPresent(result.leftOut, [...interfaces, ...hostInterfaces]),
    };
  }
  return result;
}

/** Two folders may hold crates of one name: later ones get their manifest into the id. */
function uniqueIds<T extends InterfaceFacts | PluginFacts | HostInterfaceFacts>(
  facts: readonly T[],
): T[] {
  const used = new Set<string>();
  return facts.map((fact) => {
    const { id, crate } = fact.schema;
    const unique = used.has(id) ? `${id} (${crate.manifestPath})` : id;
    used.add(unique);
    return unique === id ? fact : { ...fact, schema: { ...fact.schema, id: unique } };
  });
}

function uniqueProblems(problems: readonly RustProblem[]): RustProblem[] {
  const byPlace = new Map(
    problems.map((problem) => {
      const { code, span, message } = problem;
      return [`${code} ${JSON.stringify(span)} ${message}`, problem];
    }),
  );
  return [...byPlace.values()];
}
