// "Fidius: New Interface…", "New Plugin…", "New Host…": a crate of a template, as one edit that can be previewed and undone.

import * as vscode from "vscode";
import type { NewCratePlan } from "../../protocol/lsp.ts";
import { askForCrate, type CrateKind, type PlannedCrate } from "../authoring/newCrateDialog.ts";
import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import { showErrorMessage, showInformationMessage } from "../platform/notify.ts";
import { asFolderPath, asNewCrateTarget } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";

export const newCrateCommands: readonly Command[] = [
  newCrateCommand("interface", commandIds.newInterface, "New Interface…"),
  newCrateCommand("plugin", commandIds.newPlugin, "New Plugin…"),
  newCrateCommand("host", commandIds.newHost, "New Host…"),
];

/** Nothing is run for it but the language server, which asks cargo for versions in trusted folders only. */
function newCrateCommand(kind: CrateKind, id: Command["id"], title: string): Command {
  return {
    id,
    title,
    needsTrust: false,
    run: async (services, argument) => {
      await services.project.whenReady();
      const planned = await planFor(kind, services, argument);
      if (planned !== undefined) {
        await make(planned, services);
      }
    },
  };
}

async function planFor(
  kind: CrateKind,
  { project }: CommandServices,
  argument: unknown,
): Promise<PlannedCrate | undefined> {
  const given = asNewCrateTarget(argument);
  if (given !== undefined) {
    const plan = await project.newCrate({ kind, ...given });
    if (plan.kind === "failed") {
      void showErrorMessage(plan.message);
      return undefined;
    }
    return { plan, isPreviewed: false };
  }
  const folder = asFolderPath(argument) ?? (await openFolder());
  return folder === undefined ? undefined : askForCrate(kind, folder, project);
}

/** The open folder; asked for where there are several. */
async function openFolder(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    const choice = await showInformationMessage(messages.newCrateNeedsFolder, messages.openFolder);
    if (choice !== undefined) {
      await vscode.commands.executeCommand("vscode.openFolder");
    }
  }
  const [only, ...others] = folders;
  const picked = others.length === 0 ? only : await vscode.window.showWorkspaceFolderPick();
  return picked?.uri.fsPath;
}

async function make({ plan, isPreviewed }: PlannedCrate, services: CommandServices): Promise<void> {
  const { changedFiles, mainFile, packageName, notes } = plan;
  const changed = changedFiles.map(({ file }) => vscode.Uri.file(file));
  const unsaved = new Set(
    vscode.workspace.textDocuments.flatMap(({ isDirty, uri }) => (isDirty ? [uri.fsPath] : [])),
  );
  if (!(await vscode.workspace.applyEdit(editOf(plan, isPreviewed)))) {
    return;
  }
  // Cargo reads the disk. What its user has not saved stays unsaved.
  for (const uri of changed.filter(({ fsPath }) => !unsaved.has(fsPath))) {
    await (await vscode.workspace.openTextDocument(uri)).save();
  }
  notes.forEach((note) => {
    services.log.info(`${packageName}: ${note}`);
  });
  await vscode.window.showTextDocument(vscode.Uri.file(mainFile));
  await services.project.refresh();
}

/** The whole crate as one edit. */
function editOf(
  { newFiles, changedFiles, packageName }: NewCratePlan,
  needsConfirmation: boolean,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const entry = { label: messages.newCrateEdit(packageName), needsConfirmation };
  for (const { file, text } of newFiles) {
    const contents = new TextEncoder().encode(text);
    edit.createFile(vscode.Uri.file(file), { contents }, entry);
  }
  for (const {
    file,
    edit: { range, newText },
  } of changedFiles) {
    const [start, end] = [range.start, range.end].map(
      ({ line, character }) => new vscode.Position(line, character),
    );
    if (start !== undefined && end !== undefined) {
      edit.replace(vscode.Uri.file(file), new vscode.Range(start, end), newText, entry);
    }
  }
  return edit;
}
