// "Fidius: Invoke Method…": from a lens or the tree with its method, from the palette with a quick pick.

import * as vscode from "vscode";
import type { MethodTarget } from "../../protocol/lsp.ts";
import { commandIds } from "../commandIds.ts";
import { messages } from "../messages.ts";
import { findMethod, titleOf, type FoundMethod } from "../panel/panelState.ts";
import { asMethodTarget } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";

export const invokeCommand: Command = {
  id: commandIds.invoke,
  title: "Invoke Method",
  // Shows the panel, which says what is in the way; it is the panel's Invoke that runs something.
  needsTrust: false,
  run: async (services, argument) => {
    const given = asMethodTarget(argument);
    const target = given === undefined ? await pickMethod(services) : targetOf(given);
    if (target === undefined) {
      return;
    }
    const found =
      findMethod(services.project.model, target) ??
      findMethod(await services.project.refresh(), target);
    if (found === undefined) {
      void vscode.window.showWarningMessage(messages.methodGone(titleOf(target)));
      return;
    }
    // Without arguments there is nothing to fill in: one click invokes.
    services.panels.show(target, {
      invoke: services.trust.isTrusted && isReadyToRun(found),
      preserveFocus: false,
    });
  },
};

function isReadyToRun({ plugin, method }: FoundMethod): boolean {
  return method.arguments.length === 0 && method.stream === "none" && plugin.config === undefined;
}

/** Only what belongs to a target: the argument may be a whole tree node. */
function targetOf({ pluginId, method }: MethodTarget): MethodTarget {
  return { pluginId, method };
}

interface MethodItem extends vscode.QuickPickItem {
  readonly target?: MethodTarget;
}

async function pickMethod({ project, recent }: CommandServices): Promise<MethodTarget | undefined> {
  await project.whenReady();
  const plugins = [...project.model.plugins].sort((left, right) =>
    left.crate.name.localeCompare(right.crate.name),
  );
  const found = plugins.flatMap((plugin) => plugin.methods.map((method) => ({ plugin, method })));
  if (found.length === 0) {
    void vscode.window.showInformationMessage(messages.noPlugins);
    return undefined;
  }
  const items = found.map(itemOf);
  const sorted = recent.sort(items, ({ target }) => target);
  const recentCount = items.filter(({ target }) => recent.isRecent(target)).length;
  const picked = await vscode.window.showQuickPick<MethodItem>(
    [
      ...(recentCount === 0 ? [] : [separator(messages.recentlyInvoked)]),
      ...sorted.slice(0, recentCount),
      ...(recentCount === 0 ? [] : [separator(messages.otherMethods)]),
      ...sorted.slice(recentCount),
    ],
    { placeHolder: messages.pickMethod, matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.target;
}

function itemOf({ plugin, method }: FoundMethod): MethodItem & { readonly target: MethodTarget } {
  const firstLine = method.doc?.trim().split("\n")[0];
  return {
    label: `$(symbol-method) ${plugin.name}.${method.name}`,
    description: [...(method.isAsync ? ["async"] : []), plugin.crate.name].join(" · "),
    ...(firstLine === undefined ? {} : { detail: firstLine }),
    target: { pluginId: plugin.id, method: method.name },
  };
}

function separator(label: string): MethodItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
