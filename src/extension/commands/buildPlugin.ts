// "Fidius: Build Plugin": runs cargo for one plugin, with progress and Cancel, and leads to the first error.

import { labelText } from "../../model/text/foreignText.ts";
import * as vscode from "vscode";
import type { BuildFailure } from "../../model/outcome.ts";
import type { BuildStep } from "../../calls/pluginBuilder.ts";
import type { Buildable } from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import { candidateOf, findBuildable, isBuiltHere, unseenCandidates } from "../buildables.ts";
import { saveSources } from "../build/buildService.ts";
import { commandIds } from "../commandIds.ts";
import { goToSpan } from "../goTo.ts";
import { buildFailureMessage, candidateTrouble, messages } from "../platform/messages.ts";
import { asPluginTarget } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";
import {
  showErrorMessage,
  showInformationMessage,
  showWarningMessage,
  showInStatusBar,
  withProgress,
} from "../platform/notify.ts";

export const buildPluginCommand: Command = {
  id: commandIds.buildPlugin,
  title: "Build Plugin",
  needsTrust: true,
  run: async (services, argument) => {
    const plugin = await choosePlugin(services, asPluginTarget(argument)?.pluginId);
    if (plugin !== undefined) {
      await buildNow(services, plugin);
    }
  },
};

/** Builds with progress, says how it ended, and looks into the library where only that shows the plugins. The library. */
export async function buildNow(
  services: CommandServices,
  plugin: Buildable,
): Promise<string | undefined> {
  await saveSources(plugin);
  const packageName = plugin.crate.name;
  const step = await buildWithProgress(services, plugin);
  if (step.kind === "failed") {
    void showFailure(services, packageName, step.failure);
  } else if (step.kind === "ready") {
    const note = step.notes.join(". ");
    showInStatusBar(
      note === "" ? messages.built(packageName) : `${messages.built(packageName)} ${note}.`,
      5000,
    );
    await lookInto(services, plugin, step.library);
  }
  return step.kind === "ready" ? step.library : undefined;
}

function buildWithProgress(services: CommandServices, plugin: Buildable): Thenable<BuildStep> {
  return withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: messages.building(plugin.crate.name),
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
                message: isWaitingForLock ? messages.waitingForLock : `${count}${crateName ?? ""}`,
                increment: Math.max(0, percent - shown),
              });
              shown = Math.max(shown, percent);
            },
          },
          controller.signal,
          { force: true },
        );
      } finally {
        listening.dispose();
      }
    },
  );
}

/** What a candidate's library holds; says so when there is nothing to invoke in it. */
async function lookInto(
  { project, libraries }: CommandServices,
  plugin: Buildable,
  library: string,
): Promise<void> {
  const candidate = candidateOf(project.model, plugin);
  if (candidate === undefined) {
    return;
  }
  await libraries.learn(candidate.id, library);
  const seen = (await project.refresh()).candidates?.find(({ id }) => id === candidate.id);
  const trouble = seen && candidateTrouble(seen);
  if (trouble !== undefined) {
    void showWarningMessage(trouble);
  }
}

async function choosePlugin(
  { project }: CommandServices,
  pluginId: string | undefined,
): Promise<Buildable | undefined> {
  await project.whenReady();
  if (pluginId !== undefined) {
    const plugin =
      findBuildable(project.model, pluginId) ?? findBuildable(await project.refresh(), pluginId);
    if (plugin === undefined) {
      void showWarningMessage(messages.pluginGone);
    }
    return plugin;
  }
  const items = [
    ...project.model.plugins.filter(isBuiltHere).map((plugin) => ({
      label: `$(plug) ${labelText(plugin.name)}`,
      description: labelText(plugin.crate.name),
      plugin,
    })),
    ...unseenCandidates(project.model).map((plugin) => ({
      label: `$(package) ${labelText(plugin.crate.name)}`,
      description: messages.buildToSee,
      plugin,
    })),
  ];
  if (items.length === 0) {
    void showInformationMessage(messages.noPlugins);
  }
  if (items.length <= 1) {
    return items[0]?.plugin;
  }
  const picked = await vscode.window.showQuickPick<(typeof items)[number]>(items, {
    placeHolder: messages.pickPlugin,
  });
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
  const choice = await showErrorMessage(buildFailureMessage(packageName, failure), ...actions);
  if (choice === messages.goToError && span !== undefined) {
    await goToSpan(span);
  } else if (choice === messages.openSettings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "fidius.cargo.path");
  } else if (choice === messages.showLog) {
    log.channel.show();
  }
}
