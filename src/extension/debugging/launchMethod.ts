// Entries of launch.json with the type `fidius`: F5 debugs a method with the arguments that stand in the entry. The session itself is
// one of the debugger's own type, which Debug starts; of this type there never is one.

import * as vscode from "vscode";
import type { ProjectModel } from "../../model/plugin.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import type { PanelManager } from "../panel/panelManager.ts";
import { messages } from "../platform/messages.ts";
import { showWarningMessage } from "../platform/notify.ts";
import type { Trust } from "../platform/trust.ts";
import type { ProjectClient } from "../projectClient.ts";

const type = "fidius";

export function provideMethodLaunches(
  project: ProjectClient,
  panels: PanelManager,
  trust: Trust,
): vscode.Disposable {
  return vscode.debug.registerDebugConfigurationProvider(type, {
    // The variables are filled in by then.
    resolveDebugConfigurationWithSubstitutedVariables: async (_folder, configuration) => {
      if (configuration.type === type && trust.require()) {
        await project.whenReady();
        launch(configuration, project.model, panels);
      }
      // Undefined ends the launch without a word: the call has begun by itself.
      return undefined;
    },
  });
}

function launch(
  configuration: vscode.DebugConfiguration,
  model: ProjectModel,
  panels: PanelManager,
): void {
  const name = String(configuration["method"]);
  const target = methodNamed(name, model);
  if (target === undefined) {
    void showWarningMessage(messages.noSuchMethod(name));
    return;
  }
  const given: unknown = configuration["arguments"];
  panels.debug(target, given === undefined ? undefined : JSON.stringify(given, null, 2));
}

/** `Plugin.method`, or `package/Plugin.method`. */
function methodNamed(name: string, { plugins }: ProjectModel): MethodTarget | undefined {
  for (const { id, name: plugin, crate, methods } of plugins) {
    const method = methods.find((each) =>
      [`${plugin}.${each.name}`, `${crate.name}/${plugin}.${each.name}`].includes(name),
    );
    if (method !== undefined) {
      return { pluginId: id, method: method.name };
    }
  }
  return undefined;
}
