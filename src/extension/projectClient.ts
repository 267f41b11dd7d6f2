// The extension's side of the language server: starts it, keeps the newest project model, asks for edits.
// The extension never reads Rust itself.

import { showErrorMessage } from "./platform/notify.ts";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type * as languageClient from "vscode-languageclient/node";
import type * as clientLibrary from "./languageClient.ts";
import { DisposableStore } from "../model/disposable.ts";
import type { PluginSchema, ProjectModel } from "../model/plugin.ts";
import {
  clientNotifications,
  serverCommands,
  serverNotifications,
  serverRequests,
  type CompareAnswer,
  type CompareBases,
  type CompareTarget,
  type FixAllAnswer,
  type LibraryAnswer,
  type NewCrateAnswer,
  type NewCrateTarget,
  type ServerOptions,
} from "../protocol/lsp.ts";
import { commandIds } from "./commandIds.ts";
import { setContext } from "./platform/contextKeys.ts";
import type { ExtensionLog } from "./platform/log.ts";
import { interfacesOf } from "./libraries/interfaceChoices.ts";
import { messages } from "./platform/messages.ts";
import {
  areLensesEnabled,
  readCompareWith,
  readSettings,
  readSeverities,
} from "./platform/settings.ts";
import type { Trust } from "./platform/trust.ts";

/** What the server is told at its start. */
const restartingSettings = [
  "fidius.cargo.path",
  "fidius.cargo.profile",
  "fidius.cargo.extraArgs",
  "fidius.cargo.targetDir",
];

/** What it takes over while it runs. */
const liveSettings = ["fidius.diagnostics.severity", "fidius.lens.compareWith"];

/** What is open beside the workspace's folders. */
export interface OpenedBeside {
  readonly packageFolders: readonly string[];
  /** Plugins of opened libraries, with the types of this model's interfaces. */
  plugins(model: ProjectModel): readonly PluginSchema[];
}

const emptyModel: ProjectModel = { interfaces: [], plugins: [], hostInterfaces: [], notices: [] };

type ClientLibrary = typeof clientLibrary;

export class ProjectClient {
  readonly #distFolder: string;
  readonly #log: ExtensionLog;
  readonly #trust: Trust;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<ProjectModel>());
  #client: languageClient.LanguageClient | undefined;
  #model = emptyModel;
  /** The folders of packages that the server was told of. */
  #toldFolders: readonly string[] = [];
  #refreshing: Promise<ProjectModel> | undefined;
  #settle: () => void = () => undefined;
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });
  #isRefreshDue = false;
  /** What is known of libraries when the server starts. */
  libraryAnswers: () => readonly LibraryAnswer[] = () => [];
  openedLibraries: OpenedBeside = { packageFolders: [], plugins: () => [] };
  /** What VS Code shows beside the server's lenses. */
  extendLenses: (lenses: readonly vscode.CodeLens[]) => vscode.CodeLens[] = (lenses) => [...lenses];

  constructor(distFolder: string, log: ExtensionLog, trust: Trust) {
    this.#distFolder = distFolder;
    this.#log = log;
    this.#trust = trust;
    this.#store.add(
      trust.onDidGrant(() => {
        if (this.#client?.isRunning() === true) {
          void this.#client.sendNotification(clientNotifications.trustGranted, null);
        }
      }),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (restartingSettings.some((name) => event.affectsConfiguration(name))) {
          void this.restart();
        } else if (liveSettings.some((name) => event.affectsConfiguration(name))) {
          this.#tellSettings();
        } else if (event.affectsConfiguration("fidius.lens.enabled")) {
          this.refreshLenses();
        }
      }),
    );
    this.#store.add(
      vscode.extensions.onDidChange(() => {
        this.#tellSettings(); // rust-analyzer may be one of them
      }),
    );
  }

  /** The newest model known; empty until the server answered. */
  get model(): ProjectModel {
    return this.#model;
  }

  readonly onDidChangeModel: vscode.Event<ProjectModel> = this.#changed.event;

  /** Resolves when the project has been read once, or when it is known that it cannot be. */
  whenReady(): Promise<void> {
    return this.#settled;
  }

  /** Starts the server and reads the project. Never rejects: a server that does not start is said and logged. */
  async start(): Promise<void> {
    await this.#attempt(async () => {
      // Loaded here and not at the top: activation is over before this large library is read.
      const library = await import("./languageClient.ts");
      this.#client ??= this.#createClient(library);
      await this.#client.start();
    });
  }

  async restart(): Promise<void> {
    const client = this.#client;
    await (client === undefined ? this.start() : this.#attempt(() => client.restart()));
  }

  /** Asks for the project as it is now, unsaved text included. Many calls at a time make one or two requests. */
  async refresh(): Promise<ProjectModel> {
    if (this.#refreshing !== undefined) {
      this.#isRefreshDue = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#readModel();
    try {
      return await this.#refreshing;
    } finally {
      this.#refreshing = undefined;
    }
  }

  /** Tells the server what libraries said, and reads the project with it. */
  async tellLibraries(answers: readonly LibraryAnswer[]): Promise<void> {
    if (this.#client?.isRunning() === true) {
      await this.#client.sendNotification(clientNotifications.libraryReports, answers);
      await this.refresh();
    }
  }

  /** Reads the project with what is open beside it now. */
  async openedLibrariesChanged(): Promise<void> {
    await this.#tellFolders();
    await this.refresh();
  }

  /** The edit that completes a plugin's async set-up; null when nothing is missing. */
  async asyncFeatureFix(pluginId: string): Promise<vscode.WorkspaceEdit | null> {
    const client = this.#client;
    const edit = await client?.sendRequest(serverRequests.asyncFeatureFix, { pluginId });
    if (client === undefined || typeof edit !== "object" || edit === null) {
      return null;
    }
    return client.protocol2CodeConverter.asWorkspaceEdit(edit as languageClient.WorkspaceEdit);
  }

  /** How interfaces changed; what cannot be compared is an answer too. */
  async compare(target: CompareTarget): Promise<CompareAnswer> {
    const answer = await this.#execute(serverCommands.compare, target);
    return (answer as CompareAnswer | undefined) ?? { kind: "failed", message: messages.noServer };
  }

  /** What a new crate consists of; what cannot be made is an answer too. */
  async newCrate(target: NewCrateTarget): Promise<NewCrateAnswer> {
    const answer = await this.#execute(serverCommands.newCrate, target);
    return (answer as NewCrateAnswer | undefined) ?? { kind: "failed", message: messages.noServer };
  }

  /** Makes the preferred fixes in all open folders; how many there were, undefined while the server does not run. */
  async fixAll(): Promise<number | undefined> {
    const answer = await this.#execute(serverCommands.fixAll);
    return (answer as FixAllAnswer | undefined)?.fixed;
  }

  async compareBases(target: CompareTarget): Promise<CompareBases> {
    const answer = await this.#execute(serverCommands.bases, target);
    return (answer as CompareBases | undefined) ?? { lastTag: null, mergeBase: null };
  }

  /** Has the editors ask for their lenses again. */
  refreshLenses(): void {
    const feature = this.#client?.getFeature("textDocument/codeLens");
    for (const document of vscode.workspace.textDocuments) {
      feature?.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Ends the server; for deactivation, where VS Code waits for it. */
  async stop(): Promise<void> {
    if (this.#client?.needsStop() === true) {
      await this.#client.stop();
    }
  }

  #createClient(library: ClientLibrary): languageClient.LanguageClient {
    const server = {
      module: join(this.#distFolder, "server.cjs"),
      transport: library.TransportKind.ipc,
    };
    const client = new library.LanguageClient(
      "fidius",
      "Fidius Language Server",
      { run: server, debug: server },
      clientOptions(library, this.#log, this.#trust, (lenses) => this.extendLenses(lenses)),
    );
    this.#store.add(
      client.onNotification(serverNotifications.projectChanged, () => {
        void this.refresh();
      }),
    );
    this.#store.add(
      client.onDidChangeState(({ newState }) => {
        if (newState === library.State.Stopped) {
          setContext("fidius.state", "failed");
        }
      }),
    );
    return client;
  }

  /** What changed while the server runs. */
  #tellSettings(): void {
    if (this.#client?.isRunning() === true) {
      void this.#client.sendNotification("workspace/didChangeConfiguration", {
        settings: { fidius: readLiveOptions() },
      });
    }
  }

  async #attempt(start: () => Promise<void>): Promise<void> {
    setContext("fidius.state", "searching");
    try {
      await start();
      await this.#client?.sendNotification(
        clientNotifications.libraryReports,
        this.libraryAnswers(),
      );
      this.#toldFolders = [];
      await this.#tellFolders();
      await this.refresh();
    } catch (error) {
      this.#reportFailure(error);
    }
  }

  async #readModel(): Promise<ProjectModel> {
    do {
      const client = this.#client;
      if (client?.isRunning() !== true) {
        return this.#model;
      }
      const model = await client.sendRequest(serverRequests.project);
      this.#model = {
        ...model,
        plugins: [...model.plugins, ...this.openedLibraries.plugins(model)],
      };
    } while (this.#takeRefreshDue());
    setContext("fidius.state", "ready");
    const { plugins, candidates = [] } = this.#model;
    setContext("fidius.hasPlugins", plugins.length + candidates.length > 0);
    const hasChoice = plugins.some((plugin) => interfacesOf(plugin).length > 0);
    setContext("fidius.hasInterfaceChoice", hasChoice);
    setContext("fidius.pluginFiles", [...new Set(plugins.map(({ nameSpan }) => nameSpan.file))]);
    for (const { file, message } of this.#model.notices) {
      this.#log.warn(`${file}: ${message}`);
    }
    this.#settle();
    this.#changed.fire(this.#model);
    return this.#model;
  }

  /** Undefined while the server does not run. */
  async #execute(command: string, ...args: (CompareTarget | NewCrateTarget)[]): Promise<unknown> {
    const client = this.#client;
    return client?.isRunning() === true
      ? client.sendRequest("workspace/executeCommand", { command, arguments: args })
      : undefined;
  }

  async #tellFolders(): Promise<void> {
    const client = this.#client;
    if (client?.isRunning() !== true) {
      return;
    }
    const [before, now] = [this.#toldFolders, this.openedLibraries.packageFolders];
    const asFolders = (paths: readonly string[]): readonly { uri: string; name: string }[] =>
      paths.map((path) => ({ uri: vscode.Uri.file(path).toString(), name: basename(path) }));
    const event = {
      added: asFolders(now.filter((path) => !before.includes(path))),
      removed: asFolders(before.filter((path) => !now.includes(path))),
    };
    if (event.added.length + event.removed.length > 0) {
      this.#toldFolders = now;
      await client.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    }
  }

  /** Whether the project changed again while it was read. */
  #takeRefreshDue(): boolean {
    const isDue = this.#isRefreshDue;
    this.#isRefreshDue = false;
    return isDue;
  }

  #reportFailure(error: unknown): void {
    this.#log.error("the language server failed", error);
    setContext("fidius.state", "failed");
    this.#settle();
    const reason = error instanceof Error ? error.message : String(error);
    void showErrorMessage(messages.serverFailed(reason), messages.showLog).then((choice) => {
      if (choice !== undefined) {
        this.#log.channel.show();
      }
    });
  }
}

/** The options that the server takes over while it runs. */
function readLiveOptions(): Pick<
  ServerOptions,
  "severities" | "isRustAnalyzerActive" | "compareWith"
> {
  return {
    severities: readSeverities(),
    isRustAnalyzerActive: vscode.extensions.getExtension("rust-lang.rust-analyzer") !== undefined,
    compareWith: readCompareWith(),
  };
}

function clientOptions(
  library: ClientLibrary,
  log: ExtensionLog,
  trust: Trust,
  extendLenses: ProjectClient["extendLenses"],
): languageClient.LanguageClientOptions {
  return {
    documentSelector: [
      { scheme: "file", language: "rust" },
      { scheme: "file", pattern: "**/{Cargo,package}.toml" },
    ],
    outputChannel: log.channel,
    revealOutputChannelOn: library.RevealOutputChannelOn.Never,
    diagnosticCollectionName: "fidius",
    initializationOptions: (): ServerOptions => {
      const { cargoPath } = readSettings();
      return {
        isTrusted: trust.isTrusted,
        ...(cargoPath === null ? {} : { cargoPath }),
        builds: (vscode.workspace.workspaceFolders ?? [])
          .filter(({ uri }) => uri.scheme === "file")
          .map(({ uri }) => {
            const { profile, extraArgs, targetDirectory } = readSettings(uri);
            return {
              folder: uri.fsPath,
              profile,
              arguments: extraArgs,
              targetDirectory: targetDirectory ?? undefined,
            };
          }),
        ...readLiveOptions(),
        commands: {
          invoke: commandIds.invoke,
          build: commandIds.buildPlugin,
          compare: commandIds.compareInterface,
        },
      };
    },
    middleware: {
      provideCodeLenses: async (document, token, next) =>
        areLensesEnabled() ? extendLenses((await next(document, token)) ?? []) : [],
    },
  };
}
