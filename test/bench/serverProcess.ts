// The built language server as a process of its own, driven over stdio and measured from outside: processor time and memory as
// the system counts them. Linux only, like the rest of the benchmarks.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { ProjectModel } from "../../src/model/plugin.ts";
import { serverNotifications, serverRequests } from "../../src/protocol/lsp.ts";

const serverFile = join(import.meta.dirname, "../../dist/server.cjs");
const clockTicksPerSecond = 100;
const pollMs = 50;
/** So long without work, and without children, counts as finished. */
const idleMs = 600;

/** What a server process used since it began. */
export interface Usage {
  readonly cpuMs: number;
  /** Of the programs that it ran, such as cargo. */
  readonly childrenCpuMs: number;
  readonly memoryMb: number;
  readonly peakMb: number;
}

/** One server with one open folder; `await using` ends it. */
export class ServerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  /** File → messages, as published last. */
  readonly diagnostics = new Map<string, readonly string[]>();
  #published = 0;
  #versions = new Map<string, number>();
  #onChanged: () => void = () => undefined;

  constructor(child: ChildProcess, connection: MessageConnection) {
    this.#child = child;
    this.#connection = connection;
  }

  /** Starts a server on `folder` and waits for its first diagnostics. */
  static async start(folder: string, isTrusted: boolean): Promise<ServerProcess> {
    const child = spawn(process.execPath, [serverFile, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new ServerProcess(child, connection);
    server.#listen();
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
      initializationOptions: { isTrusted },
    });
    await server.changeAfter(() => connection.sendNotification("initialized", {}));
    return server;
  }

  #listen(): void {
    this.#connection.onNotification(
      "textDocument/publishDiagnostics",
      ({ uri, diagnostics }: { uri: string; diagnostics: { message: string }[] }) => {
        this.#published += 1;
        this.diagnostics.set(
          uri,
          diagnostics.map(({ message }) => message),
        );
      },
    );
    this.#connection.onNotification(serverNotifications.projectChanged, () => {
      this.#onChanged();
    });
    this.#connection.onRequest("workspace/codeLens/refresh", () => null);
  }

  /** Messages that were sent about diagnostics. */
  get published(): number {
    return this.#published;
  }

  /** Does something and waits until the server has told what follows from it. */
  async changeAfter(act: () => Promise<void>): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      this.#onChanged = resolve;
    });
    await act();
    await changed;
  }

  /** The whole text of a document, opened or changed. */
  async setText(file: string, text: string): Promise<void> {
    const uri = pathToFileURL(file).href;
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    if (version === 1) {
      const textDocument = { uri, languageId: "rust", version, text };
      await this.#connection.sendNotification("textDocument/didOpen", { textDocument });
    } else {
      await this.#connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    }
  }

  /** Asks something about the place behind `before` in the file's text, as an editor does; gives the answer's JSON. */
  async askAt(
    request: "hover" | "completion",
    file: string,
    text: string,
    before: string,
  ): Promise<string> {
    const lines = text.slice(0, text.indexOf(before) + before.length).split("\n");
    const answer: unknown = await this.#connection.sendRequest(`textDocument/${request}`, {
      textDocument: { uri: pathToFileURL(file).href },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    });
    return JSON.stringify(answer);
  }

  project(): Promise<ProjectModel> {
    return this.#connection.sendRequest(serverRequests.project);
  }

  usage(): Usage {
    const pid = String(this.#child.pid);
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = (field: number): number => (Number(fields[field]) * 1000) / clockTicksPerSecond;
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const megabytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "mu").exec(status)?.[1]) / 1024;
    return {
      cpuMs: ticks(11) + ticks(12),
      childrenCpuMs: ticks(13) + ticks(14),
      memoryMb: megabytes("VmRSS"),
      peakMb: megabytes("VmHWM"),
    };
  }

  /** Waits until the server and everything that it started have nothing to do. */
  async idle(): Promise<Usage> {
    let last = this.usage();
    for (let quietMs = 0; quietMs < idleMs; quietMs += pollMs) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      const now = this.usage();
      if (now.cpuMs !== last.cpuMs || this.#hasChildren()) {
        quietMs = 0;
      }
      last = now;
    }
    return last;
  }

  #hasChildren(): boolean {
    const pid = String(this.#child.pid);
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8") !== "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#child.once("exit", () => {
        resolve();
      });
    });
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await ended;
    this.#connection.dispose();
  }
}
