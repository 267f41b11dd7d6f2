// Calls that are made again after each save and each build, for as long as the window lives. What changed is shown beside the source
// and, old and new side by side, in VS Code's diff.

import * as vscode from "vscode";
import { parseArguments } from "../../codec/json/parseArguments.ts";
import type { CallSummary } from "../../history/callEntry.ts";
import { compareResults } from "../../history/compareResults.ts";
import { valueTextOf } from "../../history/valueText.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { CallOutcome, CallResult } from "../../model/outcome.ts";
import { isSource, saveSources, type BuildService } from "../build/buildService.ts";
import { isBuiltHere } from "../buildables.ts";
import { showDiff } from "../history/compareCalls.ts";
import type { WorkspaceHistory } from "../history/workspaceHistory.ts";
import { findMethod, type FoundMethod } from "../panel/panelState.ts";
import type { ExtensionLog } from "../platform/log.ts";
import { OneAtATime } from "../platform/oneAtATime.ts";
import type { Trust } from "../platform/trust.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { HereCalls } from "./hereCalls.ts";

/** Saving everything, or a formatter that saves, is one change. */
const gatherMs = 200;

interface Watched {
  readonly entry: CallSummary;
  /** What it gave when it was made last. */
  last: { readonly entry: CallSummary; readonly result: CallResult };
}

export interface WatchPorts {
  readonly project: ProjectClient;
  readonly builds: BuildService;
  readonly history: WorkspaceHistory;
  readonly here: HereCalls;
  readonly trust: Trust;
  readonly log: ExtensionLog;
}

export class WatchedCalls {
  readonly #ports: WatchPorts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly #watched = new Map<string, Watched>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #runs = new OneAtATime(() => this.#runAll());
  /** Sources are saved on the way to a call: no change of the user's. */
  #isSaving = false;
  #isBuilding = false;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
    this.#store.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (!this.#isSaving && isSource(uri)) {
          this.#soon();
        }
      }),
    );
    this.#store.add(
      ports.builds.onDidChange((build) => {
        const isOver = build === null && this.#isBuilding;
        this.#isBuilding = build !== null;
        // The builds of these calls themselves are no news.
        if (isOver && !this.#runs.isRunning) {
          this.#soon();
        }
      }),
    );
  }

  /** Fires when a call is watched, or not any more. */
  readonly onDidChange: vscode.Event<undefined> = this.#changed.event;

  isWatched(id: string): boolean {
    return this.#watched.has(id);
  }

  /** The call is pinned with it: one that may be dropped cannot be made again. */
  async watch(entry: CallSummary): Promise<boolean> {
    const { history } = this.#ports;
    const result = await history.calls.result(entry.id);
    if (result === undefined) {
      return false;
    }
    history.calls.change(entry.id, { isPinned: true });
    this.#watched.set(entry.id, { entry, last: { entry, result } });
    this.#changed.fire(undefined);
    return true;
  }

  unwatch(id: string): void {
    if (this.#watched.delete(id)) {
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watched.clear();
    this.#store.dispose();
  }

  #soon(): void {
    if (this.#watched.size === 0 || !this.#ports.trust.isTrusted) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#runs.ask();
    }, gatherMs);
  }

  async #runAll(): Promise<void> {
    try {
      for (const watched of [...this.#watched.values()]) {
        await this.#run(watched);
      }
    } catch (error) {
      this.#ports.log.error("a watched call was not made", error);
    }
  }

  async #run(watched: Watched): Promise<void> {
    const { history, here, project } = this.#ports;
    const { entry } = watched;
    const target = { pluginId: entry.pluginId, method: entry.method };
    const detail = await history.calls.detail(entry.id);
    const found = findMethod(await project.refresh(), target);
    if (detail === undefined || history.calls.get(entry.id) === undefined) {
      this.unwatch(entry.id);
      return;
    }
    if (found === undefined) {
      return;
    }
    if (isBuiltHere(found.plugin)) {
      this.#isSaving = true;
      try {
        await saveSources(found.plugin);
      } finally {
        this.#isSaving = false;
      }
    }
    const parsed = parseArguments(found.method, found.plugin.types, detail.arguments, {
      allowsFileReferences: true,
      allowsSerdeText: true,
    });
    if (!parsed.ok) {
      return;
    }
    const outcome = await here.call(
      target,
      parsed.value,
      detail.instance ?? undefined,
      here.optionsOf(target, detail),
    );
    if (outcome === undefined) {
      return;
    }
    await this.#tell(watched, found, outcome);
  }

  /** Shows the outcome of the call now, and how it differs from its outcome before. */
  async #tell(watched: Watched, found: FoundMethod, outcome: CallOutcome): Promise<void> {
    const { history, here } = this.#ports;
    const target = { pluginId: watched.entry.pluginId, method: watched.entry.method };
    const now = history.calls.get(history.stored(outcome, Date.now()).call?.id ?? "");
    const before = watched.last;
    const typed = { method: found.method, types: found.plugin.types };
    const isSame = compareResults(before.result, outcome.result, typed).length === 0;
    const isOldType = before.entry.interfaceHash !== (found.plugin.interfaceHash ?? null);
    here.show(
      target,
      outcome,
      isSame || isOldType ? undefined : (valueTextOf(before.result, typed) ?? before.entry.outcome),
    );
    if (now !== undefined) {
      watched.last = { entry: now, result: outcome.result };
      if (!isSame) {
        await showDiff(before.entry, now, history, undefined, true);
      }
    }
  }
}
