// The entry of this layer: crate graph and source files → everything about Fidius in the local crates. Work is kept for as
// long as the files behind it stay the same: syntax per file, module trees per crate, findings per crate with its dependencies.

import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import type {
  HostInterfaceFacts,
  InterfaceFacts,
  PluginFacts,
  RustModel,
  RustProblem,
} from "./facts.ts";
import { FileCache, type FileEntry } from "./fileCache.ts";
import { describeHostInterface, findHostInterfaces } from "./hostInterfaces.ts";
import { describeImpl, findImpls } from "./impls.ts";
import { describeInterface, findInterfaces } from "./interfaces.ts";
import { fidiusUsers, makesDynamicLibrary } from "./fidiusUsers.ts";
import { type MacroCallFacts, pluginMacroCalls } from "./pluginMacros.ts";
import { Crate } from "./modules.ts";
import { Names } from "./names.ts";
import { runtimeUses } from "./runtimeUses.ts";
import { fileProblems } from "./fileProblems.ts";
import type { RustParser, SourceFiles } from "./sourceFiles.ts";
import { problemsOf, typeResolvers } from "./typeResolvers.ts";

export interface RustAnalyzer {
  /** Reads what changed since the last time; never fails. */
  analyze(graph: CrateGraph): RustModel;
  /** Frees the syntax trees. */
  dispose(): void;
}

/** Makes an analyzer over `files`; it may be asked again and again. */
export function createRustAnalyzer(options: {
  readonly files: SourceFiles;
  readonly parser: RustParser;
}): RustAnalyzer {
  const analyzer = new Analyzer(new FileCache(options.files, options.parser));
  return {
    analyze: (graph) => analyzer.analyze(graph),
    dispose: () => {
      analyzer.dispose();
    },
  };
}

/** What was found in one crate, and the crates whose sources it rests on. */
interface Findings {
  readonly basis: readonly (Crate | null)[];
  readonly interfaces: readonly InterfaceFacts[];
  readonly plugins: readonly PluginFacts[];
  readonly macroCalls: readonly MacroCallFacts[];
  readonly hostInterfaces: readonly HostInterfaceFacts[];
  readonly problems: readonly RustProblem[];
}

class Analyzer {
  readonly #cache: FileCache;
  #crates = new Map<CrateId, Crate>();
  #findings = new Map<CrateId, Findings>();

  constructor(cache: FileCache) {
    this.#cache = cache;
  }

  dispose(): void {
    this.#cache.dispose();
  }

  analyze(graph: CrateGraph): RustModel {
    const fresh = new FreshFiles(this.#cache);
    this.#crates = this.#currentCrates(graph, fresh);
    const open = (id: CrateId): Crate | null => this.#open(id, graph, fresh);
    const names = new Names(graph, open);
    const findings = new Map<CrateId, Findings>();
    for (const node of graph.crates.values()) {
      if (node.isLocal || fidiusUsers(graph).has(node.id)) {
        findings.set(node.id, this.#findingsOf(node, graph, names, open));
      }
    }
    this.#findings = findings;
    const files = this.#filesInUse();
    this.#cache.keepOnly(files);
    const isLocal = (id: CrateId): boolean => graph.crates.get(id)?.isLocal === true;
    const local = [...findings].filter(([id]) => isLocal(id));
    const all = local.map(([, found]) => found);
    const others = [...findings].filter(([id]) => !isLocal(id)).map(([, found]) => found);
    const interfaces = uniqueIds([...all, ...others].flatMap((found) => found.interfaces));
    return {
      interfaces: interfaces.filter(({ crateId }) => isLocal(crateId)),
      plugins: uniqueIds(all.flatMap(({ plugins }) => plugins)),
      dependencyInterfaces: interfaces.filter(({ crateId }) => !isLocal(crateId)),
      macroCalls: new Map(local.map(([id, { macroCalls }]) => [id, macroCalls])),
      hostInterfaces: uniqueIds(all.flatMap(({ hostInterfaces }) => hostInterfaces)),
      problems: uniqueProblems(all.flatMap(({ problems }) => problems)),
      files,
    };
  }

  /** The crates of last time whose manifest and files are as they were. */
  #currentCrates(graph: CrateGraph, fresh: FreshFiles): Map<CrateId, Crate> {
    const kept = [...this.#crates].filter(([id, crate]) => {
      const node = graph.crates.get(id);
      return node !== undefined && isSameNode(node, crate.node) && isCurrent(crate, fresh);
    });
    return new Map(kept);
  }

  #open(id: CrateId, graph: CrateGraph, fresh: FreshFiles): Crate | null {
    const known = this.#crates.get(id);
    if (known !== undefined) {
      return known;
    }
    const node = graph.crates.get(id);
    if (node === undefined || node.rootFile === null) {
      return null;
    }
    const crate = new Crate(node, (file) => fresh.read(file));
    this.#crates.set(id, crate);
    return crate;
  }

  #findingsOf(
    node: CrateNode,
    graph: CrateGraph,
    names: Names,
    open: (id: CrateId) => Crate | null,
  ): Findings {
    const basis = dependencyClosure(node.id, graph).map(open);
    const before = this.#findings.get(node.id);
    const isCurrentBasis =
      before?.basis.length === basis.length &&
      before.basis.every((crate, index) => crate === basis[index]);
    const crate = open(node.id);
    if (isCurrentBasis) {
      return before;
    }
    return crate === null
      ? { basis, interfaces: [], plugins: [], hostInterfaces: [], macroCalls: [], problems: [] }
      : { basis, ...findIn(crate, basis, names) };
  }

  #filesInUse(): Set<string> {
    return new Set([...this.#crates.values()].flatMap((crate) => [...crate.files.keys()]));
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

function findIn(
  crate: Crate,
  basis: readonly (Crate | null)[],
  names: Names,
): Omit<Findings, "basis"> {
  const modules = crate.modules();
  const interfaces = modules.flatMap((module) => findInterfaces(names, module));
  const impls = modules.flatMap((module) => findImpls(names, module));
  const canBePlugin = crate.node.isLocal && makesDynamicLibrary(crate.node.info);
  const macroCalls = canBePlugin ? pluginMacroCalls(crate, names) : [];
  const hostTraits = modules.flatMap((module) => findHostInterfaces(names, module));
  if (interfaces.length + impls.length + hostTraits.length === 0) {
    return { interfaces: [], plugins: [], hostInterfaces: [], macroCalls, problems: [] };
  }
  const resolvers = typeResolvers(names);
  const problems = fileProblems(crate);
  const described = interfaces.map((found) => describeInterface(found, resolvers, problems));
  const hostInterfaces = hostTraits.map((found) =>
    describeHostInterface(found, resolvers, problems),
  );
  const uses = runtimeUses(
    crate,
    impls,
    names,
    basis.filter((other) => other !== null),
  );
  const plugins = impls.map((found) => ({
    ...describeImpl(found, resolvers, problems),
    runtimeUses: uses.get(found) ?? [],
  }));
  return {
    interfaces: described,
    plugins,
    hostInterfaces,
    macroCalls,
    problems: [...problems, ...problemsOf(resolvers)],
  };
}

/** The crate and all it depends on, in a steady order. */
function dependencyClosure(id: CrateId, graph: CrateGraph): CrateId[] {
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

/** Files of packages from a registry do not change; only the user's own are looked at again. */
function isCurrent(crate: Crate, fresh: FreshFiles): boolean {
  if (!crate.node.isLocal) {
    return true;
  }
  return [...crate.files].every(([file, entry]) => {
    const now = fresh.read(file);
    return now === entry || (now.kind !== "read" && now.kind === entry.kind);
  });
}

function isSameNode(a: CrateNode, b: CrateNode): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
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
