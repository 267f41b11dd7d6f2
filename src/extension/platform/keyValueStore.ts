// KeyValueStore: the little of VS Code's Memento that drafts and the recent list need, so that they run in plain tests.

export interface KeyValueStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
