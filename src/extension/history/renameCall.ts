// Asks for the name of a remembered call.

import * as vscode from "vscode";
import { historyMessages } from "./historyMessages.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

export async function renameCall(id: string, { calls }: WorkspaceHistory): Promise<void> {
  const name = await vscode.window.showInputBox({
    prompt: historyMessages.namePrompt,
    value: calls.get(id)?.name ?? "",
  });
  if (name !== undefined) {
    calls.change(id, { name: name.trim() === "" ? null : name.trim() });
  }
}
