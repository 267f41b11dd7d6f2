// Context keys that package.json's `when` clauses read.

import * as vscode from "vscode";

export interface ContextValues {
  /** `searching`, `ready` or `failed`: which welcome text an empty view shows. */
  readonly "fidius.state": "searching" | "ready" | "failed";
  readonly "fidius.hasPlugins": boolean;
  /** A plugin has an interface that is to be chosen. */
  readonly "fidius.hasInterfaceChoice": boolean;
  /** Paths of sources with methods that can be invoked. */
  readonly "fidius.pluginFiles": readonly string[];
  /** The History view shows what a search found. */
  readonly "fidius.history.isSearched": boolean;
}

export function setContext<K extends keyof ContextValues>(key: K, value: ContextValues[K]): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
