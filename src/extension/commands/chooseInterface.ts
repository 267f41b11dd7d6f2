// "Fidius: Choose Interface…": several interfaces within reach have the name and hash of a plugin that only its library shows, and
// the user knows which of them it was built from.

import { labelText, oneLine } from "../../model/text/foreignText.ts";
import * as vscode from "vscode";
import type { PluginSchema } from "../../model/plugin.ts";
import { commandIds } from "../commandIds.ts";
import { interfacesOf } from "../libraries/interfaceChoices.ts";
import { messages } from "../platform/messages.ts";
import { asPluginTarget } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";
import { showInformationMessage } from "../platform/notify.ts";

export const chooseInterfaceCommand: Command = {
  id: commandIds.chooseInterface,
  title: "Choose Interface",
  needsTrust: false,
  run: async (services, argument) => {
    await services.project.whenReady();
    const plugin = await pluginOf(services, asPluginTarget(argument)?.pluginId);
    if (plugin !== undefined) {
      await pickInterface(services, plugin);
    }
  },
};

/** Asks which interface a plugin has, the one that is taken now on top; whether another one was chosen. */
export async function pickInterface(
  { chooseInterface }: Pick<CommandServices, "chooseInterface">,
  plugin: PluginSchema,
): Promise<boolean> {
  const items = interfacesOf(plugin).map((id) => ({
    label: `$(symbol-interface) ${labelText(id)}`,
    ...(id === plugin.interfaceId ? { description: messages.interfaceTaken } : {}),
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: oneLine(messages.pickInterface(plugin.name, plugin.interfaceName)),
  });
  if (picked === undefined || picked.id === plugin.interfaceId) {
    return false;
  }
  await chooseInterface(plugin, picked.id);
  return true;
}

async function pluginOf(
  { project }: CommandServices,
  id: string | undefined,
): Promise<PluginSchema | undefined> {
  const plugins = project.model.plugins.filter(
    (plugin) => interfacesOf(plugin).length > 0 && (id === undefined || plugin.id === id),
  );
  const [only] = plugins;
  if (only === undefined) {
    void showInformationMessage(messages.noInterfaceChoice);
  }
  if (plugins.length < 2) {
    return only;
  }
  const items = plugins.map((plugin) => ({
    label: `$(plug) ${labelText(plugin.name)}`,
    description: labelText(messages.typesOf(plugin.interfaceId ?? plugin.interfaceName)),
    detail: labelText(plugin.library?.file ?? plugin.crate.name),
    plugin,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: messages.pickChoicePlugin }))
    ?.plugin;
}
