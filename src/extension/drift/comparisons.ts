// Documents that show how interfaces changed. Text that VS Code keeps as read-only; comparing again renews the document.

import * as vscode from "vscode";
import { DisposableStore } from "../../model/disposable.ts";

const scheme = "fidius-compare";

export class Comparisons implements vscode.TextDocumentContentProvider {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #texts = new Map<string, string>();

  constructor() {
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  readonly onDidChange: vscode.Event<vscode.Uri> = this.#changed.event;

  /** A document of an earlier window has no text any more. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "Run Fidius: Compare Interface… again to see it.";
  }

  /** `name` is what its tab says. */
  async show(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll(/[\\/]/gu, "-")}.md` });
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#store.dispose();
  }
}
