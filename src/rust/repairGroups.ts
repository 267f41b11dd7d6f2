// Mends brackets in text that does not parse, so that one unfinished body does not swallow the items after it. It trusts
// indentation, and only there: an item that begins a line ends every group opened on a line indented as deep or deeper.

import type { RustToken } from "../abi/rustTokens.ts";

const itemStarts: ReadonlySet<string> = new Set(
  "async const enum extern fn impl mod pub static struct trait type unsafe use #".split(" "),
);

interface OpenGroup {
  readonly token: RustToken;
  readonly indent: number;
}

/** `tokens` with the closing brackets added that indentation tells were forgotten. */
export function repairGroups(text: string, tokens: readonly RustToken[]): RustToken[] {
  const result: RustToken[] = [];
  const open: OpenGroup[] = [];
  const closeOne = (place: number): void => {
    const group = open.pop();
    if (group !== undefined) {
      result.push({ kind: "close", text: closing(group.token.text), start: place, end: place });
    }
  };
  let previousEnd = 0;
  for (const token of tokens) {
    const indent = lineIndent(text, token.start);
    const isFirst = indent.isFirst;
    const isItem = isFirst && (token.kind === "doc" || itemStarts.has(token.text));
    const isEnding = isFirst && token.text === "}" && token.kind === "close";
    while (open.length > 0 && endsGroup(open.at(-1), indent.width, isItem, isEnding)) {
      closeOne(previousEnd);
    }
    if (token.kind === "open") {
      open.push({ token, indent: indent.width });
    } else if (token.kind === "close") {
      const fitting = open.findLastIndex((group) => closing(group.token.text) === token.text);
      if (fitting < 0) {
        continue;
      }
      while (open.length > fitting + 1) {
        closeOne(previousEnd);
      }
      open.pop();
    }
    result.push(token);
    previousEnd = token.end;
  }
  while (open.length > 0) {
    closeOne(text.length);
  }
  return result;
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

/** Indentation of the line at `place`, and whether only that stands before it. */
function lineIndent(text: string, place: number): { width: number; isFirst: boolean } {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  let at = start;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) {
    at += 1;
  }
  return { width: at - start, isFirst: at === place };
}
