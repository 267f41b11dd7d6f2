// The door through which rules look at the Fidius code of a crate: what was found there, while its names can be asked. What they say
// of one interface or impl block is kept until something changes that they looked at for it.

import type { CrateId } from "../../model/crateGraph.ts";
import type { Crate } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { isApart, type ReadPart } from "../names/nameTable.ts";
import type { Item } from "../syntax/items/items.ts";
import type { RustProblem } from "./facts.ts";
import type { FoundHostInterface } from "./hostInterfaces.ts";
import type { FoundImpl } from "./impls.ts";
import type { FoundInterface } from "./interfaces.ts";
import type { TypeFinding } from "../types/typeFindings.ts";

/** The Fidius code of one crate. */
export interface CrateSources {
  readonly crate: Crate;
  readonly names: Names;
  readonly interfaces: readonly FoundInterface[];
  readonly impls: readonly FoundImpl[];
  readonly hostInterfaces: readonly FoundHostInterface[];
}

/** Gives what is wrong, of one thing at a time. */
export interface CrateCheck {
  interface(found: FoundInterface, sources: CrateSources): readonly RustProblem[];
  impl(found: FoundImpl, sources: CrateSources): readonly RustProblem[];
  hostInterface(found: FoundHostInterface, sources: CrateSources): readonly RustProblem[];
  /** What keeps types from crossing. */
  types(findings: readonly TypeFinding[]): readonly RustProblem[];
  /** What concerns no single one of them. */
  crate(sources: CrateSources): readonly RustProblem[];
}

/** The check that finds nothing. */
export const noCheck: CrateCheck = {
  interface: () => [],
  impl: () => [],
  hostInterface: () => [],
  types: () => [],
  crate: () => [],
};

interface Kept {
  readonly problems: readonly RustProblem[];
  /** What was looked at, and the crates that were opened on the way. */
  readonly parts: ReadonlySet<ReadPart>;
  readonly opened: ReadonlySet<CrateId>;
}

/** What rules say of one crate; what rests on nothing that an edit changed is taken over. */
export class CheckedCrate {
  /** By the rules' subject and the module that it is in, then by its item. */
  readonly #kept = new Map<string, Map<Item | null, Kept>>();
  readonly #before: ReadonlyMap<string, ReadonlyMap<Item | null, Kept>> | undefined;
  readonly #changed: ReadonlySet<ReadPart>;

  /** `changed` is what is another since `before` was made: names mean what they meant then. */
  constructor(before: CheckedCrate | undefined, changed: ReadonlySet<ReadPart>) {
    this.#before = before === undefined ? undefined : before.#kept;
    this.#changed = changed;
  }

  /** All that was asked for. */
  all(): readonly Kept[] {
    return [...this.#kept.values()].flatMap((kept) => [...kept.values()]);
  }

  /** What the rules say of the crate. */
  problems(
    sources: CrateSources,
    findings: readonly TypeFinding[],
    check: CrateCheck,
  ): readonly RustProblem[] {
    const { interfaces, impls, hostInterfaces } = sources;
    return [
      ...interfaces.flatMap((found) =>
        this.#of("interface", found, sources, (asked) => check.interface(found, asked)),
      ),
      ...impls.flatMap((found) =>
        this.#of("impl", found, sources, (asked) => check.impl(found, asked)),
      ),
      ...hostInterfaces.flatMap((found) =>
        this.#of("hostInterface", found, sources, (asked) => check.hostInterface(found, asked)),
      ),
      ...check.types(findings),
      ...this.#of("crate", null, sources, (asked) => check.crate(asked)),
    ];
  }

  #of(
    kind: keyof CrateCheck,
    found: FoundInterface | FoundImpl | FoundHostInterface | null,
    sources: CrateSources,
    check: (asked: CrateSources) => readonly RustProblem[],
  ): readonly RustProblem[] {
    const { tables } = sources.names;
    const key = `${kind} ${found?.module.uniquePath ?? ""}`;
    const item = found?.placed.item ?? null;
    const before = this.#before?.get(key)?.get(item);
    const kept =
      before !== undefined && isApart(before.parts, this.#changed)
        ? before
        : checkedAnew(found, sources, check);
    this.#kept.set(key, (this.#kept.get(key) ?? new Map<Item | null, Kept>()).set(item, kept));
    tables.lookAtAll(kept.parts);
    return kept.problems;
  }
}

function checkedAnew(
  found: FoundInterface | FoundImpl | FoundHostInterface | null,
  sources: CrateSources,
  check: (asked: CrateSources) => readonly RustProblem[],
): Kept {
  const { tables } = sources.names;
  const { value: problems, reading } = tables.reading(() => {
    if (found !== null) {
      tables.lookInto(found.placed);
    }
    return check(askedSources(sources));
  });
  return { problems, parts: reading.parts, opened: reading.opened };
}

/** Who asks for more than its own subject rests on all of the crate. */
function askedSources(sources: CrateSources): CrateSources {
  const whole = <K extends keyof CrateSources>(key: K): CrateSources[K] => {
    sources.names.tables.lookAtAll([sources.crate.node.id]);
    return sources[key];
  };
  return {
    names: sources.names,
    get crate() {
      return whole("crate");
    },
    get interfaces() {
      return whole("interfaces");
    },
    get impls() {
      return whole("impls");
    },
    get hostInterfaces() {
      return whole("hostInterfaces");
    },
  };
}
