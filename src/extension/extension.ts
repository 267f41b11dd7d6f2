// The extension's only composition root: makes every part, in order, into one store. Starts no program before the user asks,
// except the language server, which in Restricted Mode only reads.

import * as vscode from "vscode";
import { maximumDepthAdvice, setMaximumDepth } from "../codec/kinds/depth.ts";
import { DisposableStore } from "../model/disposable.ts";
import type { CallRunner } from "../runner/call/callRunner.ts";
import { BridgeService } from "./bridge/bridgeService.ts";
import { BuildService } from "./build/buildService.ts";
import { registerCommands } from "./commands/index.ts";
import { Comparisons } from "./drift/comparisons.ts";
import { HereCalls } from "./here/hereCalls.ts";
import { WatchedCalls } from "./here/watchedCalls.ts";
import { InlineResults } from "./here/inlineResults.ts";
import { CallDocuments } from "./history/callDocuments.ts";
import { addCallLenses } from "./history/callLenses.ts";
import { HistoryTree } from "./history/historyTree.ts";
import { WorkspaceHistory } from "./history/workspaceHistory.ts";
import { HostFunctionFiles } from "./hostFunctions/hostFunctionFiles.ts";
import { HostImports } from "./hostFunctions/hostImports.ts";
import { provideMethodLaunches } from "./debugging/launchMethod.ts";
import { Invoker } from "./invoke/invoker.ts";
import { LibraryAges } from "./libraries/libraryAges.ts";
import { connectLibraries } from "./libraries/libraryServices.ts";
import { createLog, type ExtensionLog, PluginOutput } from "./platform/log.ts";
import { DraftStore } from "./panel/draftStore.ts";
import { InstanceStore } from "./panel/instanceStore.ts";
import { OutcomeStore } from "./panel/outcomeStore.ts";
import { PanelManager } from "./panel/panelManager.ts";
import { ProjectClient } from "./projectClient.ts";
import { RecentMethods } from "./recentMethods.ts";
import { StatusItem } from "./statusItem.ts";
import { provideFidiusTasks } from "./tasks/fidiusTasks.ts";
import { PluginTree } from "./tree/pluginTree.ts";
import { askForFile } from "./platform/askForFile.ts";
import { FileConsent } from "./platform/fileConsent.ts";
import { readMaximumDepth } from "./platform/settings.ts";
import { createTrust } from "./platform/trust.ts";
import { WindowRunner } from "./invoke/windowRunner.ts";

let deactivation: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const store = new DisposableStore();
  followMaximumDepth(store);
  const log = createLog(store);
  const pluginOutput = new PluginOutput(store);
  const distFolder = vscode.Uri.joinPath(context.extensionUri, "dist");
  const trust = createTrust();
  const project = store.add(new ProjectClient(distFolder.fsPath, log, trust));
  const builds = store.add(new BuildService(log));
  const bridges = store.add(new BridgeService(distFolder.fsPath, project, trust, log));
  const ages = connectAges(context, project, builds, bridges, log);
  const recent = new RecentMethods(context.workspaceState);

  const runner = store.add(new WindowRunner(context, log, pluginOutput));
  const getRunner = (): Promise<CallRunner> => runner.get();
  const libraries = connectLibraries(context, { project, builds, bridges }, getRunner, store);
  const invoking = {
    files: new FileConsent(context.workspaceState, askForFile),
    project,
    builds,
    bridges,
    ages,
    ...libraries,
    trust,
    recent,
    pluginOutput,
    hostFunctionFiles: store.add(new HostFunctionFiles()),
    hostImports: store.add(new HostImports()),
    history: connectHistory(context, log, store),
  };
  const invoker = new Invoker({
    ...invoking,
    runner: getRunner,
    startedRunner: () => runner.started,
  });
  const panelServices = {
    ...invoking,
    mediaFolder: vscode.Uri.joinPath(distFolder, "media"),
    invoker,
    drafts: store.add(new DraftStore(context.workspaceState)),
    instances: new InstanceStore(context.workspaceState),
    onDidChangeInstances: runner.onDidChangeInstances,
    outcomes: new OutcomeStore(),
    log,
  };
  const panels = store.add(new PanelManager(panelServices, context.workspaceState));
  const results = store.add(new InlineResults());
  store.add(addCallLenses(project, invoking.history));
  store.add(provideMethodLaunches(project, panels, trust));
  store.add(provideFidiusTasks(project, distFolder.fsPath));
  store.add(new PluginTree(project, libraries.opened, builds, trust));
  const here = new HereCalls(panelServices, panels, results);
  const watched = store.add(new WatchedCalls({ ...invoking, here, log }));
  const historyTree = store.add(new HistoryTree(invoking.history, watched));
  store.add(new CallDocuments(invoking.history, project));
  store.add(new StatusItem(project, builds, results, trust));
  registerCommands(
    {
      project,
      builds,
      ...libraries,
      panels,
      here,
      watched,
      comparisons: store.add(new Comparisons()),
      recent,
      history: invoking.history,
      historyTree,
      trust,
      log,
      restartHost: async () => (await runner.started?.restart()) ?? 0,
    },
    store,
  );
  void project.start();
  deactivation = () => end(store, { project, runner, history: invoking.history });
}

/** Ends what runs, with the store in between: nothing is asked for after it. */
async function end(
  store: DisposableStore,
  parts: {
    readonly project: ProjectClient;
    readonly runner: WindowRunner;
    readonly history: WorkspaceHistory;
  },
): Promise<void> {
  await parts.project.stop();
  await parts.history.calls.settled();
  store.dispose();
  await parts.runner.started?.ended();
}

/** The calls of the workspace; without a folder they are kept for all such windows. */
function connectHistory(
  { storageUri, globalStorageUri, workspaceState }: vscode.ExtensionContext,
  log: ExtensionLog,
  store: DisposableStore,
): WorkspaceHistory {
  const folder = vscode.Uri.joinPath(storageUri ?? globalStorageUri, "history");
  return store.add(new WorkspaceHistory(folder, workspaceState, log));
}

/** Values are as deep as the setting says, from now on and after each change of it. */
function followMaximumDepth(store: DisposableStore): void {
  const follow = (): void => {
    setMaximumDepth(readMaximumDepth(), maximumDepthAdvice);
  };
  follow();
  store.add(vscode.workspace.onDidChangeConfiguration(follow));
}

/** What is known of libraries that are called as they are: learned from builds, told to bridges. */
function connectAges(
  context: vscode.ExtensionContext,
  project: ProjectClient,
  builds: BuildService,
  bridges: BridgeService,
  log: ExtensionLog,
): LibraryAges {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, "types").fsPath;
  const ages = new LibraryAges({ folder, builds, refresh: () => project.refresh() });
  builds.onBuilt = (plugin, step, startedAtMs) =>
    ages.remember(plugin, step, startedAtMs).catch((error: unknown) => {
      // The build is good all the same: only an older library would be called without its types.
      log.error(`the types of ${plugin.crate.name} were not remembered`, error);
    });
  bridges.isOlder = (plugin) => ages.isOlder(plugin);
  return ages;
}

/** VS Code waits for this, so no process outlives the window. */
export async function deactivate(): Promise<void> {
  await deactivation?.();
  deactivation = undefined;
}
