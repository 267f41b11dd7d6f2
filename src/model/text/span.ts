// Places in source text, without a word of LSP: the server and the extension convert at their edge.

/** A place in a text: zero-based line, zero-based column in UTF-16 code units (as LSP counts). */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of text, end exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A range in a file; `file` is an absolute path in the platform's own spelling. */
export interface SourceSpan extends Range {
  readonly file: string;
}
