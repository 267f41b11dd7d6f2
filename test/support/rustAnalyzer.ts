// The real rust-analyzer, asked over LSP what it says of Rust files. It looks at no network and compiles only what build scripts
// and macros need.

import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { Diagnostic, DocumentDiagnosticReport } from "vscode-languageserver";

/** What rust-analyzer answers when a request was overtaken by something that it has to read first. */
const cancelledCodes: readonly unknown[] = [-32_800, -32_801, -32_802];
const mostAttempts = 20;

/** rust-analyzer on one folder; `await using` ends it. */
export class RustAnalyzer implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;

  constructor(child: ChildProcess, connection: MessageConnection) {
    this.#child = child;
    this.#connection = connection;
  }

  /** Starts it; resolves when it has loaded the folder's packages with their macros. */
  static async start(
    folder: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<RustAnalyzer> {
    const child = spawn("rust-analyzer", [], {
      cwd: folder,
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, ...environment },
    });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const ready = new Promise<void>((resolve, reject) => {
      connection.onNotification("experimental/serverStatus", (status: ServerStatus) => {
        if (status.health !== "ok") {
          reject(new Error(status.message ?? status.health));
        } else if (status.quiescent) {
          resolve();
        }
      });
      child.once("exit", (code) => {
        reject(new Error(`rust-analyzer ended with ${String(code)}`));
      });
    });
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.listen();
    const uri = pathToFileURL(folder).href;
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "examples" }],
      capabilities: {
        experimental: { serverStatusNotification: true },
        textDocument: { diagnostic: {} },
      },
      initializationOptions: { checkOnSave: false, cachePriming: { enable: false } },
    });
    await connection.sendNotification("initialized", {});
    await ready;
    return new RustAnalyzer(child, connection);
  }

  /** The errors that it shows for a file by itself, without cargo. */
  async errors(file: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(file).href;
    await this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "rust", version: 1, text },
    });
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      try {
        const report: DocumentDiagnosticReport = await this.#connection.sendRequest(
          "textDocument/diagnostic",
          { textDocument: { uri } },
        );
        const items = report.kind === "full" ? report.items : [];
        return items.filter(({ severity }) => severity === 1);
      } catch (error) {
        if (!cancelledCodes.includes((error as { code?: unknown }).code)) {
          throw error;
        }
      }
    }
    throw new Error(`rust-analyzer gave no answer on ${file}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await ended;
    this.#connection.dispose();
  }
}

interface ServerStatus {
  readonly health: "ok" | "warning" | "error";
  readonly quiescent: boolean;
  readonly message?: string;
}
