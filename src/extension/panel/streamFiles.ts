// Files of a stream: NDJSON into the plugin, line by line as it takes them, and the kept items out into a file.

import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { lineText } from "../../codec/method/streamItems.ts";
import { packageFolderOf } from "../../calls/packageFolder.ts";
import type { PanelItems } from "../bridge/streamItems.ts";
import { withSlowProgress } from "../platform/slowProgress.ts";
import { writeItems } from "./itemExport.ts";
import { panelMessages } from "./panelMessages.ts";
import type { FoundMethod } from "./panelState.ts";
import type { StreamBuffer } from "./streamBuffer.ts";

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
  const input = createReadStream(file);
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      const text = lineText(line, number);
      const problem = text === null ? null : await send(text);
      if (problem !== null) {
        return panelMessages.lineStopped(number, problem);
      }
    }
    return null;
  } catch (error) {
    return panelMessages.fileUnreadable(file, error instanceof Error ? error.message : "");
  } finally {
    input.destroy();
  }
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
    void vscode.window.showWarningMessage(panelMessages.exportedInPart(written));
  }
}
