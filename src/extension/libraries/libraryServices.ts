// Wires what the extension knows of libraries to the project, the runner, and the settings on signatures.

import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import * as vscode from "vscode";
import type { DisposableStore } from "../../model/disposable.ts";
import type { TrustedKey } from "../../model/packageInfo.ts";
import { err, type Result } from "../../model/result.ts";
import type { OpenedPath } from "../../packages/openPackage.ts";
import type { CallRunner } from "../../runner/callRunner.ts";
import { LibraryReports } from "./libraryReports.ts";
import { messages } from "../messages.ts";
import type { ProjectClient } from "../projectClient.ts";
import { readSignatureSettings } from "../settings.ts";
import { Inspections } from "./inspections.ts";
import { OpenedLibraries } from "./openedLibraries.ts";

export interface LibraryServices {
  /** Of candidates: libraries that cargo builds here. */
  readonly libraries: LibraryReports;
  /** Libraries and packages that the user opened. */
  readonly opened: OpenedLibraries;
  readonly inspections: Inspections;
}

export function connectLibraries(
  context: vscode.ExtensionContext,
  project: ProjectClient,
  runner: () => Promise<CallRunner>,
  store: DisposableStore,
): LibraryServices {
  const cacheFolder = vscode.Uri.joinPath(context.globalStorageUri, "opened").fsPath;
  const inspect: Inspect = async (library) => (await runner()).inspect(library);
  const openPath = (path: string): Promise<Result<OpenedPath, string>> =>
    openBySettings(path, cacheFolder);
  const libraries = new LibraryReports({
    store: context.workspaceState,
    inspect,
    onDidChange: (answers) => project.tellLibraries(answers),
  });
  const opened = new OpenedLibraries({
    store: context.workspaceState,
    openPath,
    inspect,
    askRelease,
    onDidChange: () => project.openedLibrariesChanged(),
  });
  project.libraryAnswers = () => libraries.answers();
  project.openedLibraries = opened;
  store.add(project.onDidChangeModel(() => void libraries.tell()));
  return { libraries, opened, inspections: store.add(new Inspections({ openPath, inspect })) };
}

type Inspect = ConstructorParameters<typeof Inspections>[0]["inspect"];

async function openBySettings(
  path: string,
  cacheFolder: string,
): Promise<Result<OpenedPath, string>> {
  const { openPath } = await import("../../packages/openPackage.ts");
  const { readTrustedKey } = await import("../../packages/signature.ts");
  const { keyFiles, isRequired } = readSignatureSettings();
  const trustedKeys: TrustedKey[] = [];
  for (const file of keyFiles) {
    const key = await readTrustedKey(absolutePath(file));
    if (!key.ok) {
      return err(messages.badTrustedKey(key.error));
    }
    trustedKeys.push(key.value);
  }
  return openPath(path, { cacheFolder, trustedKeys, requiresSignature: isRequired });
}

/** `~` is the home folder; what is relative is so to the first open folder. */
function absolutePath(file: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  return /^~[\\/]/u.test(file) ? join(homedir(), file.slice(2)) : resolve(folder, file);
}

async function askRelease(library: string): Promise<string | undefined> {
  const items = [
    { label: "0.0.5", detail: messages.takesList, release: "0.0.5" },
    { label: "0.0.2 to 0.0.4", detail: messages.takesBare, release: "0.0.4" },
    { label: messages.unknownRelease, detail: messages.unknownReleaseDetail, release: undefined },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: messages.askRelease(basename(library)),
    ignoreFocusOut: true,
  });
  return picked?.release;
}
