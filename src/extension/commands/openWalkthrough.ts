// "Fidius: Open Walkthrough": the first steps, with pictures. It never opens by itself.

import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";
import type { Command } from "./command.ts";

export const openWalkthroughCommand: Command = {
  id: commandIds.openWalkthrough,
  title: "Open Walkthrough",
  needsTrust: false,
  run: async () => {
    await vscode.commands.executeCommand(
      "workbench.action.openWalkthrough",
      "fidius-tools.fidius#start",
      false,
    );
  },
};
