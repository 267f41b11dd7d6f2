// Files of a stream: NDJSON into the plugin, line by line as it takes them, and the kept items out into a file.

import { join } from "node:path";
import * as vscode from "vscode";
import { lineText } from "../../codec/method/streamItems.ts";
import { packageFolderOf } from "../../calls/packageFolder.ts";
import { fileLimits } from "../../files/fileLimits.ts";
import { describeFileProblem } from "../../files/fileProblem.ts";
import { openRegularFile, piecesOf } from "../../files/regularFile.ts";
import { textLines } from "../../files/textLines.ts";
import type { PanelItems } from "../bridge/streamItems.ts";
import { withSlowProgress } from "../platform/slowProgress.ts";
import { writeItems } from "./itemExport.ts";
import { panelMessages } from "./panelMessages.ts";
import type { FoundMethod } from "./panelState.ts";
import type { StreamBuffer } from "./streamBuffer.ts";
import { showWarningMessage } from "../platform/notify.ts";

/** Asks for a file and offers its lines to the plugin; what stopped it, or null when all were taken or none was chosen. */
export async function sendFile(
  items: PanelItems,
  found: FoundMethod | undefined,
): Promise<string | null> {
  const [file] =
    (await vscode.window.showOpenDialog({
      canSelectMany: false,
      openLabel: panelMessages.sendFile,
      filters: { [panelMessages.ndjson]: ["ndjson", "jsonl"], [panelMessages.allFiles]: ["*"] },
      ...(found === undefined
        ? {}
        : { defaultUri: vscode.Uri.file(packageFolderOf(found.plugin)) }),
    })) ?? [];
  return file === undefined ? null : sendLines(items, file.fsPath);
}

/** Offers a file's lines, each when the one before was taken: a large file is never held as a whole. */
async function sendLines(items: PanelItems, file: string): Promise<string | null> {
  let number = 0;
  const send = await items.lineSender();
  const opened = await openRegularFile(file, Number.MAX_SAFE_INTEGER);
  if (!opened.ok) {
    return describeFileProblem(file, opened.error);
  }
  await using input = opened.value;
  for await (const line of textLines(piecesOf(input), fileLimits.argument)) {
    if (!line.ok) {
      return describeFileProblem(file, line.error);
    }
    number += 1;
    const text = lineText(line.value, number);
    const problem = text === null ? null : await send(text);
    if (problem !== null) {
      return panelMessages.lineStopped(number, problem);
    }
  }
  return null;
}

/** Asks for a file and writes the kept items into it, with a word on those that are not there as values. */
export async function exportItems(
  stream: StreamBuffer,
  items: PanelItems,
  found: FoundMethod,
): Promise<void> {
  const folder = packageFolderOf(found.plugin);
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(folder, `${found.method.name}.ndjson`)),
    filters: { [panelMessages.ndjson]: ["ndjson", "jsonl"] },
  });
  if (file === undefined) {
    return;
  }
  const title = panelMessages.exporting(found.method.name);
  const written = await withSlowProgress(title, ({ signal, report }) =>
    writeItems(file.fsPath, stream, items, signal, report),
  );
  if (written !== null && written.firstProblem !== null) {
    void showWarningMessage(panelMessages.exportedInPart(written));
  }
}
