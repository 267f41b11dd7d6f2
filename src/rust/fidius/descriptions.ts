// The descriptions of interfaces and plugins in one crate. One that rests on nothing which an edit changed is taken over.

import type { CrateId } from "../../model/crateGraph.ts";
import type { RustProblem } from "./facts.ts";
import type { Module, Placed } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { isApart, type ReadPart } from "../names/nameTable.ts";
import type { Item } from "../syntax/items/items.ts";
import type { TypeFinding } from "../types/typeFindings.ts";
import {
  problemsOf,
  typeFindingsOf,
  typeResolvers,
  type TypeResolvers,
} from "../types/typeResolvers.ts";

/** An interface or plugin with what was found on the way, and what all of it rests on. */
export interface Described<T> {
  readonly facts: T;
  readonly problems: readonly RustProblem[];
  /** What bincode makes of its types. */
  readonly typeProblems: readonly RustProblem[];
  readonly typeFindings: readonly TypeFinding[];
  readonly parts: ReadonlySet<ReadPart>;
  readonly opened: ReadonlySet<CrateId>;
}

/** By the item, and the module that it is in: a file may be several modules. */
type ByItem<T> = Map<Item, Map<string, Described<T>>>;

export class Descriptions<T> {
  readonly #byItem: ByItem<T> = new Map();
  readonly #before: ByItem<T> | undefined;
  readonly #changed: ReadonlySet<ReadPart>;

  /** `changed` is what is another since `before` was made: names mean what they meant then. */
  constructor(before: Descriptions<T> | undefined, changed: ReadonlySet<ReadPart>) {
    this.#before = before === undefined ? undefined : before.#byItem;
    this.#changed = changed;
  }

  /** All that were asked for. */
  all(): readonly Described<T>[] {
    return [...this.#byItem.values()].flatMap((ofItem) => [...ofItem.values()]);
  }

  /** The description of an item, by `describe` where there is none that holds. */
  of(
    { module, placed }: { readonly module: Module; readonly placed: Placed },
    names: Names,
    describe: (resolvers: TypeResolvers, problems: RustProblem[]) => T,
  ): Described<T> {
    const path = module.uniquePath;
    const before = this.#before?.get(placed.item)?.get(path);
    const described =
      before !== undefined && isApart(before.parts, this.#changed)
        ? before
        : describedAnew(placed, names, describe);
    const ofItem = this.#byItem.get(placed.item) ?? new Map<string, Described<T>>();
    this.#byItem.set(placed.item, ofItem.set(path, described));
    names.tables.lookAtAll(described.parts);
    return described;
  }
}

function describedAnew<T>(
  placed: Placed,
  names: Names,
  describe: (resolvers: TypeResolvers, problems: RustProblem[]) => T,
): Described<T> {
  const resolvers = typeResolvers(names);
  const problems: RustProblem[] = [];
  const { value: facts, reading } = names.tables.reading(() => {
    names.tables.lookInto(placed);
    return describe(resolvers, problems);
  });
  const typeProblems = problemsOf(resolvers);
  const typeFindings = typeFindingsOf(resolvers);
  const { parts, opened } = reading;
  return { facts, problems, typeProblems, typeFindings, parts, opened };
}
