// Open documents: their texts go to the project as they change, their URIs and versions into what we send back.

import type { Connection } from "vscode-languageserver";
import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Disposable } from "../model/disposable.ts";
import { uriOfPath } from "./fileUris.ts";

/** An open document as messages name it. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
}

export interface Documents extends Disposable {
  /** The open document of a file, if there is one. */
  find(file: string): OpenDocument | undefined;
  /** The URI to name the file by: the client's own spelling when it has the file open. */
  uriOf(file: string): string;
  /** All of them by their files, as they are now. */
  texts(): ReadonlyMap<string, string>;
}

export interface DocumentListener {
  /** The document's file as the project names it; undefined for what is not on disk. */
  fileOf(uri: string): string | undefined;
  textChanged(file: string, text: string): void;
  closed(file: string): void;
}

export function trackDocuments(connection: Connection, listener: DocumentListener): Documents {
  const documents = new TextDocuments(TextDocument);
  const open = new Map<string, string>();
  documents.onDidChangeContent(({ document }) => {
    const file = listener.fileOf(document.uri);
    if (file !== undefined) {
      open.set(file, document.uri);
      listener.textChanged(file, document.getText());
    }
  });
  documents.onDidClose(({ document }) => {
    const file = listener.fileOf(document.uri);
    if (file !== undefined) {
      open.delete(file);
      listener.closed(file);
    }
  });
  const listening = documents.listen(connection);
  const find = (file: string): OpenDocument | undefined => {
    const document = documents.get(open.get(file) ?? "");
    return document === undefined ? undefined : { uri: document.uri, version: document.version };
  };
  return {
    find,
    uriOf: (file) => open.get(file) ?? uriOfPath(file),
    texts: () =>
      new Map([...open].map(([file, uri]) => [file, documents.get(uri)?.getText() ?? ""])),
    dispose: () => {
      listening.dispose();
    },
  };
}
