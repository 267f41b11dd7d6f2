// What the client can take, from the capabilities that it names at the start.

import type { InitializeParams } from "vscode-languageserver";
import { readWritingAbilities, type WritingAbilities } from "./bindWriting.ts";

/** What the client can take. */
export interface ClientAbilities {
  readonly versionedEdits: boolean;
  readonly lensRefresh: boolean;
  readonly fileWatching: boolean;
  readonly writing: WritingAbilities;
  readonly progress: boolean;
}

/** Reads them; what a client does not name it cannot take. */
export function readAbilities({ capabilities: client }: InitializeParams): ClientAbilities {
  return {
    versionedEdits: client.workspace?.workspaceEdit?.documentChanges === true,
    lensRefresh: client.workspace?.codeLens?.refreshSupport === true,
    fileWatching: client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    writing: readWritingAbilities(client),
    progress: client.window?.workDoneProgress === true,
  };
}
