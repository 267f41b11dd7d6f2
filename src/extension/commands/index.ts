// The list of commands, and how each is wrapped: refused without trust, a bug in one is said and logged with its cause.

import { showErrorMessage } from "../platform/notify.ts";
import * as vscode from "vscode";
import type { DisposableStore } from "../../model/disposable.ts";
import { messages } from "../platform/messages.ts";
import { buildPluginCommand } from "./buildPlugin.ts";
import type { Command, CommandServices } from "./command.ts";
import { historyCommands } from "../history/historyCommands.ts";
import { chooseInterfaceCommand } from "./chooseInterface.ts";
import { compareInterfaceCommand } from "./compareInterface.ts";
import { debugCommand } from "./debug.ts";
import { fixOpenFoldersCommand } from "./fixOpenFolders.ts";
import { goToSourceCommand, goToTraitCommand } from "./goToSource.ts";
import { invokeCommand } from "./invoke.ts";
import { invokeHereCommand } from "./invokeHere.ts";
import { invokeLastCommand } from "./invokeLast.ts";
import { inspectCommand } from "./inspect.ts";
import { closeLibraryCommand, openLibraryCommand } from "./openLibrary.ts";
import { newCrateCommands } from "./newCrate.ts";
import { openWalkthroughCommand } from "./openWalkthrough.ts";
import { restartHostCommand } from "./restartHost.ts";
import { restartLanguageServerCommand } from "./restartLanguageServer.ts";
import { showLogCommand } from "./showLog.ts";
import { showMenuCommand } from "./showMenu.ts";

const commands: readonly Command[] = [
  invokeCommand,
  invokeHereCommand,
  debugCommand,
  invokeLastCommand,
  buildPluginCommand,
  openLibraryCommand,
  closeLibraryCommand,
  inspectCommand,
  chooseInterfaceCommand,
  compareInterfaceCommand,
  restartHostCommand,
  showLogCommand,
  goToSourceCommand,
  goToTraitCommand,
  openWalkthroughCommand,
  fixOpenFoldersCommand,
  showMenuCommand,
  restartLanguageServerCommand,
  ...newCrateCommands,
  ...historyCommands,
];

export function registerCommands(services: CommandServices, store: DisposableStore): void {
  for (const command of commands) {
    store.add(
      vscode.commands.registerCommand(command.id, (argument: unknown, selection: unknown) =>
        runCommand(command, services, argument, selection),
      ),
    );
  }
}

async function runCommand(
  command: Command,
  services: CommandServices,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  try {
    if (command.needsTrust && !services.trust.require()) {
      return;
    }
    await command.run(services, argument, selection);
  } catch (error) {
    services.log.error(`the command ${command.id} failed`, error);
    const reason = error instanceof Error ? error.message : String(error);
    void showErrorMessage(messages.commandFailed(command.title, reason), messages.showLog).then(
      (choice) => {
        if (choice !== undefined) {
          services.log.channel.show();
        }
      },
    );
  }
}
