// Changes of several files by offsets, as the fix that the server makes an edit of.

import type { TextChange, TextFix } from "../../model/text/textFix.ts";
import { minimalEdit, positionAt } from "../minimalEdit.ts";

/** Text in place of a stretch of a file. */
export interface OffsetChange {
  readonly file: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The changes under one title. */
export function fixOf(title: string, changes: readonly OffsetChange[]): TextFix {
  return { kind: "changeText", title, changes: changes.map(changeOf) };
}

function changeOf({ file, text, start, end, newText }: OffsetChange): TextChange {
  return {
    span: { file, start: positionAt(text, start), end: positionAt(text, end) },
    newText,
  };
}

/** What turns one text of a file into another. */
export function changesOf(file: string, before: string, after: string): readonly TextChange[] {
  const edit = minimalEdit(before, after);
  return edit === undefined ? [] : [{ span: { file, ...edit.range }, newText: edit.newText }];
}
