// Documents that show what libraries and packages say of themselves, with links to the sources. VS Code keeps them as read-only; asking
// again for the same library renews its document.

import { basename } from "node:path";
import * as vscode from "vscode";
import { libraryDocument, type LinkedDocument, type Sources } from "../../calls/libraryDocument.ts";
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
  readonly sources: () => Sources;
}

export class Inspections
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider
{
  readonly #ports: InspectionPorts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #pages = new Map<string, LinkedDocument>();

  constructor(ports: InspectionPorts) {
    this.#ports = ports;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.#store.add(vscode.languages.registerDocumentLinkProvider({ scheme }, this));
  }

  readonly onDidChange: vscode.Event<vscode.Uri> = this.#changed.event;

  /** A document of an earlier window has no text any more. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const lines = this.#pages.get(uri.query)?.lines.map(oneLine);
    return lines === undefined
      ? "Run Fidius: Inspect Plugin again to see this library."
      : `${lines.join("\n")}\n`;
  }

  /** Where lines lead to sources. */
  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.#pages.get(uri.query)?.links ?? []).map(({ line, from, to, target }) => {
      const { file, start } = target;
      const fragment = `${String(start.line + 1)},${String(start.character + 1)}`;
      const link = new vscode.DocumentLink(
        new vscode.Range(line, from, line, to),
        vscode.Uri.file(file).with({ fragment }),
      );
      link.tooltip = messages.goToSource;
      return link;
    });
  }

  /** What the library or package at `path` is; the error is a whole sentence. */
  async inspect(path: string): Promise<Result<LinkedDocument, string>> {
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
      const about = [signature, ...(rest === undefined ? [] : [rest])];
      return ok({
        lines: [`# ${nameText(name)}`, "", ...about, "", ...packageText(info)],
        links: [],
      });
    }
    const report = await this.#ports.inspect(opened.value.file);
    return report.ok
      ? ok(libraryDocument(name, [signature], report.value, this.#ports.sources()))
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

  async show(path: string, page: LinkedDocument): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${basename(path)}.md`, query: path });
    this.#pages.set(uri.query, page);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: true,
    });
  }

  dispose(): void {
    this.#store.dispose();
  }
}
