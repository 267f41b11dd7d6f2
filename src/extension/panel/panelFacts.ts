// What a panel's state is worked out from may change anywhere: sources, instances, calls, trust, settings.

import * as vscode from "vscode";
import type { PanelServices } from "./panelServices.ts";

/** Calls `refresh` after each such change until it is disposed. */
export function onDidChangeFacts(services: PanelServices, refresh: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    services.project.onDidChangeModel(refresh),
    services.onDidChangeInstances(refresh),
    services.history.onDidChange(refresh),
    services.trust.onDidGrant(refresh),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (/\.(rs|toml|lock)$/.test(uri.path)) {
        refresh();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("fidius")) {
        refresh();
      }
    }),
  );
}
