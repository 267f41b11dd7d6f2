// The entry of this layer: crate graph and source files → everything about Fidius in the local crates. Work is kept for as
// long as the files behind it stay the same: syntax per file, module trees per crate, findings per crate with its dependencies.

import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import type { CrateInfo } from "../model/plugin.ts";
import type { BuildSettings } from "./cfg/build.ts";
import { CrateInstances } from "./names/crateInstances.ts";
import type {
  HostInterfaceFacts,
  InterfaceFacts,
  PluginFacts,
  RustModel,
  RustProblem,
} from "./fidius/facts.ts";
import { FileCache, type FileEntry, type OnParse } from "./syntax/fileCache.ts";
import { describeHostInterface, findHostInterfaces } from "./fidius/hostInterfaces.ts";
import { describeImpl, findImpls } from "./fidius/impls.ts";
import { describeInterface, findInterfaces } from "./fidius/interfaces.ts";
import { findLeftOut, type LeftOutFacts } from "./fidius/leftOut.ts";
import { isGuestPath } from "./fidius/guest.ts";
import { fidiusUsers, makesDynamicLibrary } from "./fidius/fidiusUsers.ts";
import { type MacroCallFacts, pluginMacroCalls } from "./fidius/pluginMacros.ts";
import type { Crate, Module, OutputFolderOf } from "./names/modules.ts";
import type { BuildCrates } from "./names/definitions.ts";
import { Names } from "./names/names.ts";
import { runtimeUses } from "./fidius/runtimeUses.ts";
import {
  crateTooLarge,
  fileProblems,
  outputProblems,
  sizeProblems,
} from "./fidius/fileProblems.ts";
import type { SourceFiles } from "./syntax/sourceFiles.ts";
import { unlessTooLarge } from "./syntax/unlessTooLarge.ts";
import { MentionScan } from "./syntax/mentionScan.ts";
import { problemsOf, typeResolvers } from "./types/typeResolvers.ts";

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
  /** Packages for other kinds of host: what native plugins do with types is not theirs. */
  readonly isGuest?: (crate: CrateInfo) => boolean;
}): RustAnalyzer {
  const { files, onParse = () => undefined } = options;
  const { outputFolderOf = () => undefined, isGuest = () => false } = options;
  const cache = new FileCache(files, onParse);
  const analyzer = new Analyzer(cache, { files, outputFolderOf, isGuest });
  return { analyze: (graph, build) => analyzer.analyze(graph, build) };
}

/** What was found in one crate, and the crates that were opened for it. */
interface Findings {
  readonly basis: ReadonlyMap<CrateId, Crate | null>;
  readonly interfaces: readonly InterfaceFacts[];
  readonly plugins: readonly PluginFacts[];
  readonly macroCalls: readonly MacroCallFacts[];
  readonly hostInterfaces: readonly HostInterfaceFacts[];
  readonly namedCrates: readonly CrateId[];
  readonly leftOut: readonly LeftOutFacts[];
  /** It includes a file that its build script has not written yet. */
  readonly lacksOutput: boolean;
  readonly problems: readonly RustProblem[];
  /** What bincode makes of the types. */
  readonly typeProblems: readonly RustProblem[];
}

/** What is known beside the graph. */
interface Surroundings {
  readonly files: SourceFiles;
  readonly outputFolderOf: OutputFolderOf;
  readonly isGuest: (crate: CrateInfo) => boolean;
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
    const view = this.#instances.view(
      graph,
      build,
      (file) => fresh.read(file),
      this.#surroundings.outputFolderOf,
    );
    const kept = new Map<string, Findings>();
    const findInBuild = (node: CrateNode, root: CrateId): Findings => {
      const key = `${node.id}\n${root}`;
      const open = (id: CrateId): Crate | null => view.open(root, id);
      const found =
        kept.get(key) ??
        this.#current(key, open) ??
        findWithin(node, {
          graph,
          open,
          tableOf: (crate) => view.tableOf(root, crate),
          featuresOf: (id) => build.featuresOf(root).get(id) ?? new Set(),
          appliesTo: (target) => build.appliesTo(target),
        });
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

  /** The findings of last time, when all that they rest on is as it was. */
  #current(key: string, open: (id: CrateId) => Crate | null): Findings | undefined {
    const before = this.#findings.get(key);
    const isCurrent =
      before !== undefined && [...before.basis].every(([id, crate]) => open(id) === crate);
    return isCurrent ? before : undefined;
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

/** What is in the crate; a crate that no limit made small enough has nothing but the word of it. */
function findWithin(node: CrateNode, build: BuildCrates): Findings {
  const basis = new Map<CrateId, Crate | null>();
  const nothing: Findings = {
    basis,
    interfaces: [],
    plugins: [],
    hostInterfaces: [],
    namedCrates: [],
    macroCalls: [],
    leftOut: [],
    lacksOutput: false,
    problems: [],
    typeProblems: [],
  };
  const open = (id: CrateId): Crate | null => {
    const opened = build.open(id);
    basis.set(id, opened);
    return opened;
  };
  const names = new Names({ ...build, open });
  const found = unlessTooLarge(
    () => findIn(node, names, nothing),
    () => ({ ...nothing, problems: node.isLocal ? [crateTooLarge(node)] : [] }),
  );
  names.openAll();
  return found;
}

function findIn(node: CrateNode, names: Names, none: Findings): Findings {
  const crate = names.crate(node.id);
  if (crate === null) {
    return none;
  }
  if (crate.root === null) {
    // A library whose only file is too large has nothing but that.
    return { ...none, problems: crate.node.isLocal ? sizeProblems(crate) : [] };
  }
  const modules = crate.modules();
  const interfaces = modules.flatMap((module) => findInterfaces(names, module));
  const impls = modules.flatMap((module) => findImpls(names, module));
  const macroCalls = crate.node.isLocal ? pluginMacroCalls(crate, names) : [];
  const namedCrates = namedDependencies(crate, modules);
  const hostTraits = modules.flatMap((module) => findHostInterfaces(names, module));
  const leftOut = crate.node.isLocal ? findLeftOut(crate, names) : [];
  const missing = crate.node.isLocal ? outputProblems(crate) : [];
  const sizes = crate.node.isLocal ? [...sizeProblems(crate), ...missing] : [];
  const lacksOutput = missing.length > 0;
  if (interfaces.length + impls.length + hostTraits.length === 0) {
    return { ...none, namedCrates, macroCalls, leftOut, lacksOutput, problems: sizes };
  }
  const resolvers = typeResolvers(names);
  const problems = [...sizes, ...fileProblems(crate)];
  const described = interfaces.map((found) => describeInterface(found, resolvers, problems));
  const hostInterfaces = hostTraits.map((found) =>
    describeHostInterface(found, resolvers, problems),
  );
  const others = (): Crate[] =>
    localDependencies(node.id, names.graph).flatMap((id) => names.crate(id) ?? []);
  const uses = runtimeUses(crate, impls, names, others);
  const plugins = impls.map((found) => ({
    ...describeImpl(found, resolvers, problems),
    runtimeUses: uses.get(found) ?? [],
  }));
  return {
    basis: none.basis,
    interfaces: described,
    plugins,
    hostInterfaces,
    namedCrates,
    macroCalls,
    lacksOutput,
    leftOut: withoutPresent(leftOut, [...described, ...plugins, ...hostInterfaces]),
    problems,
    // A WASM component's types cross as WIT has them.
    typeProblems: [...described, ...plugins].some(({ fidius }) => isGuestPath(fidius))
      ? []
      : problemsOf(resolvers),
  };
}

/** The dependencies whose names stand in the crate's files. */
function namedDependencies(crate: Crate, modules: readonly Module[]): readonly CrateId[] {
  const files = new Set(modules.map(({ file }) => file));
  const isNamed = (name: string): boolean => [...files].some(({ text }) => text.includes(name));
  return crate.node.dependencies.flatMap(({ crateId, kind, codeName }) =>
    crateId !== null && kind === "normal" && isNamed(codeName) ? [crateId] : [],
  );
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

/** Of several declarations under opposite conditions one is in the build, and nothing is missing. */
function withoutPresent(
  leftOut: readonly LeftOutFacts[],
  present: readonly (InterfaceFacts | PluginFacts | HostInterfaceFacts)[],
): readonly LeftOutFacts[] {
  const ids = new Set(present.map(({ schema }) => schema.id));
  return leftOut.filter(({ item }) => !ids.has(item.id));
}

/** The user's own crates that the crate is built with, in a steady order. */
function localDependencies(id: CrateId, graph: CrateGraph): CrateId[] {
  const closure = new Set<CrateId>([id]);
  for (const current of closure) {
    for (const { crateId, kind } of graph.crates.get(current)?.dependencies ?? []) {
      if (crateId !== null && kind === "normal" && graph.crates.get(crateId)?.isLocal === true) {
        closure.add(crateId);
      }
    }
  }
  return [...closure];
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
    problems.map((problem) => [`${problem.code} ${JSON.stringify(problem.span)}`, problem]),
  );
  return [...byPlace.values()];
}
