// Edits that repair a diagnostic, as data: the server turns them into those of its protocol.

import type { SourceSpan } from "./span.ts";

/** One stretch of text and what takes its place; an empty stretch inserts. */
export interface TextChange {
  readonly span: SourceSpan;
  readonly newText: string;
}

/** Changes that belong together under one title. */
export interface TextFix {
  readonly kind: "changeText";
  /** Verb first, as editors list quick fixes. */
  readonly title: string;
  readonly changes: readonly TextChange[];
}
