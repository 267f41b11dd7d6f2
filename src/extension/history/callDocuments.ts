// Remembered calls as documents, for VS Code's own diff: what a call was made with and its outcome, as JSON.

import * as vscode from "vscode";
import type { CallSummary } from "../../history/callEntry.ts";
import { callText } from "../../history/valueText.ts";
import { DisposableStore } from "../../model/disposable.ts";
import { findMethod } from "../panel/panelState.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

const scheme = "fidius-call";

/** The document of a call. */
export function callUri({ id, interfaceName, method }: CallSummary): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${interfaceName}.${method}.json`, query: id });
}

export class CallDocuments implements vscode.TextDocumentContentProvider {
  readonly #history: WorkspaceHistory;
  readonly #project: ProjectClient;
  readonly #store = new DisposableStore();

  constructor(history: WorkspaceHistory, project: ProjectClient) {
    this.#history = history;
    this.#project = project;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const { calls } = this.#history;
    const entry = calls.get(query);
    const detail = await calls.detail(query);
    const result = await calls.result(query);
    const found = entry && findMethod(this.#project.model, entry);
    // The types of today explain values of today's interface only.
    const isSame = found !== undefined && found.plugin.interfaceHash === entry?.interfaceHash;
    const typed = isSame ? { method: found.method, types: found.plugin.types } : null;
    return callText(detail?.arguments ?? "null", result, typed, detail?.items);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
