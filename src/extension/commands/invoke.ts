// "Fidius: Invoke Method…": from a lens or the tree with its method, from the palette with a quick pick.

import { labelText } from "../../model/text/foreignText.ts";
import * as vscode from "vscode";
import type { MethodTarget } from "../../protocol/lsp.ts";
import type { PluginCandidate, PluginSchema } from "../../model/plugin.ts";
import { pluginsOf, unseenCandidates } from "../buildables.ts";
import { commandIds } from "../commandIds.ts";
import { interfacesOf } from "../libraries/interfaceChoices.ts";
import { messages } from "../platform/messages.ts";
import { findMethod, isReadyToRun, titleOf, type FoundMethod } from "../panel/panelState.ts";
import type { RecentMethods } from "../recentMethods.ts";
import { asMethodTarget, asPluginTarget, isInvokedHere } from "../targets.ts";
import { buildNow } from "./buildPlugin.ts";
import { pickInterface } from "./chooseInterface.ts";
import type { Command, CommandServices } from "./command.ts";
import { showInformationMessage, showWarningMessage } from "../platform/notify.ts";

export const invokeCommand: Command = {
  id: commandIds.invoke,
  title: "Invoke Method",
  // Shows the panel, which says what is in the way; it is the panel's Invoke that runs something.
  needsTrust: false,
  run: async (services, argument) => {
    const chosen = await chooseMethod(services, argument);
    if (chosen !== undefined) {
      const { target, found } = chosen;
      const isReady = services.trust.isTrusted && isReadyToRun(found);
      if (isReady && isInvokedHere(argument)) {
        await services.here.run(target);
        return;
      }
      services.panels.show(target, { invoke: isReady ? "run" : null, preserveFocus: false });
    }
  },
};

/** The method that a command's argument names, or that the user picks; undefined when there is none, which has been said. */
export async function chooseMethod(
  services: CommandServices,
  argument: unknown,
): Promise<{ readonly target: MethodTarget; readonly found: FoundMethod } | undefined> {
  const given = asMethodTarget(argument);
  const target =
    given === undefined
      ? await pickMethod(services, asPluginTarget(argument)?.pluginId)
      : targetOf(given);
  if (target === undefined) {
    return undefined;
  }
  const found =
    findMethod(services.project.model, target) ??
    findMethod(await services.project.refresh(), target);
  if (found === undefined) {
    void showWarningMessage(messages.methodGone(titleOf(target)));
    return undefined;
  }
  return { target, found };
}

/** Only what belongs to a target: the argument may be a whole tree node. */
function targetOf({ pluginId, method }: MethodTarget): MethodTarget {
  return { pluginId, method };
}

interface MethodItem extends vscode.QuickPickItem {
  readonly target?: MethodTarget;
  /** Not looked into yet: choosing it builds it and asks again. */
  readonly candidate?: PluginCandidate;
  /** Choosing it asks for the plugin's interface, and then again for a method. */
  readonly chooses?: PluginSchema;
}

/** `id`: only methods of this plugin, or of the plugins in this candidate's library. */
async function pickMethod(
  services: CommandServices,
  id: string | undefined,
): Promise<MethodTarget | undefined> {
  const { project, recent, trust } = services;
  await project.whenReady();
  const { model } = project;
  const plugins = [...(id === undefined ? model.plugins : pluginsOf(model, id))].sort(
    (left, right) => left.crate.name.localeCompare(right.crate.name),
  );
  const unseen = unseenCandidates(model).filter(
    (candidate) => id === undefined || candidate.id === id,
  );
  const found = plugins.flatMap((plugin) => plugin.methods.map((method) => ({ plugin, method })));
  const [only] = unseen;
  if (found.length === 0 && unseen.length === 1 && only !== undefined && trust.isTrusted) {
    return (await buildNow(services, only)) === undefined ? undefined : pickSeen(services, only.id);
  }
  if (found.length + unseen.length === 0) {
    void showInformationMessage(messages.noPlugins);
    return undefined;
  }
  const picked = await choose(recent, found, unseen);
  if (picked?.chooses !== undefined) {
    await pickInterface(services, picked.chooses);
    return pickMethod(services, id);
  }
  const candidate = picked?.candidate;
  if (candidate === undefined) {
    return picked?.target;
  }
  return trust.require() && (await buildNow(services, candidate)) !== undefined
    ? pickSeen(services, candidate.id)
    : undefined;
}

async function choose(
  recent: RecentMethods,
  found: readonly FoundMethod[],
  unseen: readonly PluginCandidate[],
): Promise<MethodItem | undefined> {
  const items = found.map(itemOf);
  const sorted = recent.sort(items, ({ target }) => target);
  const recentCount = items.filter(({ target }) => recent.isRecent(target)).length;
  const choices = [...new Set(found.map(({ plugin }) => plugin))].filter(
    (plugin) => interfacesOf(plugin).length > 0,
  );
  return vscode.window.showQuickPick<MethodItem>(
    [
      ...(recentCount === 0 ? [] : [separator(messages.recentlyInvoked)]),
      ...sorted.slice(0, recentCount),
      ...(recentCount === 0 ? [] : [separator(messages.otherMethods)]),
      ...sorted.slice(recentCount),
      ...(unseen.length === 0 ? [] : [separator(messages.notSeenYet)]),
      ...unseen.map(candidateItem),
      ...(choices.length === 0 ? [] : [separator(messages.interfaceChoices)]),
      ...choices.map(choiceItem),
    ],
    { placeHolder: messages.pickMethod, matchOnDescription: true, matchOnDetail: true },
  );
}

/** After a look into a library; when there is nothing in it, that has been said. */
function pickSeen(services: CommandServices, id: string): Promise<MethodTarget | undefined> {
  return pluginsOf(services.project.model, id).length === 0
    ? Promise.resolve(undefined)
    : pickMethod(services, id);
}

function candidateItem(candidate: PluginCandidate): MethodItem {
  return {
    label: `$(package) ${labelText(candidate.crate.name)}`,
    description: messages.buildToSee,
    candidate,
  };
}

function choiceItem(plugin: PluginSchema): MethodItem {
  return {
    label: `$(symbol-interface) ${messages.chooseInterface}`,
    description: labelText(`${plugin.name} · ${messages.typesOf(plugin.interfaceId ?? "")}`),
    chooses: plugin,
  };
}

function itemOf({ plugin, method }: FoundMethod): MethodItem & { readonly target: MethodTarget } {
  const firstLine = method.doc?.trim().split("\n")[0];
  return {
    label: `$(symbol-method) ${labelText(`${plugin.name}.${method.name}`)}`,
    description: labelText(
      [
        ...(method.isAsync ? ["async"] : []),
        plugin.crate.name,
        ...(interfacesOf(plugin).length === 0 ? [] : [messages.typesOf(plugin.interfaceId ?? "")]),
      ].join(" · "),
    ),
    ...(firstLine === undefined ? {} : { detail: labelText(firstLine) }),
    target: { pluginId: plugin.id, method: method.name },
  };
}

function separator(label: string): MethodItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
