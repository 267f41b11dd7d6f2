// Mends brackets in text that does not parse, so that one unfinished body does not swallow the items after it. It trusts
// indentation, and only there: an item that begins a line ends every group opened on a line indented as deep or deeper.

import { openComment, type RustToken } from "../../abi/rustTokens.ts";
import type { Fragment } from "./items/items.ts";

const itemStarts: ReadonlySet<string> = new Set(
  "async const enum extern fn impl mod pub static struct trait type unsafe use #".split(" "),
);

interface OpenGroup {
  readonly token: RustToken;
  readonly indent: number;
}

/** `tokens` with the closing brackets added that indentation tells were forgotten, and without those too many. */
export function repairGroups(text: string, tokens: readonly RustToken[]): RustToken[] {
  const repair = new Repair(text);
  tokens.forEach((token, index) => {
    repair.add(token, tokens[index + 1]);
  });
  return repair.finish();
}

class Repair {
  readonly #text: string;
  readonly #lines: LineStarts;
  readonly #result: RustToken[] = [];
  readonly #open: OpenGroup[] = [];
  #previousEnd = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineStarts(text);
  }

  add(token: RustToken, next: RustToken | undefined): void {
    const { width, isFirst } = this.#lines.indentAt(token.start);
    const isItem = isFirst && (token.kind === "doc" || itemStarts.has(token.text));
    const isEnding = isFirst && isBrace(token);
    while (endsGroup(this.#open.at(-1), width, isItem, isEnding)) {
      this.#closeOne(this.#previousEnd);
    }
    if (token.kind === "open") {
      this.#open.push({ token, indent: width });
    } else if (token.kind === "close") {
      if ((isEnding && this.#isStray(width, next)) || !this.#closeUpTo(token)) {
        return;
      }
    }
    this.#result.push(token);
    this.#previousEnd = token.end;
  }

  finish(): RustToken[] {
    while (this.#open.length > 0) {
      this.#closeOne(this.#text.length);
    }
    return this.#result;
  }

  /** A `}` indented deeper than the line of its `{`, right before one that fits that line. */
  #isStray(width: number, next: RustToken | undefined): boolean {
    const group = this.#open.at(-1);
    if (group === undefined || next === undefined || !isBrace(next) || width <= group.indent) {
      return false;
    }
    const indent = this.#lines.indentAt(next.start);
    return indent.isFirst && indent.width === group.indent;
  }

  /** Closes the innermost group that `token` fits, and those inside it; false when there is none. */
  #closeUpTo(token: RustToken): boolean {
    const fitting = this.#open.findLastIndex((group) => closing(group.token.text) === token.text);
    while (fitting >= 0 && this.#open.length > fitting + 1) {
      this.#closeOne(this.#previousEnd);
    }
    return fitting >= 0 && this.#open.pop() !== undefined;
  }

  #closeOne(place: number): void {
    const group = this.#open.pop();
    if (group !== undefined) {
      const text = closing(group.token.text);
      this.#result.push({ kind: "close", text, start: place, end: place });
    }
  }
}

function isBrace(token: RustToken): boolean {
  return token.kind === "close" && token.text === "}";
}

function endsGroup(
  group: OpenGroup | undefined,
  width: number,
  isItem: boolean,
  isEnding: boolean,
): boolean {
  if (group === undefined) {
    return false;
  }
  return (isItem && group.indent >= width) || (isEnding && group.indent > width);
}

function closing(open: string): string {
  return open === "(" ? ")" : open === "[" ? "]" : "}";
}

/** Where lines begin: found once, since a line may be as long as a file. */
class LineStarts {
  readonly #text: string;
  readonly #starts = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** Indentation of the line at `place`, and whether only that stands before it. */
  indentAt(place: number): { width: number; isFirst: boolean } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const start = this.#starts[low] ?? 0;
    let at = start;
    while (this.#text.charCodeAt(at) === 32 || this.#text.charCodeAt(at) === 9) {
      at += 1;
    }
    return { width: at - start, isFirst: at === place };
  }
}

/** The first bracket without a partner, or the string or comment that never ends; undefined in sound text. */
export function firstMismatch(tokens: readonly RustToken[], text: string): Fragment | undefined {
  const open: RustToken[] = [];
  for (const token of tokens) {
    if (token.kind === "open") {
      open.push(token);
    } else if (token.kind === "close") {
      const group = open.pop();
      if (group === undefined || closing(group.text) !== token.text) {
        return { start: token.start, end: token.end };
      }
    }
  }
  const last = tokens.at(-1);
  if (last?.kind === "literal" && last.end === text.length && !isClosedLiteral(last.text)) {
    return { start: last.start, end: last.start + 1 };
  }
  const [outermost] = open;
  if (outermost !== undefined) {
    return { start: outermost.start, end: outermost.end };
  }
  const comment = openComment(text, last?.end ?? 0);
  return comment === undefined ? undefined : { start: comment, end: text.length };
}

function isClosedLiteral(text: string): boolean {
  const isString = /^[bc]?"/u.test(text);
  const isRaw = /^(?:br|cr|r)#*"/u.test(text);
  return isRaw
    ? /^[bcr]+(#*)"[^]*"\1$/u.test(text)
    : !isString || /^[bc]?"(?:[^"\\]|\\[^])*"$/u.test(text);
}
