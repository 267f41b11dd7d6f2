// "Fidius: Build Plugin": runs cargo for one plugin, with progress and Cancel, and leads to the first error.

import * as vscode from "vscode";
import type { BuildFailure } from "../../model/outcome.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/span.ts";
import { saveSources } from "../build/buildService.ts";
import { commandIds } from "../commandIds.ts";
import { goToSpan } from "../goTo.ts";
import { buildFailureMessage, messages } from "../messages.ts";
import { asPluginTarget } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";

export const buildPluginCommand: Command = {
  id: commandIds.buildPlugin,
  title: "Build Plugin",
  needsTrust: true,
  run: async (services, argument) => {
    const plugin = await choosePlugin(services, asPluginTarget(argument)?.pluginId);
    if (plugin === undefined) {
      return;
    }
    await saveSources(plugin);
    const packageName = plugin.crate.name;
    const step = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: messages.building(packageName),
        cancellable: true,
      },
      async (progress, token) => {
        const controller = new AbortController();
        const listening = token.onCancellationRequested(() => {
          controller.abort();
        });
        let shown = 0;
        try {
          return await services.builds.build(
            plugin,
            {
              onProgress: ({ done, total, crateName, isWaitingForLock }) => {
                const percent = done === null || total === null ? shown : (done / total) * 100;
                const count = done === null || total === null ? "" : `${done}/${total} `;
                progress.report({
                  message: isWaitingForLock
                    ? messages.waitingForLock
                    : `${count}${crateName ?? ""}`,
                  increment: Math.max(0, percent - shown),
                });
                shown = Math.max(shown, percent);
              },
            },
            controller.signal,
            true,
          );
        } finally {
          listening.dispose();
        }
      },
    );
    if (step.kind === "failed") {
      void showFailure(services, packageName, step.failure);
    } else if (step.kind === "ready") {
      const note = step.notes.join(". ");
      vscode.window.setStatusBarMessage(
        note === "" ? messages.built(packageName) : `${messages.built(packageName)} ${note}.`,
        5000,
      );
    }
  },
};

async function choosePlugin(
  { project }: CommandServices,
  pluginId: string | undefined,
): Promise<PluginSchema | undefined> {
  await project.whenReady();
  if (pluginId !== undefined) {
    const isIt = ({ id }: PluginSchema): boolean => id === pluginId;
    const plugin = project.model.plugins.find(isIt) ?? (await project.refresh()).plugins.find(isIt);
    if (plugin === undefined) {
      void vscode.window.showWarningMessage(messages.pluginGone);
    }
    return plugin;
  }
  const { plugins } = project.model;
  if (plugins.length === 0) {
    void vscode.window.showInformationMessage(messages.noPlugins);
  }
  if (plugins.length <= 1) {
    return plugins[0];
  }
  const picked = await vscode.window.showQuickPick(
    plugins.map((plugin) => ({
      label: `$(plug) ${plugin.name}`,
      description: plugin.crate.name,
      plugin,
    })),
    { placeHolder: messages.pickPlugin },
  );
  return picked?.plugin;
}

async function showFailure(
  { log }: CommandServices,
  packageName: string,
  failure: BuildFailure,
): Promise<void> {
  const span: SourceSpan | undefined =
    failure.kind === "compileErrors"
      ? failure.errors.find((error) => error.span !== undefined)?.span
      : undefined;
  const actions = [
    ...(span === undefined ? [] : [messages.goToError]),
    ...(failure.kind === "cargoNotFound" ? [messages.openSettings] : []),
    messages.showLog,
  ];
  const choice = await vscode.window.showErrorMessage(
    buildFailureMessage(packageName, failure),
    ...actions,
  );
  if (choice === messages.goToError && span !== undefined) {
    await goToSpan(span);
  } else if (choice === messages.openSettings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "fidius.cargo.path");
  } else if (choice === messages.showLog) {
    log.channel.show();
  }
}
