// Wires what the extension knows of libraries to the project, the runner, and the settings on signatures.

import { basename, resolve } from "node:path";
import * as vscode from "vscode";
import type { Sources } from "../../calls/libraryDocument.ts";
import { homeFolder } from "../../files/homeFolder.ts";
import { oneLine } from "../../model/text/foreignText.ts";
import type { DisposableStore } from "../../model/disposable.ts";
import type { InterfaceChoice } from "../../model/libraryPlugins.ts";
import type { TrustedKey } from "../../model/package/packageInfo.ts";
import type { PluginSchema, ProjectModel } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { OpenedPath } from "../../packages/openPackage.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import type { BridgeService } from "../bridge/bridgeService.ts";
import type { BuildService } from "../build/buildService.ts";
import { InterfaceChoices } from "./interfaceChoices.ts";
import { LibraryReports } from "./libraryReports.ts";
import { messages } from "../platform/messages.ts";
import type { ProjectClient } from "../projectClient.ts";
import { readSignatureSettings } from "../platform/settings.ts";
import { Inspections } from "./inspections.ts";
import { OpenedLibraries } from "./openedLibraries.ts";

export interface LibraryServices {
  /** Of candidates: libraries that cargo builds here. */
  readonly libraries: LibraryReports;
  /** Libraries and packages that the user opened. */
  readonly opened: OpenedLibraries;
  readonly inspections: Inspections;
  /** Takes the types of a plugin of a library from another interface of its name and hash. */
  readonly chooseInterface: (plugin: PluginSchema, interfaceId: string) => Promise<void>;
}

/** Who has to know of libraries and packages. */
interface LibraryUsers {
  readonly project: ProjectClient;
  readonly builds: BuildService;
  readonly bridges: BridgeService;
}

export function connectLibraries(
  context: vscode.ExtensionContext,
  { project, builds, bridges }: LibraryUsers,
  runner: () => Promise<CallRunner>,
  store: DisposableStore,
): LibraryServices {
  const cacheFolder = vscode.Uri.joinPath(context.globalStorageUri, "opened").fsPath;
  const inspect: Inspect = async (library) => (await runner()).inspect(library);
  const openPath = async (path: string): Promise<Result<OpenedPath, string>> => {
    const opened = await openBySettings(path, cacheFolder);
    if (opened.ok && opened.value.kind === "library") {
      (await runner()).expectContent(opened.value.file, opened.value.sha256);
    }
    return opened;
  };
  const choices = new InterfaceChoices(context.workspaceState);
  const choicesOf = (library: string): readonly InterfaceChoice[] => choices.of(library);
  const libraries = new LibraryReports({
    store: context.workspaceState,
    inspect,
    choicesOf,
    onDidChange: (answers) => project.tellLibraries(answers),
  });
  const opened = new OpenedLibraries({
    store: context.workspaceState,
    openPath,
    inspect,
    askRelease,
    choicesOf,
    onDidChange: () => project.openedLibrariesChanged(),
  });
  const targetDirectory = (manifestPath: string): string | undefined =>
    opened.packageOf(manifestPath)?.targetDirectory;
  builds.openedPackages = {
    targetDirectory,
    check: async (manifestPath) => {
      const known = opened.packageOf(manifestPath);
      const ready = known === undefined ? undefined : await opened.ready(known.path);
      return ready?.ok === false ? ready : ok(ready?.value.notes ?? []);
    },
  };
  bridges.targetOfPackage = targetDirectory;
  project.libraryAnswers = () => libraries.answers();
  project.openedLibraries = opened;
  store.add(project.onDidChangeModel(() => void libraries.tell()));
  return {
    libraries,
    opened,
    inspections: store.add(
      new Inspections({ openPath, inspect, sources: () => sourcesOf(project.model) }),
    ),
    chooseInterface: async (plugin, interfaceId) => {
      await choices.choose(plugin, interfaceId);
      await (plugin.library?.file === undefined ? libraries.tell() : project.refresh());
    },
  };
}

function sourcesOf({ interfaces, dependencyInterfaces = [], plugins }: ProjectModel): Sources {
  return {
    interfaces: [...interfaces, ...dependencyInterfaces],
    plugins: plugins.filter(({ library }) => library === undefined),
  };
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
  return openPath(path, {
    cache: { folder: cacheFolder },
    trustedKeys,
    requiresSignature: isRequired,
  });
}

/** `~` is the home folder; what is relative is so to it too: a workspace has no say in whom its user trusts. */
function absolutePath(file: string): string {
  return resolve(homeFolder() ?? "/", /^~[\\/]/u.test(file) ? file.slice(2) : file);
}

async function askRelease(library: string): Promise<string | undefined> {
  const items = [
    { label: "0.0.5", detail: messages.takesList, release: "0.0.5" },
    { label: "0.0.2 to 0.0.4", detail: messages.takesBare, release: "0.0.4" },
    { label: messages.unknownRelease, detail: messages.unknownReleaseDetail, release: undefined },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: oneLine(messages.askRelease(basename(library))),
    ignoreFocusOut: true,
  });
  return picked?.release;
}
