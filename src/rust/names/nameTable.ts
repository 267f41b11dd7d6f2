// What the names in one crate mean, asked at most once for each module and name. Builds that see the crate and all that it links
// in one way share a table, for as long as those crates stay the same.

import type { CrateId } from "../../model/crateGraph.ts";
import { AnswerTable, Question } from "./answerTable.ts";
import { tooManyReexports, type Binding } from "./bindings.ts";
import type { BuildCrates, Namespace } from "./definitions.ts";
import type { GlobGraph } from "./globSearch.ts";
import type { ChunkItems } from "./modules/insideChanges.ts";
import type { Crate, Module, Placed } from "./modules/modules.ts";

type ByName = Map<string, Question<Binding>>;

interface ModuleQuestions {
  readonly named: Readonly<Record<Namespace, ByName>>;
  readonly glob: Readonly<Record<Namespace, ByName>>;
  readonly targets: Question<Binding>[];
}

/** Edits that a table lives through. */
const mostChanges = 300;

export class NameTable {
  readonly answers = new AnswerTable<Binding>([tooManyReexports]);
  /** Crates that were opened for its answers. */
  readonly opened = new Set<CrateId>();
  /** Tables of other crates that were asked for them. */
  readonly leadsTo = new Set<NameTable>();
  /** Where globs lead from a module. */
  readonly globGraphs = new WeakMap<Module, GlobGraph>();
  readonly #modules = new WeakMap<Module, ModuleQuestions>();
  readonly #forgetting: ((parts: ReadonlySet<ReadPart>) => void)[] = [];
  #changes = 0;

  /** What the module declares or imports under a name (`named`), or what its globs bring (`glob`). */
  question(
    of: "named" | "glob",
    module: Module,
    name: string,
    namespace: Namespace,
  ): Question<Binding> {
    const questions = this.#of(module)[of][namespace];
    const question = questions.get(name) ?? new Question();
    questions.set(name, question);
    return question;
  }

  /** Where one of the module's globs leads. */
  globTarget(module: Module, index: number): Question<Binding> {
    return (this.#of(module).targets[index] ??= new Question());
  }

  /** Has `forget` hear of the parts that are others now, because what was kept with the table may rest on them. */
  onForget(forget: (parts: ReadonlySet<ReadPart>) => void): void {
    this.#forgetting.push(forget);
  }

  /** The parts are others now, and names mean what they meant; false when the table has seen enough, since every name that
   * was ever typed is in it. */
  forget(parts: ReadonlySet<ReadPart>): boolean {
    for (const forget of this.#forgetting) {
      forget(parts);
    }
    this.#changes += 1;
    return this.#changes <= mostChanges;
  }

  #of(module: Module): ModuleQuestions {
    let questions = this.#modules.get(module);
    if (questions === undefined) {
      const named = { type: new Map(), value: new Map() };
      questions = { named, glob: { type: new Map(), value: new Map() }, targets: [] };
      this.#modules.set(module, questions);
    }
    return questions;
  }
}

/** Crates that were opened for the answers in `tables` and in those that they lead to. */
function openedFor(tables: Iterable<NameTable>): ReadonlySet<CrateId> {
  const reached = new Set(tables);
  for (const table of reached) {
    for (const other of table.leadsTo) {
      reached.add(other);
    }
  }
  return new Set([...reached].flatMap(({ opened }) => [...opened]));
}

/** What was looked into: the items of a chunk, or a crate as a whole. */
export type ReadPart = ChunkItems | CrateId;

/** Whether the two have nothing in common; `few` is the smaller one. */
export function isApart(many: ReadonlySet<ReadPart>, few: ReadonlySet<ReadPart>): boolean {
  return ![...few].some((part) => many.has(part));
}

/** What something that is found out rests on, beside what names mean in the crates that were opened for it. */
export class Reading {
  readonly parts = new Set<ReadPart>();
  readonly #crates = new Set<CrateId>();
  readonly #tables = new Set<NameTable>();

  /** The crates whose names it rests on. */
  get opened(): ReadonlySet<CrateId> {
    return new Set([...this.#crates, ...openedFor(this.#tables)]);
  }

  add({ chunk, origin }: Placed<unknown>): void {
    this.parts.add(chunk.items);
    if (origin !== undefined) {
      this.add(origin.call); // where that stands is where the item stands
    }
  }

  addCrate(id: CrateId): void {
    this.#crates.add(id);
  }

  addTable(table: NameTable): void {
    this.#tables.add(table);
  }

  addAll(other: Reading): void {
    other.parts.forEach((part) => this.parts.add(part));
    other.#crates.forEach((id) => this.#crates.add(id));
    other.#tables.forEach((table) => this.#tables.add(table));
  }
}

/** The tables that one build's questions are answered from; every answer knows the crates that it rests on. */
export class AskedTables {
  readonly #build: BuildCrates;
  readonly #tables = new Map<Crate, NameTable>();
  /** The table for whose answer names are being followed. */
  #asked: NameTable | undefined;
  #reading = new Reading();

  constructor(build: BuildCrates) {
    this.#build = build;
  }

  /** Opens a crate; the answer that is being worked out rests on it. */
  open(id: CrateId): Crate | null {
    this.#asked?.opened.add(id);
    this.#reading.addCrate(id);
    return this.#build.open(id);
  }

  /** Opens every crate that an answer rests on, also where somebody else's question opened it before. */
  openAll(): void {
    for (const id of openedFor(this.#tables.values())) {
      this.#build.open(id);
    }
  }

  /** Does something and tells what it rests on. */
  reading<T>(work: () => T): { readonly value: T; readonly reading: Reading } {
    const outer = this.#reading;
    const reading = new Reading();
    this.#reading = reading;
    try {
      return { value: work(), reading };
    } finally {
      this.#reading = outer;
      outer.addAll(reading);
    }
  }

  /** What is being found out rests on the inside of the item, and on where it stands. */
  lookInto(placed: Placed<unknown>): void {
    this.#reading.add(placed);
  }

  /** What is being found out rests on all of these. */
  lookAtAll(parts: Iterable<ReadPart>): void {
    for (const part of parts) {
      this.#reading.parts.add(part);
    }
  }

  tableOf({ crate }: Module): NameTable {
    return this.#tableOf(crate);
  }

  /** The answer to a question of the module's table. */
  answer(
    question: Question<Binding>,
    module: Module,
    find: () => readonly Binding[],
  ): readonly Binding[] {
    return this.within(module.crate, ({ answers }) => answers.answer(question, find));
  }

  /**
   * Does something that follows from names in `crate`. What comes of it may be kept with the table, for others that ask the
   * same: it rests on the crates that are opened meanwhile.
   */
  within<T>(crate: Crate, work: (table: NameTable) => T): T {
    const table = this.#tableOf(crate);
    this.#reading.addTable(table);
    const outer = this.#asked;
    if (outer !== table) {
      outer?.leadsTo.add(table);
    }
    this.#asked = table;
    try {
      return work(table);
    } finally {
      this.#asked = outer;
    }
  }

  #tableOf(crate: Crate): NameTable {
    const table = this.#tables.get(crate) ?? this.#build.tableOf(crate);
    this.#tables.set(crate, table);
    return table;
  }
}
