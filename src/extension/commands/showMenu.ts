// The menu behind the status bar item: the commands that make sense now.

import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import type { Command } from "./command.ts";

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
}

export const showMenuCommand: Command = {
  id: commandIds.showMenu,
  title: "Show Menu",
  needsTrust: false,
  run: async ({ trust }) => {
    const running: readonly MenuItem[] = [
      { label: "$(play) Invoke Method…", command: commandIds.invoke },
      { label: "$(run-above) Invoke Last", command: commandIds.invokeLast },
      { label: "$(history) Open Last Call", command: commandIds.openCall },
      { label: "$(tools) Build Plugin", command: commandIds.buildPlugin },
      { label: "$(debug-restart) Restart Host", command: commandIds.restartHost },
    ];
    const restricted: readonly MenuItem[] = [
      {
        label: `$(workspace-untrusted) ${messages.manageTrust}`,
        detail: messages.treeRestricted,
        command: "workbench.trust.manage",
      },
    ];
    const picked = await vscode.window.showQuickPick<MenuItem>(
      [
        ...(trust.isTrusted ? running : restricted),
        { label: "$(list-tree) Show Plugins", command: "fidius.plugins.focus" },
        { label: "$(book) Open Walkthrough", command: commandIds.openWalkthrough },
        { label: "$(output) Show Log", command: commandIds.showLog },
      ],
      { placeHolder: "Fidius" },
    );
    if (picked !== undefined) {
      await vscode.commands.executeCommand(picked.command);
    }
  },
};
