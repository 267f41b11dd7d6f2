// The calls of this workspace, for whoever records, lists or opens them: where they are kept, what the settings say, and which
// outcome belongs to which entry.

import * as vscode from "vscode";
import { CallHistory } from "../../history/callHistory.ts";
import type { CallSummary } from "../../history/callEntry.ts";
import { finishedCall } from "../../history/finishedCall.ts";
import { historyFolder } from "../../history/historyFiles.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import type { RunRequest } from "../invoke/callSession.ts";
import { methodKey } from "../methodKey.ts";
import type { FoundMethod } from "../panel/panelState.ts";
import type { StoredOutcome } from "../panel/outcomeStore.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";
import type { ExtensionLog } from "../platform/log.ts";
import { readHistorySettings } from "../platform/settings.ts";
import { storedItems } from "./storedItems.ts";
import { historyMessages } from "./historyMessages.ts";

const unrecordedKey = "fidius.history.unrecorded";

/** A call that is over, as it was made. */
export interface MadeCall {
  readonly found: FoundMethod;
  readonly request: RunRequest;
  readonly profile: string;
  /** That the settings and the call gave the plugin: never stored. */
  readonly environment: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly outcome: CallOutcome;
}

export class WorkspaceHistory {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly #state: KeyValueStore;
  readonly #recorded = new WeakMap<CallOutcome, NonNullable<StoredOutcome["call"]>>();
  readonly calls: CallHistory;

  constructor(folder: vscode.Uri, state: KeyValueStore, log: ExtensionLog) {
    this.#state = state;
    this.calls = new CallHistory(historyFolder(folder.fsPath), {
      limits: () => readHistorySettings().limits,
      onProblem: (error) => {
        log.error("a call was not written to the history", error);
      },
      onChange: () => {
        this.#changed.fire(undefined);
      },
    });
  }

  /** Fires when calls came, changed or went. */
  readonly onDidChange: vscode.Event<undefined> = this.#changed.event;

  /** Whether calls of a method are remembered, by the setting and by the user's word on the method. */
  isRecorded(target: MethodTarget): boolean {
    return readHistorySettings().isRecording && !this.unrecorded.includes(methodKey(target));
  }

  /** Keys of methods whose calls are not to be remembered. */
  get unrecorded(): readonly string[] {
    const stored = this.#state.get(unrecordedKey);
    return Array.isArray(stored) ? stored.filter((key) => typeof key === "string") : [];
  }

  async setRecorded(key: string, isRecorded: boolean): Promise<void> {
    const others = this.unrecorded.filter((other) => other !== key);
    await this.#state.update(unrecordedKey, isRecorded ? others : [...others, key]);
    this.#changed.fire(undefined);
  }

  record(call: MadeCall): void {
    const { plugin, method } = call.found;
    if (!this.isRecorded({ pluginId: plugin.id, method: method.name })) {
      return;
    }
    const { outcome, request } = call;
    const finished = finishedCall({
      plugin,
      method,
      atMs: Date.now(),
      arguments: request.arguments,
      instance: request.instance ?? null,
      timeoutMs: request.timeoutMs,
      options: request.options,
      seed: request.seed ?? null,
      profile: call.profile,
      environment: call.environment,
      commit: call.commit,
      items: storedItems(request.stream),
      outcome,
    });
    const entry = this.calls.record(finished);
    const text = finished.detail.arguments;
    this.#recorded.set(outcome, { id: entry.id, arguments: text });
  }

  /** What is shown in place of an outcome is of the same call. */
  share(outcome: CallOutcome, shown: CallOutcome): void {
    const call = this.#recorded.get(outcome);
    if (call !== undefined) {
      this.#recorded.set(shown, call);
    }
  }

  /** An outcome with the call that it belongs to, when that is remembered. */
  stored(outcome: CallOutcome, atMs: number): StoredOutcome {
    return { outcome, atMs, call: this.#recorded.get(outcome) ?? null };
  }

  /** A remembered call as the panel shows it; undefined when it is not there any more. */
  async opened(id: string): Promise<StoredOutcome | undefined> {
    const detail = await this.calls.detail(id);
    const result = await this.calls.result(id);
    const entry = this.calls.get(id);
    if (entry === undefined) {
      return undefined;
    }
    const message = historyMessages.resultGone(detail !== undefined);
    return {
      outcome: {
        output: { stdout: "", stderr: "", droppedBytes: 0 },
        measurements: { totalMs: entry.callMs ?? 0 },
        notes: [],
        ...detail?.about,
        result: result ?? { kind: "unsupported", message },
      },
      atMs: entry.atMs,
      call: { id, arguments: detail?.arguments ?? null },
      isResultKept: result !== undefined,
    };
  }

  /** The newest call of a method that is remembered. */
  newest({ pluginId, method }: MethodTarget): CallSummary | undefined {
    return this.calls.ofMethod(pluginId, method).at(-1);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
