// "Fidius: Inspect Plugin": what a built library says of itself, and who signed it, as a document to read.

import { labelText } from "../../model/text/foreignText.ts";
import { basename } from "node:path";
import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";
import { findBuildable } from "../buildables.ts";
import { messages } from "../platform/messages.ts";
import { asLibraryPath, asPluginTarget } from "../targets.ts";
import { buildNow } from "./buildPlugin.ts";
import type { Command, CommandServices } from "./command.ts";
import { choosePath } from "./openLibrary.ts";
import { showErrorMessage, withProgress } from "../platform/notify.ts";

export const inspectCommand: Command = {
  id: commandIds.inspect,
  title: "Inspect Plugin",
  needsTrust: true,
  run: async (services, argument) => {
    const path =
      asLibraryPath(argument) ??
      (await libraryOf(services, asPluginTarget(argument)?.pluginId)) ??
      (argument === undefined ? await chooseLibrary(services) : undefined);
    if (path === undefined) {
      return;
    }
    const page = await withProgress(
      { location: vscode.ProgressLocation.Window, title: messages.inspecting(basename(path)) },
      () => services.inspections.inspect(path),
    );
    if (page.ok) {
      await services.inspections.show(path, page.value);
    } else {
      void showErrorMessage(page.error);
    }
  },
};

/** The library of a plugin or candidate, built first when it has to be. */
async function libraryOf(
  services: CommandServices,
  pluginId: string | undefined,
): Promise<string | undefined> {
  const { project } = services;
  const opened = project.model.plugins.find(({ id }) => id === pluginId)?.library?.file;
  const buildable = pluginId === undefined ? undefined : findBuildable(project.model, pluginId);
  return opened ?? (buildable === undefined ? undefined : buildNow(services, buildable));
}

interface LibraryItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<string | undefined>;
}

async function chooseLibrary(services: CommandServices): Promise<string | undefined> {
  await services.project.whenReady();
  const built = new Map(
    services.project.model.plugins
      .filter(({ library }) => library?.file === undefined)
      .map((plugin) => [plugin.crate.manifestPath, plugin]),
  );
  const items: readonly LibraryItem[] = [
    ...services.opened.list.map(({ path, signature }) => ({
      label: `$(file-binary) ${labelText(basename(path))}`,
      description: labelText(signature),
      choose: () => Promise.resolve(path),
    })),
    ...[...built.values()].map((plugin) => ({
      label: `$(package) ${labelText(plugin.crate.name)}`,
      description: messages.builtFirst,
      choose: () => buildNow(services, plugin),
    })),
    { label: `$(folder-opened) ${messages.chooseFile}`, choose: choosePath },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: messages.pickLibrary });
  return picked?.choose();
}
