// Files that calls of this window may read: those that the user picked in a dialog, and those that the user allowed when a call named
// them. A page's message, a stored draft or a file of the workspace may name any path, and none of them is the user.

import type { KeyValueStore } from "./keyValueStore.ts";

const storageKey = "fidius.chosenFiles";

/** The oldest are asked for again. */
const mostRemembered = 500;

export class FileConsent {
  readonly #store: KeyValueStore;
  readonly #ask: (file: string) => Promise<boolean>;
  /** Least recently chosen first. */
  readonly #chosen: Set<string>;
  /** The question that is open; the next one waits for it. */
  #asking: Promise<unknown> = Promise.resolve();

  constructor(store: KeyValueStore, ask: (file: string) => Promise<boolean>) {
    this.#store = store;
    this.#ask = ask;
    const stored = store.get(storageKey);
    const paths: readonly unknown[] = Array.isArray(stored) ? stored : [];
    this.#chosen = new Set(paths.filter((path) => typeof path === "string"));
  }

  /** The user picked this file, by its absolute path. */
  choose(file: string): void {
    this.#chosen.delete(file);
    this.#chosen.add(file);
    for (const oldest of [...this.#chosen].slice(0, -mostRemembered)) {
      this.#chosen.delete(oldest);
    }
    void this.#store.update(storageKey, [...this.#chosen]);
  }

  /** Whether the file may be read: at once for one that was chosen, else as the user answers. */
  readonly mayRead = (file: string): Promise<boolean> => {
    const answer = this.#asking.then(async () => {
      if (this.#chosen.has(file)) {
        return true;
      }
      const isAllowed = await this.#ask(file);
      if (isAllowed) {
        this.choose(file);
      }
      return isAllowed;
    });
    this.#asking = answer.catch(() => undefined);
    return answer;
  };
}
