// A language client as another editor would be: starts the built server over stdio, keeps documents and diagnostics, and
// waits for events, never for time.

import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MessageConnection } from "vscode-jsonrpc/node";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  Hover,
  InitializeResult,
  Location,
  MarkupContent,
  Position,
  PublishDiagnosticsParams,
  Range,
  WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { ProjectModel } from "../../src/model/plugin.ts";
import {
  clientNotifications,
  serverNotifications,
  serverRequests,
} from "../../src/protocol/lsp.ts";
import type { LibraryAnswer } from "../../src/protocol/lsp.ts";
import { initializeParams, startServer, uriOf, type ClientOptions } from "./serverProcess.ts";

/** A server with its client; `await using` ends it. */
export class LspClient implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #uriOf: (file: string) => string;
  readonly #connection: MessageConnection;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #documents = new Map<string, TextDocument>();
  readonly #watchers: string[] = [];
  #onRegistered: (watchers: readonly string[]) => void = () => undefined;
  /** The glob patterns that the server asked to watch, once it has. */
  readonly watchers = new Promise<readonly string[]>((resolve) => {
    this.#onRegistered = resolve;
  });
  #changes = 0;
  #waiting: { readonly resume: () => void; readonly fail: (error: Error) => void }[] = [];
  #ended: Error | undefined;
  initializeResult: InitializeResult | undefined;
  /** What the server wrote to the client's log. */
  readonly log: string[] = [];
  /** What the server showed to the user. */
  readonly messages: string[] = [];
  /** Applies the edits that the server asks for. */
  onEdit: (edit: WorkspaceEdit) => void | Promise<void> = () => undefined;
  #onLog: () => void = () => undefined;
  #refreshes = 0;
  #onRefresh: () => void = () => undefined;

  constructor(
    child: ChildProcess,
    connection: MessageConnection,
    toUri: (file: string) => string = uriOf,
  ) {
    this.#child = child;
    this.#uriOf = toUri;
    this.#connection = connection;
  }

  static async start(options: ClientOptions): Promise<LspClient> {
    const { child, connection } = startServer(options);
    const client = new LspClient(child, connection, options.uriOf);
    child.once("exit", (code, signal) => {
      client.#end(`the server ended with ${String(code ?? signal)}`);
    });
    client.#listen();
    connection.listen();
    client.initializeResult = await connection.sendRequest("initialize", initializeParams(options));
    await client.#afterChange(() => connection.sendNotification("initialized", {}));
    return client;
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onNotification(
      "textDocument/publishDiagnostics",
      ({ uri, diagnostics }: PublishDiagnosticsParams) => {
        this.#diagnostics.set(uri, diagnostics);
      },
    );
    connection.onNotification(serverNotifications.projectChanged, () => {
      this.#changes += 1;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const { resume } of waiting) {
        resume();
      }
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.log.push(message);
      this.#onLog();
    });
    connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onRequest(
      "client/registerCapability",
      (params: { registrations: Registration[] }) => {
        for (const { registerOptions } of params.registrations) {
          this.#watchers.push(
            ...(registerOptions?.watchers ?? []).map(({ globPattern }) => globPattern),
          );
        }
        this.#onRegistered(this.#watchers);
        return null;
      },
    );
    connection.onRequest("workspace/applyEdit", async ({ edit }: { edit: WorkspaceEdit }) => {
      await this.onEdit(edit);
      return { applied: true };
    });
    connection.onRequest("workspace/codeLens/refresh", () => {
      this.#refreshes += 1;
      this.#onRefresh();
      return null;
    });
  }

  /** Does something that changes the project and waits until the server has published what follows from it. */
  async #afterChange(change: () => unknown): Promise<void> {
    const told = this.nextChange();
    await change();
    await told;
  }

  /** Resolves when the server has read the project anew and published its diagnostics. */
  nextChange(): Promise<void> {
    return new Promise((resume, fail) => {
      if (this.#ended === undefined) {
        this.#waiting.push({ resume, fail });
      } else {
        fail(this.#ended);
      }
    });
  }

  /** Waits for changes until something holds, for where cargo's answers come in between. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await this.nextChange();
    }
  }

  /** Everything that waits for the server fails when it ends. */
  #end(reason: string): void {
    this.#ended = new Error(reason);
    this.#connection.dispose();
    for (const { fail } of this.#waiting) {
      fail(this.#ended);
    }
    this.#waiting = [];
  }

  /** Resolves when the server has logged something that matches. */
  logged(pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      this.#onLog = () => {
        if (this.log.some((message) => pattern.test(message))) {
          resolve();
        }
      };
      this.#onLog();
    });
  }

  get changes(): number {
    return this.#changes;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Opens a document; `text` differs from the disk when it is unsaved. Waits when that changes the project. */
  async open(file: string, text: string, changesProject: boolean): Promise<void> {
    const languageId = file.endsWith(".rs") ? "rust" : "toml";
    const document = TextDocument.create(this.#uriOf(file), languageId, 1, text);
    this.#documents.set(file, document);
    const send = (): Promise<void> =>
      this.#connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri: document.uri, languageId, version: 1, text },
      });
    await (changesProject ? this.#afterChange(send) : send());
  }

  /** Types: replaces `from` by `to` in an open document, as an incremental change. */
  async edit(file: string, from: string, to: string): Promise<void> {
    const document = this.document(file);
    const start = document.getText().indexOf(from);
    if (start < 0) {
      throw new Error(`${file} has no ${from}`);
    }
    const end = document.positionAt(start + from.length);
    await this.change(file, [{ range: { start: document.positionAt(start), end }, newText: to }]);
  }

  /** Applies edits to an open document and tells the server. */
  async change(file: string, edits: readonly { range: Range; newText: string }[]): Promise<void> {
    const document = this.document(file);
    const contentChanges = edits.map(({ range, newText }) => ({ range, text: newText }));
    const version = document.version + 1;
    this.#documents.set(file, TextDocument.update(document, contentChanges, version));
    await this.#afterChange(() =>
      this.#connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: document.uri, version },
        contentChanges,
      }),
    );
  }

  document(file: string): TextDocument {
    const document = this.#documents.get(file);
    if (document === undefined) {
      throw new Error(`${file} is not open`);
    }
    return document;
  }

  async close(file: string, changesProject: boolean): Promise<void> {
    this.#documents.delete(file);
    const send = (): Promise<void> =>
      this.#connection.sendNotification("textDocument/didClose", {
        textDocument: { uri: this.#uriOf(file) },
      });
    await (changesProject ? this.#afterChange(send) : send());
  }

  /** Tells the server that files changed on disk. */
  async filesChanged(files: readonly string[], type: 1 | 2 | 3 = 2): Promise<void> {
    await this.#afterChange(() =>
      this.#connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: files.map((file) => ({ uri: this.#uriOf(file), type })),
      }),
    );
  }

  /** Writes texts to the disk and tells the server. */
  async written(texts: readonly { readonly file: string; readonly text: string }[]): Promise<void> {
    for (const { file, text } of texts) {
      writeFileSync(file, text);
    }
    await this.filesChanged(texts.map(({ file }) => file));
  }

  async foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    const toFolder = (folder: string): object => ({ uri: this.#uriOf(folder), name: folder });
    await this.#afterChange(() =>
      this.#connection.sendNotification("workspace/didChangeWorkspaceFolders", {
        event: { added: added.map(toFolder), removed: removed.map(toFolder) },
      }),
    );
  }

  /** Tells the server what libraries of candidates said. */
  async librariesSaid(answers: readonly LibraryAnswer[]): Promise<void> {
    await this.#afterChange(() =>
      this.#connection.sendNotification(clientNotifications.libraryReports, answers),
    );
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.#connection.sendRequest(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }

  async grantTrust(): Promise<void> {
    await this.#connection.sendNotification(clientNotifications.trustGranted, null);
  }

  /** What the Problems list shows for a file. */
  diagnostics(file: string): readonly Diagnostic[] {
    return this.#diagnostics.get(this.#uriOf(file)) ?? [];
  }

  /** The actions at a place, quick fixes unless another kind is asked for. */
  codeActions(file: string, range: Range, kind = "quickfix"): Promise<CodeAction[]> {
    return this.#connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: this.#uriOf(file) },
      range,
      context: { diagnostics: this.diagnostics(file), only: [kind] },
    });
  }

  /** The text of the hover at a place; null where there is none. */
  async hover(file: string, position: Position): Promise<string | null> {
    const hover: Hover | null = await this.#connection.sendRequest("textDocument/hover", {
      textDocument: { uri: this.#uriOf(file) },
      position,
    });
    return hover === null ? null : (hover.contents as MarkupContent).value;
  }

  /** Where a way to definitions or implementations leads, as `file:line`. */
  async placesFrom(
    way: "definition" | "implementation",
    file: string,
    position: Position,
  ): Promise<readonly string[]> {
    const found: Location | Location[] | null = await this.#connection.sendRequest(
      `textDocument/${way}`,
      { textDocument: { uri: this.#uriOf(file) }, position },
    );
    return [found ?? []]
      .flat()
      .map(({ uri, range }) => `${fileURLToPath(uri)}:${String(range.start.line + 1)}`);
  }

  /** What the editor is offered at a place; `trigger` is a character that made it ask. */
  completions(file: string, position: Position, trigger?: string): Promise<CompletionItem[]> {
    return this.#connection.sendRequest("textDocument/completion", {
      textDocument: { uri: this.#uriOf(file) },
      position,
      context:
        trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger },
    });
  }

  codeLenses(file: string): Promise<CodeLens[]> {
    return this.#connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri: this.#uriOf(file) },
    });
  }

  /** Resolves when the server has asked for new lenses more than `count` times. */
  lensesRefreshed(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onRefresh = () => {
        if (this.#refreshes > count) {
          resolve();
        }
      };
      this.#onRefresh();
    });
  }

  get lensRefreshes(): number {
    return this.#refreshes;
  }

  execute(command: string, argument: unknown): Promise<unknown> {
    return this.#connection.sendRequest("workspace/executeCommand", {
      command,
      arguments: [argument],
    });
  }

  project(): Promise<ProjectModel> {
    return this.#connection.sendRequest(serverRequests.project);
  }

  /** Resolves when cargo has answered and everything that follows is published. */
  settled(): Promise<null> {
    return this.#connection.sendRequest(serverRequests.settled);
  }

  /** Everything in the Problems list, by file. */
  allDiagnostics(): ReadonlyMap<string, readonly Diagnostic[]> {
    return this.#diagnostics;
  }

  asyncFeatureFix(pluginId: string): Promise<WorkspaceEdit | null> {
    return this.#connection.sendRequest(serverRequests.asyncFeatureFix, {
      pluginId,
    }) as Promise<WorkspaceEdit | null>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended !== undefined) {
      return;
    }
    const ended = new Promise<void>((resolve) => {
      this.#child.once("exit", () => {
        resolve();
      });
    });
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await ended;
  }
}

interface Registration {
  readonly registerOptions?: { readonly watchers?: readonly { readonly globPattern: string }[] };
}

export function messageOf(diagnostic: Diagnostic | undefined): string {
  const message = diagnostic?.message ?? "";
  return typeof message === "string" ? message : message.value;
}

/** The text under a range. */
export function textAt(text: string, range: Range): string {
  return TextDocument.create("", "", 0, text).getText(range);
}
