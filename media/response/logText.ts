// Text that a plugin or cargo printed → pieces to draw: ANSI colours as classes, `file:line:column` as links.

import type { SourceLocation } from "../../src/protocol/panel.ts";

export interface LogPiece {
  readonly text: string;
  /** CSS classes of the colours that are on. */
  readonly tone: string;
  readonly location?: SourceLocation;
}

const place = /((?:[A-Za-z]:)?[^\s:()<>"'`|]*\.rs):(\d+)(?::(\d+))?/g;
// eslint-disable-next-line no-control-regex -- escape sequences begin with ESC
const escapes = /\u001b\[([0-9;]*)m|\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007/g;

const colourNames = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The pieces of a text, in order. */
export function logPieces(text: string): LogPiece[] {
  const pieces: LogPiece[] = [];
  let tones: readonly string[] = [];
  let from = 0;
  const push = (part: string) => {
    if (part !== "") {
      pieces.push(...linkPieces(part, tones.join(" ")));
    }
  };
  for (const match of text.matchAll(escapes)) {
    push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[1] !== undefined) {
      tones = applyCodes(tones, match[1]);
    }
  }
  push(text.slice(from));
  return pieces;
}

function applyCodes(tones: readonly string[], codes: string): readonly string[] {
  let next = [...tones];
  const drop = (kind: RegExp) => {
    next = next.filter((tone) => !kind.test(tone));
  };
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) {
      next = [];
    } else if (code === 1) {
      next.push("ansi-bold");
    } else if (code === 2) {
      next.push("ansi-dim");
    } else if (code === 22) {
      drop(/bold|dim/);
    } else if (code === 39) {
      drop(/colour/);
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      drop(/colour/);
      const name = colourNames[code % 10] ?? "white";
      next.push(`ansi-colour-${code >= 90 ? "bright-" : ""}${name}`);
    }
  }
  return next;
}

function linkPieces(text: string, tone: string): LogPiece[] {
  const pieces: LogPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(place)) {
    const [whole, file = "", line = "1", column = "1"] = match;
    if (match.index > from) {
      pieces.push({ text: text.slice(from, match.index), tone });
    }
    const location = { file, line: Number(line), column: Number(column) };
    pieces.push({ text: whole, tone, location });
    from = match.index + whole.length;
  }
  if (from < text.length) {
    pieces.push({ text: text.slice(from), tone });
  }
  return pieces;
}
