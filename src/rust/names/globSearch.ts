// What the glob imports of a module bring under one name, through any number of modules and circles of them: each module is
// visited once, and what is found is handed back along the globs that led to it. Where the globs lead is the same for every
// name, and is found out once.

import {
  fromMoreThanOne,
  handedOn,
  innerScope,
  isSeenFrom,
  mergeBinding,
  scopeOf,
  type Binding,
  type Scope,
} from "./bindings.ts";
import type { UseLeaf } from "../syntax/items/items.ts";
import type { Question } from "./answerTable.ts";
import {
  behindLimit,
  inGlob,
  moduleBehind,
  type Definition,
  type Namespace,
} from "./definitions.ts";
import type { Module } from "./modules/modules.ts";
import type { AskedTables, NameTable } from "./nameTable.ts";

/** A glob import of a module. */
interface Glob {
  readonly scope: Scope;
  /** The index of the module that it brings in; of something else in `others` when `isOther`. */
  readonly source: number;
  readonly isOther: boolean;
}

interface Node {
  readonly module: Module;
  /** None in another crate's module, which is asked as a whole. */
  readonly globs: readonly Glob[];
}

/** The modules that globs lead to from one module, which is the first of them. */
export interface GlobGraph {
  readonly nodes: readonly Node[];
  /** What globs bring in that is no module. */
  readonly others: readonly Definition[];
}

/** Follows the globs of `start` and of all modules of its crate that they lead to. */
function globGraph(
  start: Module,
  target: (index: number, module: Module) => Definition | undefined,
): GlobGraph {
  const indexes = new Map<Module, number>([[start, 0]]);
  const others: Definition[] = [];
  const nodes: Node[] = [];
  // The map grows while it is walked.
  for (const module of indexes.keys()) {
    const globs: Glob[] = [];
    for (const [index, { placed }] of module.crate === start.crate ? module.globs.entries() : []) {
      const scope = scopeOf(placed.item, module);
      const definition = target(index, module);
      const source = moduleBehind(definition);
      if (source !== undefined && source !== module) {
        const known = indexes.get(source) ?? indexes.size;
        indexes.set(source, known);
        globs.push({ scope, source: known, isOther: false });
      } else if (source === undefined && definition !== undefined) {
        globs.push({ scope, source: indexOfOther(others, definition), isOther: true });
      }
    }
    if (module.hidesNames && module.crate === start.crate) {
      globs.push({ scope: null, source: indexOfOther(others, behindLimit), isOther: true });
    }
    nodes.push({ module, globs });
  }
  return { nodes, others };
}

/** Many globs bring in the same part of std. */
function indexOfOther(others: Definition[], added: Definition): number {
  const known = others.findIndex(
    (other) =>
      other === added ||
      (other.kind === "std" && added.kind === "std" && other.path.join() === added.path.join()),
  );
  return known >= 0 ? known : others.push(added) - 1;
}

/** What the search asks for one name in one namespace. */
interface GlobPorts {
  /** The name as the module itself declares or imports it. */
  explicit(module: Module): readonly Binding[];
  /** What an earlier search found for the module. */
  known(module: Module): readonly Binding[] | undefined;
  /** The name in something that is no module. */
  inOther(from: Definition): Definition | undefined;
}

const nothing: readonly Binding[] = [];

/**
 * What each module that was visited gets from its globs; the graph's first one is among them. What a module hands on before a
 * second thing reaches it is not to be relied on: then the search begins again, with what is known to be ambiguous.
 */
function searchGlobs(
  graph: GlobGraph,
  name: string,
  ports: GlobPorts,
): ReadonlyMap<Module, readonly Binding[]> {
  let ambiguous: ReadonlySet<number> = new Set();
  for (let round = 1; ; round += 1) {
    const { found, isKnown } = searchOnce(graph, name, ports, ambiguous);
    const twice = found.flatMap((bindings, node) =>
      handedOn(name, bindings) === bindings ? [] : [node],
    );
    const all = new Set([...ambiguous, ...twice]);
    if (all.size === ambiguous.size || round === mostRounds) {
      return new Map(
        graph.nodes.flatMap(({ module }, index) =>
          isKnown(index) ? [] : [[module, found[index] ?? nothing] as const],
        ),
      );
    }
    ambiguous = all;
  }
}

/** Rounds after which nothing more is made of circles that are ambiguous again and again. */
const mostRounds = 8;

/** One search, in which the modules in `ambiguous` hand on that they are. */
function searchOnce(
  { nodes, others }: GlobGraph,
  name: string,
  ports: GlobPorts,
  ambiguous: ReadonlySet<number>,
): {
  readonly found: readonly (readonly Binding[])[];
  readonly isKnown: (node: number) => boolean;
} {
  const inOthers = others.map((other): readonly Binding[] => {
    const definition = ports.inOther(other);
    return definition === undefined ? nothing : [{ definition, scope: null }];
  });
  const known = nodes.map(({ module }, index) => (index === 0 ? undefined : ports.known(module)));
  /** What a module gives to those that bring it in, when that is certain before the search. */
  const given = nodes.map(({ module }, index): readonly Binding[] | undefined => {
    const explicit = ports.explicit(module);
    const before = known[index];
    if (explicit.length > 0) {
      return explicit;
    }
    return ambiguous.has(index) ? [fromMoreThanOne(name)] : before && handedOn(name, before);
  });
  const importers: { readonly node: number; readonly scope: Scope }[][] = nodes.map(() => []);
  const found: Binding[][] = nodes.map(() => []);
  const changed = new Set<number>();
  const hand = (node: number, bindings: readonly Binding[], glob: Scope): void => {
    const module = nodes[node]?.module;
    const into = found[node];
    if (module === undefined || into === undefined) {
      return;
    }
    for (const { definition, scope } of bindings) {
      if (
        isSeenFrom(module, scope) &&
        mergeBinding(into, { definition, scope: innerScope(scope, glob) })
      ) {
        changed.add(node);
      }
    }
  };
  for (const [node, { globs }] of nodes.entries()) {
    for (const { scope, source, isOther } of known[node] === undefined ? globs : []) {
      const bindings = (isOther ? inOthers : given)[source];
      if (bindings === undefined) {
        importers[source]?.push({ node, scope });
      } else if (bindings.length > 0) {
        hand(node, bindings, scope);
      }
    }
  }
  for (const node of changed) {
    changed.delete(node);
    for (const importer of importers[node] ?? []) {
      hand(importer.node, handedOn(name, found[node] ?? []), importer.scope);
    }
  }
  return { found, isKnown: (node) => known[node] !== undefined };
}

/** Whether a name that the module does not declare may mean something in it. */
function bringsMore(module: Module): boolean {
  return module.globs.length > 0 || module.hidesNames;
}

/** What answers about globs rest on. */
interface NamePorts {
  explicit(module: Module, name: string, namespace: Namespace): readonly Binding[];
  target(leaf: UseLeaf, module: Module): Definition | undefined;
}

/** Answers what globs bring, each question once. */
export class GlobAnswers {
  readonly #tables: AskedTables;
  readonly #ports: NamePorts;

  constructor(tables: AskedTables, ports: NamePorts) {
    this.#tables = tables;
    this.#ports = ports;
  }

  /** What the globs of the module bring under the name. */
  bindings(module: Module, name: string, namespace: Namespace): readonly Binding[] {
    if (!bringsMore(module)) {
      return [];
    }
    const table = this.#tables.tableOf(module);
    const { answers } = table;
    const question = (of: Module): Question<Binding> => table.question("glob", of, name, namespace);
    const known = (source: Module): readonly Binding[] | undefined =>
      source.crate === module.crate
        ? answers.known(question(source))
        : this.bindings(source, name, namespace);
    return this.#tables.answer(question(module), module, () => {
      const all = searchGlobs(this.#graph(module, table), name, {
        explicit: (source) => this.#ports.explicit(source, name, namespace),
        known: (source) => (bringsMore(source) ? known(source) : []),
        inOther: (from) => inGlob(from, name, namespace),
      });
      for (const [other, bindings] of all) {
        answers.add(question(other), bindings);
      }
      return all.get(module) ?? [];
    });
  }

  #graph(module: Module, table: NameTable): GlobGraph {
    const known = table.globGraphs.get(module);
    if (known !== undefined) {
      return known;
    }
    const open = new Set<Question<Binding>>();
    const graph = globGraph(module, (index, owner) => {
      const question = table.globTarget(owner, index);
      const target = this.#target(index, owner, question);
      if (question.settled === undefined) {
        open.add(question);
      }
      return target;
    });
    if (open.size === 0) {
      table.globGraphs.set(module, graph);
    }
    return graph;
  }

  #target(index: number, module: Module, question: Question<Binding>): Definition | undefined {
    const glob = module.globs[index];
    if (glob === undefined) {
      return undefined;
    }
    const [found] = this.#tables.answer(question, module, () => {
      const definition = this.#ports.target(glob.leaf, module);
      // The module itself hides names already; and what hangs on that would be asked again for each glob.
      return definition === undefined || definition === behindLimit
        ? []
        : [{ definition, scope: null }];
    });
    return found?.definition;
  }
}
