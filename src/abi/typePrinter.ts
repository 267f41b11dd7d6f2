// Prints a Rust type the way rustc 1.95's proc-macro token printer does, because that text enters the interface hash.
// Wrapping at column 78 included: those newlines are hashed too (reference 5.3, 5.4).

import { matchGroups, tokenizeRust, type RustToken } from "./rustTokens.ts";

const keywords: ReadonlySet<string> = new Set(
  (
    "as break const continue crate else enum extern false for if impl in let loop match mod move mut ref return self " +
    "static struct super trait true type unsafe use where while abstract become box do final macro override priv typeof " +
    "unsized virtual yield async await dyn try"
  ).split(" "),
);

const margin = 78;

const joinedInExpressions: readonly string[] = [
  "<<=",
  ">>=",
  "..=",
  "...",
  "<<",
  ">>",
  "&&",
  "||",
  "==",
  "!=",
  "<=",
  ">=",
  "..",
];
const joinedInTypes: readonly string[] = ["...", "::", "->"];

type PrintToken =
  | { readonly kind: "word"; readonly text: string; readonly isCallable: boolean }
  | { readonly kind: "punctuation"; readonly text: string }
  | { readonly kind: "verbatim"; readonly text: string }
  | { readonly kind: "group"; readonly open: string; readonly content: readonly PrintToken[] };

type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "boxStart" }
  | { readonly kind: "boxEnd" };

/** The text of a type as it enters a signature: `Vec<u8>` becomes `Vec < u8 >` (reference 5.3). */
export function printType(source: string): string {
  const tokens = tokenizeRust(source).filter((token) => token.kind !== "doc");
  const partners = matchGroups(tokens);
  const content = new TreeReader(source, tokens, partners).read(0, tokens.length, false);
  const pieces: Piece[] = [];
  layOut(content, pieces);
  return wrap(pieces);
}

/** Makes a tree of print tokens, joining operators as syn does. */
class TreeReader {
  readonly #source: string;
  readonly #tokens: readonly RustToken[];
  readonly #partners: readonly number[];

  constructor(source: string, tokens: readonly RustToken[], partners: readonly number[]) {
    this.#source = source;
    this.#tokens = tokens;
    this.#partners = partners;
  }

  /** `isExpression`: array lengths and blocks, where operators of several characters are one token. */
  read(from: number, to: number, isExpression: boolean): PrintToken[] {
    const result: PrintToken[] = [];
    let inExpression = isExpression;
    let at = from;
    while (at < to) {
      const token = this.#token(at);
      if (token.kind === "open") {
        const close = this.#partners[at] ?? to;
        const content = this.read(at + 1, Math.min(close, to), inExpression || token.text === "{");
        result.push({ kind: "group", open: token.text, content });
        at = close + 1;
      } else if (token.kind === "punctuation") {
        inExpression = inExpression || token.text === ";";
        at = this.#readPunctuation(at, to, inExpression, result);
      } else {
        at = this.#readWord(at, to, result);
      }
    }
    return isExpression ? result : moveLifetimesForward(result);
  }

  #token(at: number): RustToken {
    const token = this.#tokens[at];
    if (token === undefined) {
      throw new RangeError("token index out of range");
    }
    return token;
  }

  #readPunctuation(at: number, to: number, inExpression: boolean, result: PrintToken[]): number {
    const joined = inExpression ? [...joinedInExpressions, ...joinedInTypes] : joinedInTypes;
    const operator = joined.find((candidate) => this.#isJoined(at, to, candidate));
    if (operator !== undefined) {
      result.push({ kind: "punctuation", text: operator });
      return at + operator.length;
    }
    const token = this.#token(at);
    const next = at + 1 < to ? this.#token(at + 1) : undefined;
    if (!inExpression && token.text === "-" && next?.kind === "literal") {
      // A negative literal as a generic argument is one literal to syn.
      result.push({ kind: "word", text: `-${next.text}`, isCallable: false });
      return at + 2;
    }
    result.push({ kind: "punctuation", text: token.text });
    return at + 1;
  }

  #isJoined(at: number, to: number, operator: string): boolean {
    if (at + operator.length > to) {
      return false;
    }
    for (let i = 0; i < operator.length; i++) {
      const token = this.#token(at + i);
      if (token.text !== operator[i] || token.start !== this.#token(at).start + i) {
        return false;
      }
    }
    return true;
  }

  #readWord(at: number, to: number, result: PrintToken[]): number {
    const token = this.#token(at);
    const isMacro =
      token.kind === "identifier" &&
      at + 2 < to &&
      this.#token(at + 1).text === "!" &&
      this.#token(at + 2).kind === "open";
    if (isMacro) {
      result.push({ kind: "verbatim", text: `${token.text}!` });
      const close = Math.min(this.#partners[at + 2] ?? to, to - 1);
      result.push({ kind: "verbatim", text: this.#macroText(at + 2, close) });
      return close + 1;
    }
    const isCallable = token.kind === "identifier" && !keywords.has(token.text);
    result.push({ kind: "word", text: token.text, isCallable });
    return at + 1;
  }

  /** A macro call's tokens keep the spacing of the source. */
  #macroText(open: number, close: number): string {
    const start = this.#token(open);
    const end = this.#token(close);
    const inner = this.#source.slice(start.end, end.start).replaceAll(/\s+/gu, " ").trim();
    return start.text === "{" ? `{ ${inner} }` : `${start.text}${inner}${end.text}`;
  }
}

/** Lifetimes among generic arguments stand first when syn prints them. */
function moveLifetimesForward(tokens: readonly PrintToken[]): PrintToken[] {
  const result: PrintToken[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) {
      break;
    }
    const close = isPunctuation(token, "<") ? closingAngle(tokens, at) : undefined;
    if (close === undefined) {
      result.push(token);
      at += 1;
    } else {
      const content = moveLifetimesForward(tokens.slice(at + 1, close));
      result.push(token, ...orderArguments(content), { kind: "punctuation", text: ">" });
      at = close + 1;
    }
  }
  return result;
}

function closingAngle(tokens: readonly PrintToken[], open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i];
    if (token !== undefined && isPunctuation(token, "<")) {
      depth += 1;
    } else if (token !== undefined && isPunctuation(token, ">")) {
      depth -= 1;
      if (depth === 0) {
        return i;
      }
    }
  }
  return undefined;
}

function orderArguments(content: readonly PrintToken[]): PrintToken[] {
  const parts: PrintToken[][] = [[]];
  let depth = 0;
  for (const token of content) {
    depth += isPunctuation(token, "<") ? 1 : isPunctuation(token, ">") ? -1 : 0;
    if (depth === 0 && isPunctuation(token, ",")) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(token);
    }
  }
  const hasTrailingComma = parts.length > 1 && parts.at(-1)?.length === 0;
  const given = hasTrailingComma ? parts.slice(0, -1) : parts;
  const ordered = [
    ...given.filter(isLifetimePart),
    ...given.filter((part) => !isLifetimePart(part)),
  ];
  const comma: PrintToken = { kind: "punctuation", text: "," };
  const joined = ordered.flatMap((part, index) => (index === 0 ? part : [comma, ...part]));
  return hasTrailingComma ? [...joined, comma] : joined;
}

function isLifetimePart(part: readonly PrintToken[]): boolean {
  const first = part[0];
  return part.length === 1 && first?.kind === "word" && /^'[^']*$/u.test(first.text);
}

function isPunctuation(token: PrintToken, text: string): boolean {
  return token.kind === "punctuation" && token.text === text;
}

function layOut(tokens: readonly PrintToken[], pieces: Piece[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === "group") {
      layOutGroup(token.open, token.content, pieces);
    } else {
      pieces.push({ kind: "text", text: token.text });
    }
    const next = tokens[index + 1];
    if (next !== undefined && hasSpaceBetween(token, next)) {
      pieces.push({ kind: "break" });
    }
  });
}

function layOutGroup(open: string, content: readonly PrintToken[], pieces: Piece[]): void {
  const close = open === "(" ? ")" : open === "[" ? "]" : "}";
  const isSpaced = open === "{" && content.length > 0;
  pieces.push({ kind: "text", text: open });
  if (isSpaced) {
    pieces.push({ kind: "break" });
  }
  if (open !== "{" || isSpaced) {
    pieces.push({ kind: "boxStart" });
    layOut(content, pieces);
    pieces.push({ kind: "boxEnd" });
  }
  if (isSpaced) {
    pieces.push({ kind: "break" });
  }
  pieces.push({ kind: "text", text: close });
}

function hasSpaceBetween(before: PrintToken, after: PrintToken): boolean {
  const isAfterPunctuation = after.kind === "punctuation";
  if (isPunctuation(before, ".") && !isAfterPunctuation) {
    return false;
  }
  const isClinging =
    isPunctuation(after, ",") || isPunctuation(after, ";") || isPunctuation(after, ".");
  if (isClinging && before.kind !== "punctuation") {
    return false;
  }
  if (after.kind === "group" && after.open === "(" && before.kind === "word" && before.isCallable) {
    return false;
  }
  return !(isPunctuation(before, "#") && after.kind === "group" && after.open === "[");
}

/** For each break and box: the width that decides whether it stays on the line (reference 5.4). */
function measure(pieces: readonly Piece[]): number[] {
  const sizes = new Array<number>(pieces.length).fill(0);
  const pending: number[] = [];
  let total = 0;
  const settle = (index: number): void => {
    sizes[index] = (sizes[index] ?? 0) + total;
  };
  const settlePending = (): void => {
    let depth = 0;
    for (let index = pending.at(-1); index !== undefined; index = pending.at(-1)) {
      const kind = pieces[index]?.kind;
      if (kind === "boxStart") {
        if (depth === 0) {
          return;
        }
        settle(index);
        depth -= 1;
      } else if (kind === "boxEnd") {
        depth += 1;
      } else {
        settle(index);
        if (depth === 0) {
          pending.pop();
          return;
        }
      }
      pending.pop();
    }
  };
  pieces.forEach((piece, index) => {
    if (piece.kind === "text") {
      total += Array.from(piece.text).length;
      return;
    }
    if (piece.kind === "break") {
      settlePending();
      sizes[index] = -total;
      total += 1;
    } else if (piece.kind === "boxStart") {
      sizes[index] = -total;
    }
    pending.push(index);
  });
  settlePending();
  return sizes;
}

function wrap(pieces: readonly Piece[]): string {
  const sizes = measure(pieces);
  const isFlat: boolean[] = [];
  let output = "";
  let space = margin;
  pieces.forEach((piece, index) => {
    const size = sizes[index] ?? 0;
    switch (piece.kind) {
      case "text":
        output += piece.text;
        space -= Array.from(piece.text).length;
        return;
      case "boxStart":
        isFlat.push(size <= space);
        return;
      case "boxEnd":
        isFlat.pop();
        return;
      case "break":
        if (isFlat.at(-1) === true || size <= space) {
          output += " ";
          space -= 1;
        } else {
          output += "\n";
          space = margin;
        }
    }
  });
  return output;
}
