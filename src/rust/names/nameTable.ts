// What the names in one crate mean, asked at most once for each module and name. Builds that see the crate and all that it links
// in one way share a table, for as long as those crates stay the same.

import type { CrateId } from "../../model/crateGraph.ts";
import { AnswerTable, Question } from "./answerTable.ts";
import { tooManyReexports, type Binding } from "./bindings.ts";
import type { Namespace } from "./definitions.ts";
import type { Module } from "./modules.ts";

type ByName = Map<string, Question<Binding>>;

interface ModuleQuestions {
  readonly named: Readonly<Record<Namespace, ByName>>;
  readonly glob: Readonly<Record<Namespace, ByName>>;
  readonly targets: Question<Binding>[];
}

export class NameTable {
  readonly answers = new AnswerTable<Binding>([tooManyReexports]);
  /** Crates that were opened for its answers. */
  readonly opened = new Set<CrateId>();
  /** Tables of other crates that were asked for them. */
  readonly leadsTo = new Set<NameTable>();
  readonly #modules = new Map<Module, ModuleQuestions>();

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
export function openedFor(tables: Iterable<NameTable>): ReadonlySet<CrateId> {
  const reached = new Set(tables);
  for (const table of reached) {
    for (const other of table.leadsTo) {
      reached.add(other);
    }
  }
  return new Set([...reached].flatMap(({ opened }) => [...opened]));
}
