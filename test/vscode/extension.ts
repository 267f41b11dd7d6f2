// What several suites ask of the extension: that it runs, its lenses, its diagnostics.

import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";

export interface MethodTarget {
  readonly pluginId: string;
  readonly method: string;
}

/** The extension, activated. */
export async function activeExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension("fidius-tools.fidius");
  assert.ok(extension !== undefined, "the extension is not installed");
  await extension.activate();
  return extension;
}

/** Absolute path of a file of the open workspace. */
export function workspaceFile(...path: readonly string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder !== undefined, "no folder is open");
  return join(folder.uri.fsPath, ...path);
}

/** Opens a file of the workspace in the first editor column. */
export async function openFile(...path: readonly string[]): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(...path));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** What Invoke lenses of a file call, by method name. */
export async function invokeTargets(
  document: vscode.TextDocument,
): Promise<Map<string, MethodTarget>> {
  // The first answer may come before cargo has told of the packages; the editor asks again then, and so does this.
  const deadline = performance.now() + 20_000;
  let targets: readonly MethodTarget[];
  do {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      100,
    );
    targets = lenses.flatMap(({ command }) =>
      command?.command === "fidius.invoke" ? [targetOf(command.arguments?.[0])] : [],
    );
  } while (targets.length === 0 && performance.now() < deadline);
  return new Map(targets.map((target) => [target.method, target]));
}

/** The method alone: the lens of one without arguments also says where its result is to be shown. */
function targetOf(argument: unknown): MethodTarget {
  const { pluginId, method } = argument as MethodTarget;
  return { pluginId, method };
}

/** Waits until the diagnostics of a file fulfil a condition. */
export async function diagnosticsOf(
  uri: vscode.Uri,
  isExpected: (codes: readonly string[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const ours = () =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => /fidius/iu.test(source ?? ""));
  const codes = () =>
    ours().map(({ code }) => String(typeof code === "object" ? code.value : code));
  if (!isExpected(codes())) {
    await new Promise<void>((resolve) => {
      const listening = vscode.languages.onDidChangeDiagnostics(() => {
        if (isExpected(codes())) {
          listening.dispose();
          resolve();
        }
      });
    });
  }
  return ours();
}

/** Waits until a file has a problem, whoever found it, with such a message. */
export async function problemsOf(uri: vscode.Uri, message: RegExp): Promise<void> {
  const isThere = () =>
    vscode.languages.getDiagnostics(uri).some((problem) => message.test(problem.message));
  if (isThere()) {
    return;
  }
  await new Promise<void>((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (isThere()) {
        listening.dispose();
        resolve();
      }
    });
  });
}

/** Replaces text that stands once in a document; the document stays unsaved. */
export async function replaceText(
  document: vscode.TextDocument,
  from: string,
  to: string,
): Promise<void> {
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, `${document.fileName} has no ${from}`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + from.length));
  edit.replace(document.uri, range, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
