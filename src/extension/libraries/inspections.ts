// Documents that show what libraries and packages say of themselves. Text that VS Code keeps as read-only; asking again for
// the same library renews its document.

import { basename } from "node:path";
import * as vscode from "vscode";
import { libraryText } from "../../calls/libraryText.ts";
import { packageText } from "../../calls/packageText.ts";
import { nameText, oneLine } from "../../model/text/foreignText.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { OpenedPath } from "../../packages/openPackage.ts";
import { messages } from "../platform/messages.ts";

const scheme = "fidius-inspect";

export interface InspectionPorts {
  readonly openPath: (path: string) => Promise<Result<OpenedPath, string>>;
  readonly inspect: (library: string) => Promise<Result<LibraryReport, LoadFailure>>;
}

export class Inspections implements vscode.TextDocumentContentProvider {
  readonly #ports: InspectionPorts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #texts = new Map<string, string>();

  constructor(ports: InspectionPorts) {
    this.#ports = ports;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  readonly onDidChange: vscode.Event<vscode.Uri> = this.#changed.event;

  /** A document of an earlier window has no text any more. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.query) ?? "Run Fidius: Inspect Plugin again to see this library.";
  }

  /** What the library or package at `path` is; the error is a whole sentence. */
  async inspect(path: string): Promise<Result<string, string>> {
    const opened = await this.#ports.openPath(path);
    if (!opened.ok) {
      return opened;
    }
    const { describeSignature, leftOutText } = await import("../../packages/signatureText.ts");
    const name = basename(path);
    const signature = describeSignature(nameText(name), opened.value.signature);
    if (opened.value.kind === "package") {
      const { info, leftOut } = opened.value;
      const rest = leftOutText(nameText(name), leftOut);
      return ok(page(signature, ...(rest === undefined ? [] : [rest]), ...packageText(info)));
    }
    const report = await this.#ports.inspect(opened.value.file);
    return report.ok
      ? ok(page(signature, ...libraryText(name, report.value)))
      : err(report.error.message);
  }

  /** The same as data, of a library alone. */
  async report(path: string): Promise<Result<LibraryReport, string>> {
    const opened = await this.#ports.openPath(path);
    if (!opened.ok) {
      return opened;
    }
    if (opened.value.kind === "package") {
      return err(messages.packageIsNoLibrary(basename(path)));
    }
    const report = await this.#ports.inspect(opened.value.file);
    return report.ok ? report : err(report.error.message);
  }

  async show(path: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${basename(path)}.txt`, query: path });
    this.#texts.set(uri.query, `${text}\n`);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: true,
    });
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** What others wrote in a line stays in it. */
function page(...lines: readonly string[]): string {
  return lines.map(oneLine).join("\n");
}
