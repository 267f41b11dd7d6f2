// Unfinished requests, one per method, kept in the workspace's storage so that they survive hiding, reload and other
// methods. Writes are gathered: typing makes many drafts a second. What is stored is checked when it comes back.

import type { Draft } from "../../protocol/draft.ts";
import { isRunOptionTexts } from "../../protocol/panelChecks.ts";
import { isJsonObject } from "../../model/value/jsonObject.ts";
import { nestsDeeper, storedLevels } from "../../model/text/nesting.ts";
import type { JsonObject } from "../../model/value/value.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";

const storageKey = "fidius.drafts";
const maximumDrafts = 100;
/** Larger and deeper drafts live only as long as the window: the workspace's storage is read whole at every start. */
const maximumStoredCharacters = 256 * 1024;
const writeDelayMs = 500;

export const emptyDraft: Draft = {
  arguments: null,
  jsonText: null,
  tab: "form",
  timeoutSeconds: null,
};

export class DraftStore {
  readonly #store: KeyValueStore;
  /** Least recently written first. */
  readonly #drafts = new Map<string, Draft>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: KeyValueStore) {
    this.#store = store;
    const stored = store.get(storageKey);
    for (const entry of Array.isArray(stored) ? (stored as unknown[]) : []) {
      if (Array.isArray(entry) && typeof entry[0] === "string") {
        const draft = checkedDraft(entry[1]);
        if (draft !== undefined) {
          this.#drafts.set(entry[0], draft);
        }
      }
    }
  }

  get(key: string): Draft {
    return this.#drafts.get(key) ?? emptyDraft;
  }

  set(key: string, draft: Draft): void {
    this.#drafts.delete(key);
    this.#drafts.set(key, draft);
    for (const oldest of this.#drafts.keys()) {
      if (this.#drafts.size <= maximumDrafts) {
        break;
      }
      this.#drafts.delete(oldest);
    }
    this.#timer ??= setTimeout(() => void this.flush(), writeDelayMs);
  }

  /** Writes what is not yet stored. */
  async flush(): Promise<void> {
    if (this.#timer === undefined) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = [...this.#drafts].filter(
      ([, draft]) =>
        !nestsDeeper(draft, storedLevels) &&
        JSON.stringify(draft).length <= maximumStoredCharacters,
    );
    await this.#store.update(storageKey, entries);
  }

  dispose(): void {
    void this.flush();
  }
}

/** The draft when it has the shape of one; storage may come from another version. */
function checkedDraft(value: unknown): Draft | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const {
    arguments: values,
    jsonText,
    tab,
    timeoutSeconds,
    form,
    seed,
    options,
  } = value as Partial<Record<keyof Draft, unknown>>;
  const isValid =
    typeof values === "object" &&
    !Array.isArray(values) &&
    (jsonText === null || typeof jsonText === "string") &&
    (tab === "form" || tab === "json") &&
    (timeoutSeconds === null || typeof timeoutSeconds === "number");
  return isValid
    ? {
        arguments: values as JsonObject | null,
        jsonText,
        tab,
        timeoutSeconds,
        ...(typeof seed === "number" ? { seed } : {}),
        ...(isRunOptionTexts(options) ? { options } : {}),
        ...(isJsonObject(form as JsonObject | undefined) ? { form: form as JsonObject } : {}),
      }
    : undefined;
}
