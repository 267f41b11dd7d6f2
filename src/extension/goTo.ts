// Opens source files at a place: from the tree, from the panel's links, from the first compile error.

import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { SourceSpan } from "../model/text/span.ts";
import { messages } from "./platform/messages.ts";
import { showWarningMessage } from "./platform/notify.ts";

/** Shows the span in an editor; says so when the file cannot be opened. */
export async function goToSpan(span: SourceSpan, column?: vscode.ViewColumn): Promise<void> {
  await open(span.file, new vscode.Range(positionOf(span.start), positionOf(span.end)), column);
}

/** Shows a place as rustc prints it (one-based); `file` may be relative to `folder`. */
export async function goToLocation(
  location: { readonly file: string; readonly line: number; readonly column: number },
  folder: string,
  column?: vscode.ViewColumn,
): Promise<void> {
  const file = isAbsolute(location.file) ? location.file : join(folder, location.file);
  const position = new vscode.Position(
    Math.max(0, location.line - 1),
    Math.max(0, location.column - 1),
  );
  await open(file, new vscode.Range(position, position), column);
}

function positionOf({ line, character }: SourceSpan["start"]): vscode.Position {
  return new vscode.Position(line, character);
}

async function open(
  file: string,
  selection: vscode.Range,
  viewColumn?: vscode.ViewColumn,
): Promise<void> {
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(file), {
      selection: new vscode.Range(selection.start, selection.start),
      ...(viewColumn === undefined ? {} : { viewColumn }),
    });
    vscode.window.activeTextEditor?.revealRange(
      selection,
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void showWarningMessage(messages.cannotOpen(file, reason));
  }
}
