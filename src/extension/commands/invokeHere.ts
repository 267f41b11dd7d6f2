// "Fidius: Invoke Here": the method of a lens, of the view or at the cursor, called without leaving the source.

import * as vscode from "vscode";
import type { ProjectModel } from "../../model/plugin.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import { commandIds } from "../commandIds.ts";
import { asMethodTarget } from "../targets.ts";
import { chooseMethod } from "./invoke.ts";
import type { Command } from "./command.ts";

export const invokeHereCommand: Command = {
  id: commandIds.invokeHere,
  title: "Invoke Here",
  needsTrust: true,
  run: async (services, argument) => {
    const { project, here } = services;
    await project.whenReady();
    const target = asMethodTarget(argument) ?? methodAtCursor(project.model);
    const chosen = await chooseMethod(services, target);
    if (chosen !== undefined) {
      await here.run(chosen.target);
    }
  },
};

/** The method of an impl block in which the cursor stands. */
function methodAtCursor({ plugins }: ProjectModel): MethodTarget | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== "file") {
    return undefined;
  }
  const { line } = editor.selection.active;
  for (const { id, library, methods } of plugins) {
    const method = methods.find(
      ({ fullSpan: { file, start, end } }) =>
        file === editor.document.uri.fsPath && start.line <= line && line <= end.line,
    );
    if (method !== undefined && library === undefined) {
      return { pluginId: id, method: method.name };
    }
  }
  return undefined;
}
