// Print tokens → lines, as the printer of rustc 1.95 lays them out. Wrapping at column 78 included: those newlines are hashed
// too (reference 5.4).

import { utf8 } from "../interfaceHash.ts";
import { isPunctuation, type PrintToken } from "./printToken.ts";

const margin = 78;

/** Where a line is too long, what stands in braces moves in by so much. */
const braceIndent = 4;

/** A line that begins far to the right has at least this many columns. */
const leastSpace = 60;

type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** `offset` is added to the indentation of a new line. */
  | { readonly kind: "break"; readonly offset: number }
  /** Of a consistent box all breaks are new lines, or none. */
  | { readonly kind: "boxStart"; readonly indent: number; readonly isConsistent: boolean }
  | { readonly kind: "boxEnd" };

/** The text of the tokens. */
export function layOutLines(tokens: readonly PrintToken[]): string {
  const pieces: Piece[] = [];
  layOut(tokens, pieces);
  return wrap(pieces);
}

function layOut(tokens: readonly PrintToken[], pieces: Piece[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === "group") {
      layOutGroup(token, pieces);
    } else {
      pieces.push({ kind: "text", text: token.text });
    }
    const next = tokens[index + 1];
    if (next !== undefined && token.isJoint !== true && hasSpaceBetween(token, next)) {
      pieces.push({ kind: "break", offset: 0 });
    }
  });
}

function layOutGroup(
  { open, content, isTight = false }: PrintToken & { readonly kind: "group" },
  pieces: Piece[],
): void {
  const inner = { kind: "boxStart", indent: 0, isConsistent: false } as const;
  if (open !== "{") {
    pieces.push({ kind: "text", text: open }, inner);
    layOut(content, pieces);
    pieces.push({ kind: "boxEnd" }, { kind: "text", text: open === "(" ? ")" : "]" });
    return;
  }
  pieces.push({ kind: "boxStart", indent: braceIndent, isConsistent: true });
  pieces.push({ kind: "text", text: "{" });
  if (content.length > 0) {
    pieces.push(...(isTight ? [] : [{ kind: "break", offset: 0 } as const]), inner);
    layOut(content, pieces);
    pieces.push({ kind: "boxEnd" });
    pieces.push(...(isTight ? [] : [{ kind: "break", offset: -braceIndent } as const]));
  }
  pieces.push({ kind: "text", text: "}" }, { kind: "boxEnd" });
}

function hasSpaceBetween(before: PrintToken, after: PrintToken): boolean {
  const isAfterPunctuation = after.kind === "punctuation";
  if (isPunctuation(before, ".") && !isAfterPunctuation) {
    return false;
  }
  const isClinging = isAfterPunctuation && [",", ";", "."].includes(after.text);
  return !(isClinging && before.kind !== "punctuation") && !isCloseWord(before, after);
}

/** `f(1)`, `mac!`, `$name`, `#[attribute]`. */
function isCloseWord(before: PrintToken, after: PrintToken): boolean {
  if (before.kind === "word") {
    const isCall = after.kind === "group" && after.open === "(";
    return (isCall && before.isCallable) || (before.isName && isPunctuation(after, "!"));
  }
  return after.kind === "group"
    ? isPunctuation(before, "#") && after.open === "["
    : isPunctuation(before, "$") && after.kind === "word" && after.isIdentifier;
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
      total += widthOf(piece.text);
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

/** As rustc counts: bytes, not characters. */
function widthOf(text: string): number {
  return /^[\0-\x7f]*$/u.test(text) ? text.length : [...utf8(text)].length;
}

interface OpenBox {
  /** All of it fits on the line. */
  readonly isFlat: boolean;
  readonly isConsistent: boolean;
  readonly indentBefore: number;
}

function wrap(pieces: readonly Piece[]): string {
  const sizes = measure(pieces);
  const boxes: OpenBox[] = [];
  let output = "";
  let space = margin;
  let indent = 0;
  let pending = 0;
  pieces.forEach((piece, index) => {
    const size = sizes[index] ?? 0;
    switch (piece.kind) {
      case "text":
        output += " ".repeat(pending) + piece.text;
        pending = 0;
        space -= widthOf(piece.text);
        return;
      case "boxStart": {
        const isFlat = size <= space;
        boxes.push({ isFlat, isConsistent: piece.isConsistent, indentBefore: indent });
        indent += isFlat ? 0 : piece.indent;
        return;
      }
      case "boxEnd":
        indent = boxes.pop()?.indentBefore ?? indent;
        return;
      case "break": {
        const box = boxes.at(-1);
        const fits = box?.isFlat === true || (box?.isConsistent !== true && size <= space);
        output += fits ? "" : "\n";
        pending = fits ? pending + 1 : indent + piece.offset;
        space = fits ? space - 1 : Math.max(margin - pending, leastSpace);
      }
    }
  });
  return output;
}
