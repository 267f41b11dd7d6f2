// The language server: what it can do, and which file does it. Everything here is one line a feature; the project is
// made once the client has said which folders are open and whether it trusts them.

import {
  type CancellationToken,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { DisposableStore } from "../model/disposable.ts";
import type { Logger } from "../model/logger.ts";
import type { ProjectModel } from "../model/plugin.ts";
import { createProject, type Project } from "../project/project.ts";
import {
  clientNotifications,
  type FixAllAnswer,
  type PluginTarget,
  serverCommands,
  serverNotifications,
  serverRequests,
} from "../protocol/lsp.ts";
import { callCommand, type CallPorts } from "./calls/callCommand.ts";
import { codeActions, fixAllKind } from "./codeActions.ts";
import { type CodeLensProvider, createCodeLensProvider } from "./codeLens.ts";
import { checkCrate } from "../diagnostics/checkCrate.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import { type Documents, trackDocuments } from "./documents.ts";
import { bindWriting, completionCharacters } from "./bindWriting.ts";
import { type ClientAbilities, readAbilities } from "./clientAbilities.ts";
import { bindDrift, type DriftFeature } from "./drift/bindDrift.ts";
import { fileOfUri, pathOfUri } from "./fileUris.ts";
import { changedSettingsProblem, fixAllTitle, settingsProblem } from "./messages.ts";
import type { PageOf } from "./pages.ts";
import { createDiagnosticsPublisher } from "./publishDiagnostics.ts";
import { fixAll } from "./quickFixes/fixAll.ts";
import { newCrateCommand } from "./scaffold/newCrate.ts";
import { editFor, textFixEdit } from "./quickFixes/index.ts";
import {
  cautiousSettings,
  changeSettings,
  readSettings,
  type ChangingSettings,
} from "./settings.ts";

export interface ServerPorts {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly version: string;
  /** Finds the page of a diagnostic. */
  readonly pageOf: PageOf;
}

/** Files whose change on disk the client is asked to tell us of. */
const watchedFiles = [
  "**/*.rs",
  "**/Cargo.toml",
  "**/Cargo.lock",
  "**/package.toml",
  // What build scripts print: conditions are among it.
  "**/build/*/output",
  "**/.cargo/config*",
  "**/rust-toolchain*",
];

/** Binds the server to the connection; it answers as soon as the caller listens. */
export function startServer(ports: ServerPorts): void {
  const { connection } = ports;
  const session = createSession(ports);
  connection.onInitialize((params) => session.initialize(params));
  connection.onInitialized(async () => {
    await session.initialized();
  });
  connection.onShutdown(() => {
    session.dispose();
  });
}

interface Session {
  initialize(params: InitializeParams): InitializeResult;
  initialized(): Promise<void>;
  dispose(): void;
}

function createSession({ connection, logger, version, pageOf }: ServerPorts): Session {
  const store = new DisposableStore();
  let features: Features | undefined;
  /** Told once the client listens. */
  let problem: string | undefined;

  return {
    initialize: (params) => {
      const parsed = readSettings(params.initializationOptions);
      problem = parsed.ok ? undefined : settingsProblem(parsed.error);
      const settings = parsed.ok ? parsed.value : { ...cautiousSettings };
      const folders = foldersOf(params);
      const project = store.add(
        createProject({
          folders,
          isTrusted: settings.isTrusted,
          cargoPath: settings.cargoPath,
          choices: settings.choices,
          check: checkCrate,
          logger,
        }),
      );
      const lenses = createCodeLensProvider(settings);
      const abilities = readAbilities(params);
      features = {
        connection,
        logger,
        project,
        lenses,
        pageOf,
        settings,
        abilities,
        store,
        folders,
      };
      return { capabilities, serverInfo: { name: "fidius", version } };
    },
    initialized: async () => {
      if (features === undefined) {
        return;
      }
      bindFeatures(features);
      if (problem !== undefined) {
        await connection.sendNotification(ShowMessageNotification.type, {
          type: MessageType.Warning,
          message: problem,
        });
      }
      if (features.abilities.fileWatching) {
        await watchFiles(connection, logger);
      }
    },
    dispose: () => {
      store.dispose();
    },
  };
}

async function watchFiles(connection: Connection, logger: Logger): Promise<void> {
  try {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: watchedFiles.map((globPattern) => ({ globPattern })),
    });
  } catch (error) {
    logger.warn("the client does not watch files, so changes outside of it go unnoticed", error);
  }
}

const capabilities: InitializeResult["capabilities"] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  codeLensProvider: {},
  hoverProvider: true,
  implementationProvider: true,
  definitionProvider: true,
  completionProvider: { triggerCharacters: completionCharacters },
  codeActionProvider: {
    codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind],
  },
  executeCommandProvider: { commands: Object.values(serverCommands) },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

interface Features {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly project: Project;
  /** The folders that were open at the start. */
  readonly folders: readonly string[];
  readonly lenses: CodeLensProvider;
  readonly pageOf: PageOf;
  readonly settings: ChangingSettings;
  readonly abilities: ClientAbilities;
  readonly store: DisposableStore;
}

function bindFeatures(features: Features): void {
  const { connection, project, lenses, abilities, store } = features;
  const documents = store.add(
    trackDocuments(connection, {
      fileOf: (uri) => fileOfUri(uri, project),
      textChanged: (file, text) => {
        project.setOpenText(file, text);
      },
      closed: (file) => {
        project.closeText(file);
      },
    }),
  );
  const refreshLenses = (): void => {
    if (abilities.lensRefresh) {
      connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
        features.logger.trace("the client did not refresh its lenses", error);
      });
    }
  };
  const drift = store.add(bindDrift({ ...features, refreshLenses }));
  bindCommands(features, documents, drift);
  bindChanges(features, documents, refreshLenses);
  connection.onCodeLens(({ textDocument }) => {
    const file = fileOfUri(textDocument.uri, project);
    const snapshot = project.snapshot();
    return file === undefined
      ? []
      : [...lenses.lenses(file, snapshot), ...drift.lenses(file, snapshot)];
  });
  connection.onCodeAction(({ textDocument, range, context: { only, diagnostics } }) => {
    const file = fileOfUri(textDocument.uri, project);
    return file === undefined
      ? []
      : [
          ...codeActions(
            { file, range, only, diagnostics },
            {
              snapshot: project.snapshot(),
              documents,
              canVersion: abilities.versionedEdits,
              pageOf: features.pageOf,
              settings: features.settings,
            },
          ),
        ];
  });
  bindWriting({ ...features, documents });
  connection.onRequest(serverRequests.project, (): ProjectModel => project.model());
  connection.onRequest(
    serverRequests.asyncFeatureFix,
    ({ pluginId }: PluginTarget, _token: CancellationToken) =>
      setupEdit(project, documents, pluginId, abilities.versionedEdits),
  );
}

/** Asks the editor to make the preferred fixes of all that is wrong in the open folders. */
async function fixAllInFolders(
  { connection, project, settings, abilities }: Features,
  documents: Documents,
): Promise<FixAllAnswer> {
  const snapshot = project.snapshot();
  const all = fixAll(diagnose(snapshot, settings.diagnostics), snapshot);
  const edit = textFixEdit(all, documents, abilities.versionedEdits);
  if (edit === undefined) {
    return { fixed: 0 };
  }
  const { applied } = await connection.workspace.applyEdit({ label: fixAllTitle, edit });
  return { fixed: applied ? all.count : 0 };
}

/** `workspace/executeCommand`. */
function bindCommands(features: Features, documents: Documents, drift: DriftFeature): void {
  const { connection, settings, store, abilities } = features;
  const lifetime = new AbortController();
  store.add({
    dispose: () => {
      lifetime.abort();
    },
  });
  let { isTrusted } = settings;
  connection.onNotification(clientNotifications.trustGranted, () => {
    isTrusted = true;
    features.project.grantTrust();
    drift.grantTrust();
  });
  const calls: CallPorts = {
    ...features,
    canShowProgress: abilities.progress,
    isTrusted: () => isTrusted,
    signal: lifetime.signal,
  };
  connection.onExecuteCommand(({ command, arguments: words }) => {
    switch (command) {
      case serverCommands.call:
        return callCommand(words?.[0], calls);
      case serverCommands.newCrate:
        return newCrateCommand(words?.[0], {
          ...calls,
          documents,
          cargoPath: settings.cargoPath,
          canCreateFiles: abilities.createFiles,
        });
      case serverCommands.fixAll:
        return fixAllInFolders(features, documents);
      case serverCommands.bases:
      case serverCommands.compare:
        return drift.execute(command, words?.[0]);
      default:
        return null;
    }
  });
}

/** What makes the project change, and what its change is told to. */
function bindChanges(features: Features, documents: Documents, refreshLenses: () => void): void {
  const { connection, logger, project, store } = features;
  const publisher = createDiagnosticsPublisher(connection, documents, features.pageOf);
  connection.onDidChangeWatchedFiles(({ changes }) => {
    project.filesChanged(
      changes.map(({ uri }) => fileOfUri(uri, project)).filter((file) => file !== undefined),
    );
  });
  connection.onNotification(clientNotifications.libraryReports, (answers) => {
    project.setLibraryReports(
      new Map(answers.map(({ candidateId, ...answer }) => [candidateId, answer])),
    );
  });
  const folders = new Set(features.folders);
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    for (const folder of pathsOf(event.removed)) {
      folders.delete(folder);
    }
    for (const folder of pathsOf(event.added)) {
      folders.add(folder);
    }
    project.setFolders([...folders]);
  });
  let shownLenses = "";
  const announce = (): void => {
    let wantedLenses = shownLenses;
    try {
      const snapshot = project.snapshot();
      publisher.publish(diagnose(snapshot, features.settings.diagnostics));
      wantedLenses = lensSubjects(snapshot.model);
    } catch (error) {
      logger.error("the project could not be read", error);
    }
    // Last, so that who hears it can rely on the Problems being up to date.
    void connection.sendNotification(serverNotifications.projectChanged, null);
    if (wantedLenses !== shownLenses) {
      shownLenses = wantedLenses;
      refreshLenses();
    }
  };
  store.add(project.onDidChange(announce));
  connection.onDidChangeConfiguration(({ settings }) => {
    const changed = changeSettings(features.settings, settings);
    if (!changed.ok) {
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: changedSettingsProblem(changed.error),
      });
    } else if (changed.value) {
      announce();
      refreshLenses();
    }
  });
  connection.onRequest(serverRequests.settled, async () => {
    await project.whenSettled();
    announce();
    return null;
  });
  announce();
}

/** What lenses are about. Where they stand changes with the document, for which the editor asks anew by itself. */
function lensSubjects({ plugins, candidates = [] }: ProjectModel): string {
  return JSON.stringify([
    plugins.map(({ id, methods }) => [id, methods.map(({ name, stream }) => [name, stream])]),
    candidates.map(({ id, macroCalls, contents }) => [id, macroCalls.length, contents]),
  ]);
}

/** The preferred fixes of everything that the plugin's async set-up lacks, as one edit. */
function setupEdit(
  project: Project,
  documents: Documents,
  pluginId: string,
  canVersion: boolean,
): unknown {
  const { setup, files } = project.snapshot();
  const fixes = setup
    .filter(({ plugin }) => plugin.schema.id === pluginId)
    .flatMap(({ plugin, fixes: [fix] }) => (fix === undefined ? [] : [{ fix, plugin }]));
  return editFor(fixes, files, documents, canVersion) ?? null;
}

/** Editors without workspace folders name one root. */
type RootParams = Pick<InitializeParams, "workspaceFolders"> & {
  readonly rootUri?: string | null;
};

function foldersOf({ workspaceFolders, rootUri }: RootParams): readonly string[] {
  const root = typeof rootUri === "string" ? [{ uri: rootUri }] : [];
  return pathsOf(workspaceFolders ?? root);
}

function pathsOf(folders: readonly { readonly uri: string }[]): readonly string[] {
  return folders.map(({ uri }) => pathOfUri(uri)).filter((folder) => folder !== undefined);
}
