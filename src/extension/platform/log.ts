// The two output channels: "Fidius" is the log of the extension, its server and its builds; "Fidius Plugin Output" is
// what plugins print. The second one is made when a plugin prints for the first time.

import { StringDecoder } from "node:string_decoder";
import * as vscode from "vscode";
import type { DisposableStore } from "../../model/disposable.ts";
import { manyLines, oneLine } from "../../model/text/foreignText.ts";
import type { Logger } from "../../model/logger.ts";

export interface ExtensionLog extends Logger {
  readonly channel: vscode.LogOutputChannel;
}

export function createLog(store: DisposableStore): ExtensionLog {
  const channel = store.add(vscode.window.createOutputChannel("Fidius", { log: true }));
  const write =
    (level: "trace" | "info" | "warn" | "error") =>
    (message: string, data?: unknown): void => {
      if (data === undefined) {
        channel[level](manyLines(message));
      } else {
        channel[level](
          manyLines(message),
          data instanceof Error ? (data.stack ?? data.message) : data,
        );
      }
    };
  return {
    channel,
    trace: write("trace"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
}

/** Shows what plugins print, call by call: a heading comes only with the first output after it. */
export class PluginOutput {
  readonly #store: DisposableStore;
  readonly #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  #channel: vscode.OutputChannel | undefined;
  #heading: string | undefined;

  constructor(store: DisposableStore) {
    this.#store = store;
  }

  /** Names the call whose output follows. */
  announce(heading: string): void {
    this.#heading = oneLine(heading);
  }

  append(stream: "stdout" | "stderr", chunk: Uint8Array): void {
    if (this.#heading !== undefined) {
      this.#open().appendLine(this.#heading);
      this.#heading = undefined;
    }
    this.#open().append(this.#decoders[stream].write(chunk));
  }

  show(): void {
    this.#open().show(true);
  }

  #open(): vscode.OutputChannel {
    this.#channel ??= this.#store.add(vscode.window.createOutputChannel("Fidius Plugin Output"));
    return this.#channel;
  }
}
