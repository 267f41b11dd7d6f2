// Which methods were invoked, newest first, kept per workspace: the order of the quick pick and what "Invoke Last" repeats.

import type { MethodTarget } from "../protocol/lsp.ts";
import type { KeyValueStore } from "./platform/keyValueStore.ts";
import { methodKey, methodOfKey } from "./methodKey.ts";

const storageKey = "fidius.recentMethods";
const limit = 50;

export class RecentMethods {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  /** Newest first. */
  list(): readonly MethodTarget[] {
    return this.#keys()
      .map(methodOfKey)
      .filter((target) => target !== undefined);
  }

  async add(target: MethodTarget): Promise<void> {
    const key = methodKey(target);
    const others = this.#keys().filter((other) => other !== key);
    await this.#store.update(storageKey, [key, ...others].slice(0, limit));
  }

  /** The same items: recently invoked ones first in that order, the others after them in the order given. */
  sort<T>(items: readonly T[], targetOf: (item: T) => MethodTarget): readonly T[] {
    const ranks = new Map(this.#keys().map((key, rank) => [key, rank]));
    const rankOf = (item: T): number => ranks.get(methodKey(targetOf(item))) ?? ranks.size;
    return [...items].sort((left, right) => rankOf(left) - rankOf(right));
  }

  isRecent(target: MethodTarget): boolean {
    return this.#keys().includes(methodKey(target));
  }

  #keys(): readonly string[] {
    const stored = this.#store.get(storageKey);
    return Array.isArray(stored) ? stored.filter((key) => typeof key === "string") : [];
  }
}
