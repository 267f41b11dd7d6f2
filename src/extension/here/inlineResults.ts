// Results beside the source: a line behind the method's name, until the next edit of a source makes them old. One for each method.

import * as vscode from "vscode";
import { manyLines } from "../../model/text/foreignText.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { InlineText } from "./inlineText.ts";

export interface InlineResult extends InlineText {
  /** Of the method. */
  readonly key: string;
  readonly title: string;
  readonly span: SourceSpan;
  /** The whole of it, for the hover. */
  readonly detail: string;
}

const sources = [
  { scheme: "file", language: "rust" },
  { scheme: "file", pattern: "**/Cargo.toml" },
];

export class InlineResults {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<InlineResult | null>());
  readonly #decoration = this.#store.add(
    vscode.window.createTextEditorDecorationType({
      after: { margin: "0 0 0 3ch", fontStyle: "italic" },
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  readonly #shown = new Map<string, InlineResult>();

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && vscode.languages.match(sources, document) > 0) {
          this.#clear();
        }
      }),
    );
    this.#store.add(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#draw();
      }),
    );
  }

  /** The result that came last; null when an edit made them all old. */
  readonly onDidChange: vscode.Event<InlineResult | null> = this.#changed.event;

  show(result: InlineResult): void {
    this.#shown.set(result.key, result);
    this.#draw();
    this.#changed.fire(result);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #clear(): void {
    if (this.#shown.size > 0) {
      this.#shown.clear();
      this.#draw();
      this.#changed.fire(null);
    }
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      const here = [...this.#shown.values()].filter(
        ({ span }) => document.uri.scheme === "file" && document.uri.fsPath === span.file,
      );
      editor.setDecorations(
        this.#decoration,
        here.map((result) => optionsOf(result, document)),
      );
    }
  }
}

function optionsOf(
  { line, isGood, detail, span }: InlineResult,
  document: vscode.TextDocument,
): vscode.DecorationOptions {
  const at = Math.min(span.start.line, Math.max(0, document.lineCount - 1));
  const { end } = document.lineAt(at).range;
  const hover = new vscode.MarkdownString();
  hover.appendCodeblock(manyLines(detail), "text");
  return {
    range: new vscode.Range(end, end),
    hoverMessage: hover,
    renderOptions: {
      after: {
        contentText: line,
        color: new vscode.ThemeColor(
          isGood ? "editorCodeLens.foreground" : "editorError.foreground",
        ),
      },
    },
  };
}
