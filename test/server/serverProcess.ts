// The built server as a process of its own, with a connection to it.

import { type ChildProcess, fork, spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { ServerOptions } from "../../src/protocol/lsp.ts";
import { distFolder } from "../support/fixtureLibraries.ts";

const serverFile = path.resolve(distFolder(), "server.cjs");

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly options?: ServerOptions;
  /** Set false to be an editor without versioned edits. */
  readonly canVersionEdits?: boolean;
  /** Set true to be an editor that makes files. */
  readonly canCreateFiles?: boolean;
  /** Set false to be an editor without snippets. */
  readonly canFillSnippets?: boolean;
  /** Forms of hovers that the editor takes. */
  readonly hoverFormats?: readonly ("markdown" | "plaintext")[];
  /** How the editor spells URIs of files; as Node does unless told otherwise. */
  readonly uriOf?: (file: string) => string;
  readonly environment?: Readonly<Record<string, string>>;
  /** As VS Code starts it, instead of over stdio. */
  readonly isNodeIpc?: boolean;
}

/** Starts it; who calls listens to the connection and ends the process. */
export function startServer(options: ClientOptions): {
  child: ChildProcess;
  connection: MessageConnection;
} {
  const env = { ...process.env, ...options.environment };
  if (options.isNodeIpc === true) {
    const child = fork(serverFile, ["--node-ipc"], { env });
    const connection = createMessageConnection(
      new IPCMessageReader(child),
      new IPCMessageWriter(child),
    );
    return { child, connection };
  }
  const child = spawn(process.execPath, [serverFile, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    env,
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  return { child, connection };
}

/** What the client says of itself. */
export function initializeParams(options: ClientOptions): object {
  return {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: {
        workspaceEdit: {
          documentChanges: options.canVersionEdits ?? true,
          ...(options.canCreateFiles === true && { resourceOperations: ["create"] }),
        },
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceFolders: true,
        codeLens: { refreshSupport: true },
      },
      textDocument: {
        publishDiagnostics: { relatedInformation: true },
        completion: { completionItem: { snippetSupport: options.canFillSnippets ?? true } },
        hover: { contentFormat: options.hoverFormats ?? ["markdown", "plaintext"] },
      },
    },
    workspaceFolders: options.folders.map((folder) => ({
      uri: (options.uriOf ?? uriOf)(folder),
      name: path.basename(folder),
    })),
    initializationOptions: options.options,
  };
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
