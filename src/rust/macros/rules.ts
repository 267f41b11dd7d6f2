// Reads the text of a `macro_rules!` into its rules: what each matches, and the tokens that it gives out.

import { plainName, TokenCursor, type TokenText } from "../syntax/items/tokenCursor.ts";

/** One arm: `(pattern) => { body }`. */
export interface MacroRule {
  readonly pattern: readonly Pattern[];
  /** Cursor over the body's tokens, to be copied before use. */
  readonly body: TokenRange;
}

/** A stretch of tokens. */
export interface TokenRange {
  readonly source: TokenText;
  readonly from: number;
  readonly to: number;
}

export type Pattern =
  | { readonly kind: "token"; readonly text: string }
  /** `$name:fragment`. */
  | { readonly kind: "variable"; readonly name: string; readonly fragment: string }
  | { readonly kind: "group"; readonly open: string; readonly inner: readonly Pattern[] }
  /** `$( … ) separator operator`. */
  | {
      readonly kind: "repetition";
      readonly inner: readonly Pattern[];
      readonly separator: readonly string[];
      readonly operator: RepetitionOperator;
    };

export type RepetitionOperator = "*" | "+" | "?";

/** All rules of a definition, whose content is `source`; what cannot be read is left out. */
export function readRules(source: TokenText): readonly MacroRule[] {
  const cursor = new TokenCursor(source);
  const rules: MacroRule[] = [];
  while (!cursor.isAtEnd) {
    const pattern = enterAny(cursor);
    const isArrow = pattern !== undefined && cursor.takePair("=>");
    const body = isArrow ? enterAny(cursor) : undefined;
    if (pattern === undefined || body === undefined) {
      return rules;
    }
    rules.push({
      pattern: readPatterns(pattern),
      body: { source, from: body.at, to: body.end },
    });
    cursor.take(";");
  }
  return rules;
}

/** The group at the cursor, whatever its brackets. */
export function enterAny(cursor: TokenCursor): TokenCursor | undefined {
  return cursor.enter("(") ?? cursor.enter("[") ?? cursor.enter("{");
}

function readPatterns(cursor: TokenCursor): readonly Pattern[] {
  const patterns: Pattern[] = [];
  while (!cursor.isAtEnd) {
    patterns.push(readPattern(cursor));
  }
  return patterns;
}

function readPattern(cursor: TokenCursor): Pattern {
  if (cursor.isText("$")) {
    const special = readVariable(cursor) ?? readRepetition(cursor);
    if (special !== undefined) {
      return special;
    }
  }
  const token = cursor.peek();
  const open = token?.kind === "open" ? token.text : undefined;
  const group = open === undefined ? undefined : cursor.enter(open);
  if (open !== undefined && group !== undefined) {
    return { kind: "group", open, inner: readPatterns(group) };
  }
  cursor.at += 1;
  return { kind: "token", text: token?.text ?? "" };
}

function readVariable(cursor: TokenCursor): Pattern | undefined {
  const name = cursor.peek(1);
  if (name?.kind !== "identifier" || !cursor.isText(":", 2)) {
    return undefined;
  }
  const fragment = cursor.peek(3)?.text ?? "";
  cursor.at += 4;
  return { kind: "variable", name: plainName(name.text), fragment };
}

function readRepetition(cursor: TokenCursor): Pattern | undefined {
  if (!cursor.isText("(", 1)) {
    return undefined;
  }
  cursor.at += 1;
  const content = cursor.enter("(");
  const inner = content === undefined ? [] : readPatterns(content);
  return { kind: "repetition", inner, ...readRepetitionEnd(cursor) };
}

/** What stands behind `$( … )`: a separator, where there is one, and the operator. */
export function readRepetitionEnd(cursor: TokenCursor): {
  readonly separator: readonly string[];
  readonly operator: RepetitionOperator;
} {
  const separator: string[] = [];
  while (!cursor.isAtEnd) {
    const text = cursor.peek()?.text ?? "";
    cursor.at += 1;
    // `+` and `*` may be separators themselves: then the operator follows.
    const isLast = !isOperator(cursor.peek()?.text) || separator.length > 0;
    if (isOperator(text) && (isLast || text === "?")) {
      return { separator, operator: text };
    }
    separator.push(text);
  }
  return { separator, operator: "*" };
}

function isOperator(text: string | undefined): text is RepetitionOperator {
  return text === "*" || text === "+" || text === "?";
}
