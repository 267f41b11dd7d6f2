// The configurations of instances, per plugin, kept in the workspace's storage so that they survive a reload. What is built of
// them lives in host processes and is the runner's business.

import type { ConfiguredInstance } from "../../model/instance.ts";
import { nestsDeeper, storedLevels } from "../../model/text/nesting.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";
import { shortText } from "../../model/text/shortText.ts";

const storageKey = "fidius.instances";
const maximumNameLength = 40;

export interface KeptInstances {
  readonly list: readonly ConfiguredInstance[];
  readonly selected: string | null;
}

const nothing: KeptInstances = { list: [], selected: null };

export class InstanceStore {
  readonly #store: KeyValueStore;
  readonly #newId: () => string;
  readonly #kept = new Map<string, KeptInstances>();

  constructor(store: KeyValueStore, newId: () => string = () => crypto.randomUUID()) {
    this.#store = store;
    this.#newId = newId;
    const stored = store.get(storageKey);
    for (const entry of Array.isArray(stored) ? (stored as unknown[]) : []) {
      if (Array.isArray(entry) && typeof entry[0] === "string") {
        this.#kept.set(entry[0], checkedInstances(entry[1]));
      }
    }
  }

  of(plugin: string): KeptInstances {
    return this.#kept.get(plugin) ?? nothing;
  }

  /** The one that is called on. */
  selected(plugin: string): ConfiguredInstance | undefined {
    const { list, selected } = this.of(plugin);
    return list.find(({ id }) => id === selected);
  }

  /** Keeps a configuration and selects it. */
  add(plugin: string, name: string, configuration: JsonValue): ConfiguredInstance {
    const { list } = this.of(plugin);
    const taken = list.map((instance) => instance.name);
    const instance = {
      id: this.#newId(),
      name: uniqueName(name.trim() === "" ? shortForm(configuration) : name.trim(), taken),
      configuration,
    };
    this.#set(plugin, { list: [...list, instance], selected: instance.id });
    return instance;
  }

  change(plugin: string, id: string, configuration: JsonValue): ConfiguredInstance | undefined {
    this.#map(plugin, id, (instance) => ({ ...instance, configuration }));
    return this.of(plugin).list.find((instance) => instance.id === id);
  }

  rename(plugin: string, id: string, name: string): void {
    const wanted = name.trim();
    if (wanted !== "") {
      const others = this.of(plugin).list.filter((instance) => instance.id !== id);
      const unique = uniqueName(
        wanted,
        others.map((instance) => instance.name),
      );
      this.#map(plugin, id, (instance) => ({ ...instance, name: unique }));
    }
  }

  select(plugin: string, id: string): void {
    const { list } = this.of(plugin);
    if (list.some((instance) => instance.id === id)) {
      this.#set(plugin, { list, selected: id });
    }
  }

  /** Forgets a configuration; its neighbour is selected. */
  remove(plugin: string, id: string): void {
    const { list, selected } = this.of(plugin);
    const at = list.findIndex((instance) => instance.id === id);
    const left = list.filter((instance) => instance.id !== id);
    const neighbour = left[Math.min(Math.max(at, 0), left.length - 1)]?.id ?? null;
    this.#set(plugin, { list: left, selected: selected === id ? neighbour : selected });
  }

  #map(
    plugin: string,
    id: string,
    change: (instance: ConfiguredInstance) => ConfiguredInstance,
  ): void {
    const { list, selected } = this.of(plugin);
    this.#set(plugin, {
      list: list.map((instance) => (instance.id === id ? change(instance) : instance)),
      selected,
    });
  }

  #set(plugin: string, kept: KeptInstances): void {
    this.#kept.set(plugin, kept);
    // What is too deep to be stored lives as long as the window.
    const stored = [...this.#kept].filter(([, each]) => !nestsDeeper(each, storedLevels));
    void this.#store.update(storageKey, stored);
  }
}

/** The configuration in a few words: its JSON, cut. */
function shortForm(configuration: JsonValue): string {
  const isDeep = nestsDeeper(configuration, storedLevels);
  const text = isDeep
    ? ""
    : JSON.stringify(configuration).replace(/[{}"]/g, "").replaceAll(",", ", ");
  const short = shortText(text, maximumNameLength);
  return short === "" ? "instance" : short;
}

function uniqueName(name: string, taken: readonly string[]): string {
  let unique = name;
  for (let count = 2; taken.includes(unique); count++) {
    unique = `${name} (${String(count)})`;
  }
  return unique;
}

/** What is stored may come from another version. */
function checkedInstances(value: unknown): KeptInstances {
  const { list, selected } = (typeof value === "object" && value !== null ? value : {}) as {
    readonly list?: unknown;
    readonly selected?: unknown;
  };
  const kept = (Array.isArray(list) ? (list as unknown[]) : []).filter(isInstance);
  const known = kept.some(({ id }) => id === selected) ? (selected as string) : undefined;
  return { list: kept, selected: known ?? kept[0]?.id ?? null };
}

function isInstance(value: unknown): value is ConfiguredInstance {
  const { id, name, configuration } = (
    typeof value === "object" && value !== null ? value : {}
  ) as Partial<Record<keyof ConfiguredInstance, unknown>>;
  return typeof id === "string" && typeof name === "string" && configuration !== undefined;
}
