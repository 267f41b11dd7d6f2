// The History view: the calls of the workspace, pinned ones first, then the newest; all of them, or those that a search found.

import * as vscode from "vscode";
import type { CallSummary } from "../../history/callEntry.ts";
import { searchCalls } from "../../history/searchCalls.ts";
import type { WatchedCalls } from "../here/watchedCalls.ts";
import { DisposableStore } from "../../model/disposable.ts";
import { commandIds } from "../commandIds.ts";
import { setContext } from "../platform/contextKeys.ts";
import { readHistorySettings } from "../platform/settings.ts";
import { callItem } from "./callItem.ts";
import { historyMessages } from "./historyMessages.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

interface Search {
  readonly query: string;
  readonly found: ReadonlySet<string>;
}

export class HistoryTree implements vscode.TreeDataProvider<CallSummary> {
  readonly #history: WorkspaceHistory;
  readonly #watched: WatchedCalls;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly #view: vscode.TreeView<CallSummary>;
  #search: Search | undefined;
  #searching: AbortController | undefined;

  constructor(history: WorkspaceHistory, watched: WatchedCalls) {
    this.#history = history;
    this.#watched = watched;
    this.#view = this.#store.add(
      vscode.window.createTreeView("fidius.history", {
        treeDataProvider: this,
        canSelectMany: true,
      }),
    );
    this.#store.add(
      history.onDidChange(() => {
        void this.#update();
      }),
    );
    this.#store.add(
      watched.onDidChange(() => {
        this.#changed.fire(undefined);
      }),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("fidius.history")) {
          this.#show();
        }
      }),
    );
    this.#show();
  }

  readonly onDidChangeTreeData: vscode.Event<undefined> = this.#changed.event;

  get query(): string {
    return this.#search?.query ?? "";
  }

  /** Shows only the calls that have all words; all calls again for an empty query. */
  async search(query: string): Promise<void> {
    this.#search = query.trim() === "" ? undefined : { query: query.trim(), found: new Set() };
    await this.#update();
  }

  getChildren(node?: CallSummary): CallSummary[] {
    if (node !== undefined) {
      return [];
    }
    const found = this.#search?.found;
    const shown = this.#history.calls.list.filter(({ id }) => found?.has(id) !== false);
    return [
      ...shown.filter(({ isPinned }) => isPinned),
      ...shown.filter(({ isPinned }) => !isPinned),
    ];
  }

  getTreeItem(entry: CallSummary): vscode.TreeItem {
    const isWatched = this.#watched.isWatched(entry.id);
    const shown = callItem(entry, Date.now(), isWatched);
    const item = new vscode.TreeItem(shown.label);
    item.id = entry.id;
    item.description = shown.description;
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.spoken };
    item.iconPath =
      shown.color === undefined
        ? new vscode.ThemeIcon(shown.icon)
        : new vscode.ThemeIcon(shown.icon, new vscode.ThemeColor(shown.color));
    item.contextValue = isWatched ? "watchedCall" : entry.isPinned ? "pinnedCall" : "call";
    item.command = { command: commandIds.openCall, title: "Open", arguments: [entry] };
    return item;
  }

  dispose(): void {
    this.#searching?.abort();
    this.#store.dispose();
  }

  /** Calls may have come or gone: what was searched for is searched for again. */
  async #update(): Promise<void> {
    this.#searching?.abort();
    const search = this.#search;
    if (search !== undefined) {
      const controller = new AbortController();
      this.#searching = controller;
      const found = await searchCalls(this.#history.calls, search.query, controller.signal);
      if (controller.signal.aborted) {
        return;
      }
      this.#search = { query: search.query, found };
    }
    this.#show();
  }

  #show(): void {
    const { isRecording } = readHistorySettings();
    this.#view.message =
      this.#search !== undefined
        ? historyMessages.filtered(this.#search.query, this.#search.found.size)
        : !isRecording && this.#history.calls.list.length > 0
          ? historyMessages.off
          : "";
    setContext("fidius.history.isSearched", this.#search !== undefined);
    this.#changed.fire(undefined);
  }
}
