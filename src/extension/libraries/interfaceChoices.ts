// Which interface a plugin of a library has, where several within reach have its name and hash: the library does not say, so
// the user may. Kept per workspace, by library and plugin.

import type { InterfaceChoice } from "../../model/libraryPlugins.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";

/** With the form of what is stored in its name: another form is another key. */
const storageKey = "fidius.interfaceChoices.1";

interface KeptChoice extends InterfaceChoice {
  /** A candidate's id, or the path of an opened library. */
  readonly library: string;
}

export class InterfaceChoices {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  /** What was chosen for the plugins of a library. */
  of(library: string): readonly InterfaceChoice[] {
    return this.#kept()
      .filter((choice) => choice.library === library)
      .map(({ library: _, ...choice }) => choice);
  }

  /** Remembers the interface of a plugin; nothing for one that has no other. */
  async choose(plugin: PluginSchema, interfaceId: string): Promise<void> {
    const library = libraryOf(plugin);
    if (library === undefined || !interfacesOf(plugin).includes(interfaceId)) {
      return;
    }
    const { name: pluginName, interfaceName } = plugin;
    const others = this.#kept().filter(
      (choice) =>
        choice.library !== library ||
        choice.pluginName !== pluginName ||
        choice.interfaceName !== interfaceName,
    );
    await this.#store.update(storageKey, [
      ...others,
      { library, pluginName, interfaceName, interfaceId },
    ]);
  }

  #kept(): readonly KeptChoice[] {
    const stored = this.#store.get(storageKey);
    return Array.isArray(stored) ? stored.filter(isKept) : [];
  }
}

/** The interfaces that a plugin may have, in an order of their own; empty where there is nothing to choose. */
export function interfacesOf({ interfaceId, library }: PluginSchema): readonly string[] {
  const others = library?.otherInterfaceIds ?? [];
  return interfaceId === undefined || others.length === 0 ? [] : [interfaceId, ...others].sort();
}

/** That another interface could be meant; undefined where it is clear. */
export function interfaceChoiceMessage(plugin: PluginSchema): string | undefined {
  const others = interfacesOf(plugin).filter((id) => id !== plugin.interfaceId);
  return others.length === 0
    ? undefined
    : `Its types are those of ${plugin.interfaceId ?? ""}. ${others.join(" and ")} ${others.length === 1 ? "has" : "have"} the same name and hash; Choose Interface… takes another one.`;
}

function libraryOf({ library }: PluginSchema): string | undefined {
  return library?.file ?? library?.candidateId;
}

function isKept(entry: unknown): entry is KeptChoice {
  const members = (entry ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  return ["library", "pluginName", "interfaceName", "interfaceId"].every(
    (name) => typeof members[name] === "string",
  );
}
