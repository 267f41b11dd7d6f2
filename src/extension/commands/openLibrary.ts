// "Fidius: Open Plugin Library…": a built library or a package becomes callable without being a crate of the workspace.
// "Close Library" forgets it again.

import { basename } from "node:path";
import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";
import { pluginsOfLibrary, type OpenedLibrary } from "../libraries/openedLibraries.ts";
import { messages, unmatchedMessage } from "../platform/messages.ts";
import { asLibraryPath } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";
import {
  showErrorMessage,
  showInformationMessage,
  showWarningMessage,
  withProgress,
} from "../platform/notify.ts";

export const openLibraryCommand: Command = {
  id: commandIds.openLibrary,
  title: "Open Plugin Library…",
  needsTrust: true,
  run: async (services, argument) => {
    const path = asLibraryPath(argument) ?? (await choosePath());
    if (path === undefined) {
      return;
    }
    const opened = await withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: messages.openingLibrary(basename(path)),
      },
      () => services.opened.open(path),
    );
    if (opened.ok) {
      await showOpened(services, opened.value);
    } else {
      void showErrorMessage(opened.error);
    }
  },
};

export const closeLibraryCommand: Command = {
  id: commandIds.closeLibrary,
  title: "Close Library",
  needsTrust: false,
  run: async ({ opened }, argument) => {
    const path = asLibraryPath(argument);
    if (path !== undefined) {
      await opened.close(path);
    }
  },
};

/** A file or a package's folder, by VS Code's own dialog. */
export async function choosePath(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: messages.openLibraryTitle,
      openLabel: messages.openLibraryLabel,
      canSelectFiles: true,
      // Of Windows' and Linux' own dialogs one cannot choose both; a package's folder holds a package.toml to choose.
      canSelectFolders: process.platform === "darwin",
      filters: {
        "Libraries and packages": ["so", "dylib", "dll", "fid", "toml"],
        "All files": ["*"],
      },
    })) ?? [];
  return asLibraryPath(uri);
}

async function showOpened(services: CommandServices, opened: OpenedLibrary): Promise<void> {
  const model = await services.project.refresh();
  if (opened.kind === "package") {
    await vscode.commands.executeCommand("fidius.plugins.focus");
    void showInformationMessage(opened.signature);
    return;
  }
  const { plugins, unmatched } = pluginsOfLibrary(opened, model);
  const [first] = unmatched;
  if (plugins.length > 0) {
    await vscode.commands.executeCommand(commandIds.invoke, { pluginId: opened.path });
  } else {
    const reason =
      first === undefined ? messages.emptyLibrary(basename(opened.path)) : unmatchedMessage(first);
    void showWarningMessage(reason, messages.inspect).then((choice) => {
      if (choice !== undefined) {
        void vscode.commands.executeCommand(commandIds.inspect, { libraryPath: opened.path });
      }
    });
  }
}
