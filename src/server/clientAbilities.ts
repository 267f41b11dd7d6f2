// What the client can take, from its capabilities.

import type { InitializeParams } from "vscode-languageserver";
import { readWritingAbilities, type WritingAbilities } from "./bindWriting.ts";

export interface ClientAbilities {
  readonly versionedEdits: boolean;
  readonly createFiles: boolean;
  readonly lensRefresh: boolean;
  readonly fileWatching: boolean;
  readonly writing: WritingAbilities;
  readonly progress: boolean;
}

export function readAbilities({ capabilities: client }: InitializeParams): ClientAbilities {
  return {
    versionedEdits: client.workspace?.workspaceEdit?.documentChanges === true,
    createFiles: client.workspace?.workspaceEdit?.resourceOperations?.includes("create") === true,
    lensRefresh: client.workspace?.codeLens?.refreshSupport === true,
    fileWatching: client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    writing: readWritingAbilities(client),
    progress: client.window?.workDoneProgress === true,
  };
}
