// What panels need of the rest of the extension, made once in extension.ts.

import type * as vscode from "vscode";
import type { BridgeService } from "../bridge/bridgeService.ts";
import type { BuildService } from "../build/buildService.ts";
import type { FileConsent } from "../platform/fileConsent.ts";
import type { HostFunctionFiles } from "../hostFunctions/hostFunctionFiles.ts";
import type { HostImports } from "../hostFunctions/hostImports.ts";
import type { WorkspaceHistory } from "../history/workspaceHistory.ts";
import type { Invoker } from "../invoke/invoker.ts";
import type { LibraryAges } from "../libraries/libraryAges.ts";
import type { LibraryServices } from "../libraries/libraryServices.ts";
import type { ExtensionLog, PluginOutput } from "../platform/log.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { Trust } from "../platform/trust.ts";
import type { InstanceStore } from "./instanceStore.ts";
import type { DraftStore } from "./draftStore.ts";
import type { OutcomeStore } from "./outcomeStore.ts";

export interface PanelServices {
  readonly mediaFolder: vscode.Uri;
  readonly project: ProjectClient;
  readonly builds: BuildService;
  readonly bridges: BridgeService;
  readonly ages: LibraryAges;
  readonly invoker: Invoker;
  readonly trust: Trust;
  readonly files: FileConsent;
  readonly drafts: DraftStore;
  readonly instances: InstanceStore;
  /** Fires when an instance was built or ended. */
  readonly onDidChangeInstances: vscode.Event<undefined>;
  readonly hostFunctionFiles: HostFunctionFiles;
  readonly hostImports: HostImports;
  readonly outcomes: OutcomeStore;
  readonly history: WorkspaceHistory;
  readonly chooseInterface: LibraryServices["chooseInterface"];
  readonly log: ExtensionLog;
  readonly pluginOutput: PluginOutput;
}
