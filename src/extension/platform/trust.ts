// Workspace Trust. Hiding commands is not enough: whatever starts a program asks here first.

import * as vscode from "vscode";
import { messages } from "./messages.ts";
import { showWarningMessage } from "./notify.ts";

export interface Trust {
  readonly isTrusted: boolean;
  readonly onDidGrant: vscode.Event<void>;
  /** True when the workspace is trusted; else says why nothing runs and offers to change it, without waiting for an answer. */
  require(): boolean;
  manage(): Promise<void>;
}

export function createTrust(): Trust {
  const manage = async (): Promise<void> => {
    await vscode.commands.executeCommand("workbench.trust.manage");
  };
  return {
    get isTrusted() {
      return vscode.workspace.isTrusted;
    },
    onDidGrant: vscode.workspace.onDidGrantWorkspaceTrust,
    manage,
    require: () => {
      if (!vscode.workspace.isTrusted) {
        void showWarningMessage(messages.restricted, messages.manageTrust).then((choice) =>
          choice === undefined ? undefined : manage(),
        );
      }
      return vscode.workspace.isTrusted;
    },
  };
}
