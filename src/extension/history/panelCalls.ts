// The remembered calls of the method that a panel shows: which of them is shown, and the way to the others.

import type { MethodTarget } from "../../protocol/lsp.ts";
import type { CallSummary } from "../../history/callEntry.ts";
import type { HistoryPlace, PastRepeat } from "../../protocol/panelHistory.ts";
import { methodKey } from "../methodKey.ts";
import type { OutcomeStore, StoredOutcome } from "../panel/outcomeStore.ts";
import type { FoundMethod } from "../panel/panelState.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

/** The newest repeated call of each profile, the newest first. */
function repeatsIn(calls: readonly CallSummary[]): readonly PastRepeat[] {
  const found = new Map<string, PastRepeat>();
  for (const { repeat, profile, atMs } of calls.toReversed()) {
    if (repeat !== undefined && !found.has(profile)) {
      found.set(profile, { ...repeat, profile, atMs });
    }
  }
  return [...found.values()];
}

export class PanelCalls {
  readonly #history: WorkspaceHistory;
  readonly #outcomes: OutcomeStore;

  constructor(history: WorkspaceHistory, outcomes: OutcomeStore) {
    this.#history = history;
    this.#outcomes = outcomes;
  }

  /** Where what is shown of a method stands among its calls; null when it is none that is remembered. */
  place(target: MethodTarget, found: FoundMethod | null): HistoryPlace | null {
    const shown = this.#outcomes.get(methodKey(target));
    const calls = this.#history.calls.ofMethod(target.pluginId, target.method);
    const at = calls.findIndex(({ id }) => id === shown?.call?.id);
    const entry = calls[at];
    return entry === undefined || shown?.call === undefined || shown.call === null
      ? null
      : {
          id: entry.id,
          position: at + 1,
          count: calls.length,
          name: entry.name,
          isPinned: entry.isPinned,
          arguments: shown.call.arguments,
          outcome: entry.outcome,
          isResultKept: shown.isResultKept !== false,
          isOtherInterface:
            found !== null && entry.interfaceHash !== (found.plugin.interfaceHash ?? null),
          ...(entry.repeat === undefined ? {} : { repeatsBefore: repeatsIn(calls.slice(0, at)) }),
        };
  }

  /** The outcome of the newest call, for a method of which this window has seen none yet. */
  async restore(target: MethodTarget): Promise<boolean> {
    await this.#history.calls.settled();
    const newest = this.#history.newest(target);
    const key = methodKey(target);
    if (newest === undefined || this.#outcomes.get(key) !== undefined) {
      return false;
    }
    const stored = await this.#history.opened(newest.id);
    if (stored === undefined || this.#outcomes.get(key) !== undefined) {
      return false;
    }
    this.#outcomes.set(key, stored);
    return true;
  }

  /** The call before or after the one that is shown; undefined at the end. What is not remembered stands after the newest. */
  async step(
    target: MethodTarget,
    direction: "older" | "newer",
  ): Promise<StoredOutcome | undefined> {
    const calls = this.#history.calls.ofMethod(target.pluginId, target.method);
    const shown = this.#outcomes.get(methodKey(target))?.call?.id;
    const found = calls.findIndex(({ id }) => id === shown);
    const at = found === -1 ? calls.length : found;
    const next = calls[at + (direction === "older" ? -1 : 1)];
    return next === undefined ? undefined : this.#history.opened(next.id);
  }
}
