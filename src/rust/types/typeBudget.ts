// How much work one type may be, in steps: aliases and generics write types down that no memory holds, and a generic type that
// contains larger versions of itself has no end. What is too large becomes unknown; all other types stay.

import type { EnumItem, StructItem } from "../syntax/items/items.ts";
import type { Resolved } from "./resolved.ts";

/** Types inside of one that is written down; those of people have some hundred. */
const mostSteps = 20_000;

/** A type's key names all that is in it. */
const longestKey = 20_000;

/** Versions of one generic type that follow from one another, each around the one before. */
const longestGrowth = 4;

/** Versions of one generic type altogether. */
const mostVersions = 1_000;

/** Versions of all generic types of a crate: types of people have some hundred. */
const mostVersionsOfAll = 5_000;

export const tooLarge = "This type is too large to analyse, so its bytes are not known.";

interface Version {
  readonly id: string;
  readonly item: StructItem | EnumItem;
  readonly parent: Version | undefined;
}

export class TypeBudget {
  #left = mostSteps;
  readonly #versions = new Map<string, Version>();
  readonly #counts = new Map<StructItem | EnumItem, number>();
  #described: Version | undefined;

  /** Resolves a type that is written in one place, with steps of its own; `instead` when they are not enough. */
  within<T>(resolve: () => T, instead: () => T): T {
    const outer = this.#left;
    this.#left = mostSteps;
    const result = resolve();
    const isSpent = this.#left < 0;
    this.#left = outer;
    return isSpent ? instead() : result;
  }

  /** Takes a part of the type; false when it makes the whole too large. */
  holds({ key }: Resolved): boolean {
    if (key.length > longestKey) {
      this.#left = -1;
    }
    return this.#left >= 0;
  }

  /** One step; false when none is left. */
  take(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }

  /** Describes the named type `id`: what is met on the way follows from it. */
  describing<T>(id: string, describe: () => T): T {
    const outer = this.#described;
    this.#described = this.#versions.get(id) ?? outer;
    const result = describe();
    this.#described = outer;
    return result;
  }

  /** Why the version `id` of a generic type is not described: it belongs to a series without an end, or is one too many. */
  obstacle(item: StructItem | EnumItem, id: string): "endless" | "tooMany" | undefined {
    if (this.#versions.has(id)) {
      return undefined;
    }
    const count = (this.#counts.get(item) ?? 0) + 1;
    if (count > mostVersions || this.#versions.size >= mostVersionsOfAll) {
      return "tooMany";
    }
    let growth = 0;
    let inner = argumentsOf(id);
    for (let version = this.#described; version !== undefined; version = version.parent) {
      const before = version.item === item ? argumentsOf(version.id) : inner;
      if (before.length < inner.length && inner.includes(before)) {
        growth += 1;
        inner = before;
      }
    }
    if (growth >= longestGrowth) {
      return "endless";
    }
    this.#counts.set(item, count);
    this.#versions.set(id, { id, item, parent: this.#described });
    return undefined;
  }
}

/** What stands between the outer angle brackets. */
function argumentsOf(id: string): string {
  return id.slice(id.indexOf("<") + 1, -1);
}
