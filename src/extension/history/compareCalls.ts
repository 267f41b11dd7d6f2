// Two remembered calls side by side, in VS Code's diff.

import * as vscode from "vscode";
import type { CallSummary } from "../../history/callEntry.ts";
import type { PanelController } from "../panel/panelController.ts";
import type { PanelServices } from "../panel/panelServices.ts";
import { showInformationMessage } from "../platform/notify.ts";
import { callUri } from "./callDocuments.ts";
import { runCallAgain } from "./historyActions.ts";
import { historyMessages } from "./historyMessages.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

/** With the call of the same method that was made before it. */
export async function comparePrevious(id: string, history: WorkspaceHistory): Promise<void> {
  const { calls } = history;
  const entry = calls.get(id);
  if (entry === undefined) {
    return;
  }
  const ofMethod = calls.ofMethod(entry.pluginId, entry.method);
  const before = ofMethod[ofMethod.indexOf(entry) - 1];
  if (before === undefined) {
    void showInformationMessage(historyMessages.noPrevious);
    return;
  }
  await showDiff(before, entry, history);
}

/** With what the same arguments give now: the method is called. */
export async function compareNow(
  id: string,
  panel: PanelController,
  services: PanelServices,
): Promise<void> {
  const { history } = services;
  const entry = history.calls.get(id);
  const latest = history.newest(panel.target)?.id;
  await runCallAgain(id, panel, services);
  const now = history.newest(panel.target);
  if (entry !== undefined && now !== undefined && now.id !== latest) {
    await showDiff(entry, now, history, historyMessages.now);
  }
}

/** Both calls as text. `isBeside`: next to the source, where the focus stays. */
export async function showDiff(
  left: CallSummary,
  right: CallSummary,
  history: WorkspaceHistory,
  rightName?: string,
  isBeside = false,
): Promise<void> {
  const title = `${left.interfaceName}::${left.method}`;
  if (left.resultBytes === 0 || right.resultBytes === 0) {
    void showInformationMessage(historyMessages.noResult(title));
    return;
  }
  await history.calls.settled();
  await vscode.commands.executeCommand(
    "vscode.diff",
    callUri(left),
    callUri(right),
    historyMessages.comparedTitle(title, nameOf(left), rightName ?? nameOf(right)),
    ...(isBeside
      ? [{ viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true }]
      : []),
  );
}

function nameOf({ name, atMs }: CallSummary): string {
  return name ?? new Date(atMs).toLocaleTimeString();
}
