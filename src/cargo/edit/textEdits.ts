// Small edits of a text, by offset: how manifests are changed without touching anything else in them.

import type { Range } from "../../model/text/span.ts";
import type { TextRange, TomlDocument } from "../manifest/tomlDocument.ts";

/** Replaces a stretch of text; an empty stretch is an insertion. */
export interface TextEdit extends TextRange {
  readonly newText: string;
  /** The stretch as lines and columns. */
  readonly range: Range;
}

/** An insertion or replacement in a document. */
export function textEdit(
  document: TomlDocument,
  start: number,
  newText: string,
  end = start,
): TextEdit {
  return { start, end, newText, range: document.rangeOf({ start, end }) };
}

/** The text after all edits, which must not overlap and are in order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The line end the text uses, by its first one. */
export function lineEndOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/** Offset where the line that holds `offset` begins. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset where the line that holds `offset` ends, before its line end. */
export function endOfLine(text: string, offset: number): number {
  const next = text.indexOf("\n", offset);
  if (next < 0) {
    return text.length;
  }
  return next > offset && text[next - 1] === "\r" ? next - 1 : next;
}

/** The blanks at the beginning of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/u.exec(text.slice(startOfLine(text, offset), offset))?.[0] ?? "";
}
