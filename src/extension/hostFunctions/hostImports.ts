// What libraries ask of their host, as far as they were loaded in this window.

import * as vscode from "vscode";
import type { HostImport } from "../../model/hostFunctions.ts";
import type { PluginSchema } from "../../model/plugin.ts";

export class HostImports implements vscode.Disposable {
  readonly #known = new Map<string, readonly HostImport[]>();
  readonly #changed = new vscode.EventEmitter<undefined>();

  readonly onDidChange: vscode.Event<undefined> = this.#changed.event;

  /** Undefined before the plugin's library was loaded. */
  of(plugin: PluginSchema): readonly HostImport[] | undefined {
    return this.#known.get(libraryKey(plugin));
  }

  learn(plugin: PluginSchema, imports: readonly HostImport[]): void {
    const key = libraryKey(plugin);
    if (JSON.stringify(this.#known.get(key)) !== JSON.stringify(imports)) {
      this.#known.set(key, imports);
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** All plugins of a library import the same. */
function libraryKey({ crate, library }: PluginSchema): string {
  return library?.file ?? crate.manifestPath;
}
