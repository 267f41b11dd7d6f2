// What VS Code alone adds to the server's Invoke above a method: Debug, and the outcome of the last call. They take the server's own
// lens as their place and its target as theirs, so all of them mean the same method.

import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";
import { findMethod, isReadyToRun } from "../panel/panelState.ts";
import type { ProjectClient } from "../projectClient.ts";
import { asMethodTarget } from "../targets.ts";
import { lastCallTitle } from "./lensText.ts";
import { historyMessages } from "./historyMessages.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

/** Has the client add the lenses, and renew them when a call came, changed or went. */
export function addCallLenses(
  project: ProjectClient,
  history: WorkspaceHistory,
): vscode.Disposable {
  project.extendLenses = (lenses) => lenses.flatMap((lens) => withCalls(lens, project, history));
  return history.onDidChange(() => {
    project.refreshLenses();
  });
}

function withCalls(
  lens: vscode.CodeLens,
  project: ProjectClient,
  history: WorkspaceHistory,
): readonly vscode.CodeLens[] {
  const { command, range } = lens;
  const target =
    command?.command === commandIds.invoke ? asMethodTarget(command.arguments?.[0]) : undefined;
  const found = target && findMethod(project.model, target);
  if (command === undefined || target === undefined || found?.plugin.library !== undefined) {
    // On the call of a macro several methods stand at one place: their lenses would be read as one row.
    return [lens];
  }
  const isHere = found !== undefined && isReadyToRun(found);
  const invoke = isHere ? { ...command, arguments: [{ ...target, isHere }] } : command;
  const last = history.newest(target);
  return [
    new vscode.CodeLens(range, invoke),
    new vscode.CodeLens(range, {
      title: historyMessages.debugLens,
      command: commandIds.debug,
      arguments: [target],
    }),
    ...(last === undefined
      ? []
      : [
          new vscode.CodeLens(range, {
            title: lastCallTitle(last),
            tooltip: historyMessages.lastCallTooltip(new Date(last.atMs).toLocaleString()),
            command: commandIds.openCall,
            arguments: [{ id: last.id }],
          }),
        ]),
  ];
}
