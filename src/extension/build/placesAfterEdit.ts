// Where marks of a build stand after their text was edited. Knows no VS Code.

import type { Range } from "../../model/text/span.ts";

/** A stretch of text that was replaced. */
export interface TextChange extends Range {
  readonly text: string;
}

/** The place after the change; undefined where one of its lines was edited: the build's word on it is old then. */
export function placeAfterEdit(place: Range, change: TextChange): Range | undefined {
  const { start, end, text } = change;
  const isAbove = end.line < place.start.line || isLineBefore(place, change);
  if (isAbove) {
    const added = text.split("\n").length - 1 - (end.line - start.line);
    return {
      start: { ...place.start, line: place.start.line + added },
      end: { ...place.end, line: place.end.line + added },
    };
  }
  return start.line > place.end.line ? place : undefined;
}

/** Whole lines that come or go right above the place. */
function isLineBefore(place: Range, { start, end, text }: TextChange): boolean {
  const endsAtLine = end.line === place.start.line && end.character === 0;
  const startsAtLine = start.character === 0;
  return endsAtLine && startsAtLine && (text === "" || text.endsWith("\n"));
}
