// A result where its user wants it: in a file as JSON or as its bytes, in an editor, in a hex editor. What is long is written in pieces;
// the file is there as a whole or as it was before.

import { join } from "node:path";
import * as vscode from "vscode";
import { packageFolderOf } from "../../calls/packageFolder.ts";
import { isUnread, longResultOf } from "../../codec/long/longResult.ts";
import { longJson } from "../../codec/long/longText.ts";
import { writeWholeFile } from "../../files/wholeFile.ts";
import { valueTextOf } from "../../history/valueText.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { ResultDocument } from "../../protocol/panel.ts";
import { WorkPieces } from "../../runner/process/workPieces.ts";
import { showErrorMessage } from "../platform/notify.ts";
import { withSlowProgress } from "../platform/slowProgress.ts";
import { panelMessages } from "./panelMessages.ts";
import type { FoundMethod } from "./panelState.ts";

const hexEditor = "ms-vscode.hexeditor";
/** Characters that a document without a file may have. */
const longestDocument = 8 * 1024 * 1024;

/** Does what is asked for with a result that has a value. */
export async function keepResult(
  result: CallResult,
  found: FoundMethod,
  as: ResultDocument,
): Promise<void> {
  if (result.kind !== "ok" && result.kind !== "pluginError") {
    return;
  }
  if (as === "editor") {
    await openDocument(result, found);
  } else if (as === "hexEditor") {
    await openBytes(result, found);
  } else {
    await saveAs(result, found, ["json", "bin"]);
  }
}

type Valued = Extract<CallResult, { kind: "ok" | "pluginError" }>;

async function openDocument(result: Valued, found: FoundMethod): Promise<void> {
  let content = "";
  for await (const piece of jsonPieces(result, found)) {
    content += piece;
    if (content.length > longestDocument) {
      // Too long for a document that has no file: it gets one.
      const file = await saveAs(result, found, ["json"]);
      await (file && vscode.commands.executeCommand("vscode.open", file));
      return;
    }
  }
  const document = await vscode.workspace.openTextDocument({ content, language: "json" });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function openBytes(result: Valued, found: FoundMethod): Promise<void> {
  if (vscode.extensions.getExtension(hexEditor) === undefined) {
    await vscode.commands.executeCommand("workbench.extensions.search", hexEditor);
    await showErrorMessage(panelMessages.noHexEditor);
    return;
  }
  const file = await saveAs(result, found, ["bin"]);
  await (file && vscode.commands.executeCommand("vscode.openWith", file, "hexEditor.hexedit"));
}

/** Asks for a file and writes it; undefined when there is none in the end. */
async function saveAs(
  result: Valued,
  found: FoundMethod,
  endings: readonly ("json" | "bin")[],
): Promise<vscode.Uri | undefined> {
  const [ending = "json"] = endings;
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(
      join(packageFolderOf(found.plugin), `${found.method.name}.${ending}`),
    ),
    filters: Object.fromEntries(endings.map((each) => [panelMessages.resultFile[each], [each]])),
  });
  if (file === undefined) {
    return undefined;
  }
  const isBytes = file.path.endsWith(".bin");
  try {
    const title = panelMessages.savingResult(found.method.name);
    const isWritten = await withSlowProgress(title, ({ signal }) =>
      write(file.fsPath, isBytes ? [result.bytes] : jsonPieces(result, found), signal),
    );
    return isWritten === true ? file : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await showErrorMessage(panelMessages.notSaved(reason));
    return undefined;
  }
}

/** True once it is written; undefined when it was cancelled. */
function write(
  file: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<string>,
  signal: AbortSignal,
): Promise<true | undefined> {
  return writeWholeFile(file, async (output) => {
    for await (const piece of pieces) {
      if (signal.aborted) {
        return undefined;
      }
      await output.writeFile(piece);
    }
    return true;
  });
}

/** The value's JSON text; others have their turn between its pieces. */
async function* jsonPieces(
  result: Valued,
  { plugin, method }: FoundMethod,
): AsyncGenerator<string> {
  const long =
    result.kind === "ok" && isUnread(result.value)
      ? longResultOf(method, plugin.types, result.bytes)
      : undefined;
  if (long === undefined) {
    yield valueTextOf(result, { method, types: plugin.types }) ?? "";
    return;
  }
  let text = "";
  const pieces = new WorkPieces();
  // Its lists are measured first: what is asked for of them is then found at once.
  for (const _ of long.measure()) {
    await pieces.next();
  }
  for (const piece of longJson(long, { type: long.type, start: 0 })) {
    text += piece;
    if (text.length > 64 * 1024) {
      yield text;
      text = "";
    }
    await pieces.next();
  }
  yield text;
}
