// The errors of the last build in Problems: with rustc's labels, at their lines while the text moves, and gone once their line is
// edited.

import * as vscode from "vscode";
import { manyLines } from "../../model/text/foreignText.ts";
import { DisposableStore, type Disposable } from "../../model/disposable.ts";
import type { CompileError } from "../../model/outcome.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import { placeAfterEdit } from "./placesAfterEdit.ts";

export class BuildProblems implements Disposable {
  readonly #store = new DisposableStore();
  readonly #shown = this.#store.add(vscode.languages.createDiagnosticCollection("fidius build"));

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const shown = this.#shown.get(document.uri) ?? [];
        if (shown.length > 0 && contentChanges.length > 0) {
          this.#shown.set(
            document.uri,
            shown.flatMap((diagnostic) => moved(diagnostic, contentChanges)),
          );
        }
      }),
    );
  }

  /** In place of what was shown before. */
  show(errors: readonly CompileError[]): void {
    this.clear();
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const error of errors) {
      if (error.span !== undefined) {
        const { file } = error.span;
        byFile.set(file, [...(byFile.get(file) ?? []), toDiagnostic(error, error.span)]);
      }
    }
    for (const [file, diagnostics] of byFile) {
      this.#shown.set(vscode.Uri.file(file), diagnostics);
    }
  }

  clear(): void {
    this.#shown.clear();
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function toDiagnostic(
  { message, code, label, related = [] }: CompileError,
  span: SourceSpan,
): vscode.Diagnostic {
  const isNew = label !== undefined && !message.includes(label);
  const text = isNew ? `${message}\n${label}` : message;
  const diagnostic = new vscode.Diagnostic(toRange(span), manyLines(text));
  diagnostic.source = "cargo build";
  if (code !== undefined) {
    diagnostic.code = code;
  }
  diagnostic.relatedInformation = related.map(
    (place) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.file(place.span.file), toRange(place.span)),
        manyLines(place.message),
      ),
  );
  return diagnostic;
}

function toRange({ start, end }: Pick<SourceSpan, "start" | "end">): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** The diagnostic at its new place; none where its line was edited. */
function moved(
  diagnostic: vscode.Diagnostic,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): readonly vscode.Diagnostic[] {
  const { start, end } = diagnostic.range;
  let place: Pick<SourceSpan, "start" | "end"> | undefined = {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
  // From the end of the text to its beginning: each change counts lines as they were before it.
  const inOrder = changes.toSorted((a, b) => b.range.start.compareTo(a.range.start));
  for (const { range, text } of inOrder) {
    place = place && placeAfterEdit(place, { start: range.start, end: range.end, text });
  }
  if (place === undefined) {
    return [];
  }
  diagnostic.range = toRange(place);
  return [diagnostic];
}
