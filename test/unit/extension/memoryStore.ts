// A KeyValueStore in memory that, like VS Code's, keeps only what JSON can hold.

import type { KeyValueStore } from "../../../src/extension/platform/keyValueStore.ts";

export class MemoryStore implements KeyValueStore {
  readonly #texts = new Map<string, string>();
  writes = 0;

  get(key: string): unknown {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    this.writes++;
    this.#texts.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}
