// The one call runner of the window: made when it is first needed, told of the settings, heard for output and instances.

import * as vscode from "vscode";
import { DisposableStore } from "../../model/disposable.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import type { ExtensionLog, PluginOutput } from "../platform/log.ts";
import { readMemoryLimit } from "../platform/settings.ts";

export class WindowRunner {
  readonly #context: vscode.ExtensionContext;
  readonly #log: ExtensionLog;
  readonly #output: PluginOutput;
  readonly #store = new DisposableStore();
  readonly #instancesChanged = this.#store.add(new vscode.EventEmitter<undefined>());
  #runner: CallRunner | undefined;

  constructor(context: vscode.ExtensionContext, log: ExtensionLog, output: PluginOutput) {
    this.#context = context;
    this.#log = log;
    this.#output = output;
  }

  /** Fires when a configured instance was built or ended. */
  readonly onDidChangeInstances: vscode.Event<undefined> = this.#instancesChanged.event;

  /** The runner when there is one already. */
  get started(): CallRunner | undefined {
    return this.#runner;
  }

  async get(): Promise<CallRunner> {
    const { createCallRunner } = await import("../../runner/call/callRunner.ts");
    const { automaticMemoryLimit } = await import("../../runner/process/memoryLimit.ts");
    const { extensionUri, globalStorageUri } = this.#context;
    this.#runner ??= this.#store.add(
      createCallRunner({
        hostEntry: vscode.Uri.joinPath(extensionUri, "dist", "host.cjs").fsPath,
        nodeExecutable: process.execPath,
        isElectron: process.versions["electron"] !== undefined,
        stagingDirectory: vscode.Uri.joinPath(globalStorageUri, "libraries").fsPath,
        logger: this.#log,
        leavesUnread: true,
        memoryLimit: () => {
          const limit = readMemoryLimit();
          return limit === undefined ? automaticMemoryLimit() : limit;
        },
        onInstances: () => {
          this.#instancesChanged.fire(undefined);
        },
        onOutput: (stream, chunk) => {
          this.#output.append(stream, chunk);
        },
      }),
    );
    return this.#runner;
  }

  dispose(): void {
    this.#store.dispose();
  }
}
