// The files that answer host functions: read as the editor has them, edited one place at a time, watched. An edit goes through
// the editor where the file is open there, so that undo works and unsaved text is never overwritten.

import { basename, join } from "node:path";
import * as vscode from "vscode";
import { hostFunctionFileName } from "../../calls/hostFunctionFile.ts";
import { fileLimits } from "../../files/fileLimits.ts";
import { describeFileProblem } from "../../files/fileProblem.ts";
import { readRegularText } from "../../files/regularFile.ts";
import { DisposableStore } from "../../model/disposable.ts";
import { err, ok, type Result } from "../../model/result.ts";

export class HostFunctionFiles implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  /** Edits come one after the other. */
  #editing: Promise<unknown> = Promise.resolve();

  constructor() {
    const heard = (document: vscode.TextDocument): void => {
      if (basename(document.uri.path) === hostFunctionFileName) {
        this.#changed.fire(undefined);
      }
    };
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument(heard));
    this.#store.add(workspace.onDidCloseTextDocument(heard));
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        heard(document);
      }),
    );
  }

  /** Fires when a file, or a document of one, changed, was made or deleted. */
  readonly onDidChange: vscode.Event<undefined> = this.#changed.event;

  /** Watches a package's file and the modules beside it; dispose what it returns to end that. */
  watch(folder: string): vscode.Disposable {
    const watched = new vscode.RelativePattern(
      vscode.Uri.file(folder),
      `{${hostFunctionFileName},*.mjs,*.cjs,*.js}`,
    );
    const watcher = vscode.workspace.createFileSystemWatcher(watched);
    const fire = (): void => {
      this.#changed.fire(undefined);
    };
    watcher.onDidChange(fire);
    watcher.onDidCreate(fire);
    watcher.onDidDelete(fire);
    return watcher;
  }

  /** The text as it is now, unsaved edits included; null when there is no file. */
  async read(folder: string): Promise<Result<string | null, string>> {
    const uri = uriOf(folder);
    const open = openDocument(uri);
    if (open !== undefined) {
      return ok(open.getText());
    }
    const text = await readRegularText(uri.fsPath, { limit: fileLimits.setup });
    if (text.ok) {
      return text;
    }
    return text.error.kind === "absent"
      ? ok(null)
      : err(describeFileProblem(uri.fsPath, text.error));
  }

  /** Changes the text; why it was not changed, or null. */
  edit(
    folder: string,
    change: (text: string | null) => Result<string, string>,
  ): Promise<string | null> {
    const edited = this.#editing.then(() => this.#edit(folder, change));
    this.#editing = edited.catch(() => undefined);
    return edited;
  }

  /** Waits for edits, and saves what is unsaved of a package's file: the call reads the disk. */
  async save(folder: string): Promise<void> {
    await this.#editing;
    const open = openDocument(uriOf(folder));
    if (open?.isDirty === true) {
      await open.save();
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #edit(
    folder: string,
    change: (text: string | null) => Result<string, string>,
  ): Promise<string | null> {
    const before = await this.read(folder);
    const after = before.ok ? change(before.value) : before;
    if (!before.ok || !after.ok) {
      return after.ok ? null : after.error;
    }
    if (after.value === before.value) {
      return null;
    }
    const uri = uriOf(folder);
    const open = openDocument(uri);
    if (open !== undefined) {
      return editDocument(open, after.value);
    }
    try {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(after.value));
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return `${uri.fsPath} cannot be written: ${reason}`;
    }
  }
}

function uriOf(folder: string): vscode.Uri {
  return vscode.Uri.file(join(folder, hostFunctionFileName));
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri.toString(),
  );
}

/** Replaces what differs; a document without unsaved text of the user's is saved. */
async function editDocument(document: vscode.TextDocument, after: string): Promise<string | null> {
  const before = document.getText();
  const wasDirty = document.isDirty;
  const [start, end] = differing(before, after);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(before.length - end)),
    after.slice(start, after.length - end),
  );
  if (!(await vscode.workspace.applyEdit(edit))) {
    return `The editor of ${document.fileName} did not take the change. Try again.`;
  }
  if (!wasDirty) {
    await document.save();
  }
  return null;
}

/** Lengths of the common start and of the common end. */
function differing(before: string, after: string): readonly [number, number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) {
    end++;
  }
  return [start, end];
}
