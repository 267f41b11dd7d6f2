// The button "Add async feature": applies the edit that the server's quick fix would make, and saves it, because cargo
// reads the disk. Undo takes it back.

import * as vscode from "vscode";
import { messages } from "./platform/messages.ts";
import type { ProjectClient } from "./projectClient.ts";
import { showInformationMessage, showWarningMessage } from "./platform/notify.ts";

export async function addAsyncFeature(pluginId: string, project: ProjectClient): Promise<void> {
  const edit = await project.asyncFeatureFix(pluginId);
  if (edit === null) {
    void showInformationMessage(messages.noAsyncFix);
    return;
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    void showWarningMessage(messages.asyncFixRefused);
    return;
  }
  for (const [uri] of edit.entries()) {
    const document = await vscode.workspace.openTextDocument(uri);
    await document.save();
  }
  await project.refresh();
}
