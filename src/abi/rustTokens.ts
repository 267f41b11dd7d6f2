// Splits Rust text into tokens, comments and spacing gone, doc comments kept. Both the type printer of the interface
// hash and the source reader work on these. It never fails: unknown characters are punctuation.

export type RustTokenKind =
  "identifier" | "lifetime" | "literal" | "punctuation" | "open" | "close" | "doc";

/**
 * One token; `start` and `end` are UTF-16 offsets into the text. Punctuation is one character each, and the text of names is in
 * the composed form (NFC) that rustc gives them, so that two spellings of one name are one.
 */
export interface RustToken {
  readonly kind: RustTokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const identifierStart = /[\p{XID_Start}_]/u;
const identifierRest = /[\p{XID_Continue}\u200c\u200d]*/uy;
const numberPattern =
  /0x[\da-fA-F_]+\w*|0o[0-7_]+\w*|0b[01_]+\w*|\d[\d_]*(?:\.(?![.\p{XID_Start}_])[\d_]*)?(?:[eE][+-]?[\d_]+)?\w*/uy;
const charPattern = /'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'])'/suy;
const rawStringPattern = /(?:br|cr|r)(#*)"/uy;

/** Tokens of `text` in order, at most so many from an offset on. */
export function tokenizeRust(text: string, most = Infinity, from = 0): RustToken[] {
  const tokens: RustToken[] = [];
  let at = from;
  const push = (kind: RustTokenKind, end: number): void => {
    const written = text.slice(at, end);
    const isName = kind === "identifier" || kind === "lifetime";
    tokens.push({ kind, text: isName ? composed(written) : written, start: at, end });
    at = end;
  };
  while (at < text.length && tokens.length < most) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13) || isOtherSpace(code)) {
      at += 1;
    } else if (code === 47 && text.charCodeAt(at + 1) === 47) {
      const end = lineEnd(text, at);
      if (isOuterLineDoc(text, at)) {
        push("doc", end);
      }
      at = end;
    } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const end = blockCommentEnd(text, at);
      if (isOuterBlockDoc(text, at)) {
        push("doc", end);
      }
      at = end;
    } else {
      const { kind, end } = tokenAt(text, at, code);
      push(kind, end);
    }
  }
  return tokens;
}

function composed(name: string): string {
  // Nearly every name is ASCII, which has one form only.
  return /^[\0-\x7f]*$/u.test(name) ? name : name.normalize("NFC");
}

interface TokenEnd {
  readonly kind: RustTokenKind;
  readonly end: number;
}

function tokenAt(text: string, at: number, code: number): TokenEnd {
  if (code === 34) {
    return { kind: "literal", end: stringEnd(text, at + 1) };
  }
  if (code === 39) {
    return quoteToken(text, at);
  }
  if (code >= 48 && code <= 57) {
    return { kind: "literal", end: matchEnd(numberPattern, text, at) ?? at + 1 };
  }
  if (isWordStart(text, at, code)) {
    return wordToken(text, at, code);
  }
  if (code === 40 || code === 91 || code === 123) {
    return { kind: "open", end: at + 1 };
  }
  if (code === 41 || code === 93 || code === 125) {
    return { kind: "close", end: at + 1 };
  }
  return { kind: "punctuation", end: at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) };
}

/** An identifier, or a literal with a letter prefix (`r"…"`, `b'x'`, `c"…"`). */
function wordToken(text: string, at: number, code: number): TokenEnd {
  // b = 98, c = 99, r = 114: the only letters that can begin a literal.
  if (code === 98 || code === 99 || code === 114) {
    const prefixed = prefixedLiteral(text, at, code);
    if (prefixed !== undefined) {
      return { kind: "literal", end: prefixed };
    }
    if (code === 114 && text.charCodeAt(at + 1) === 35) {
      const second = text.charCodeAt(at + 2);
      if (isWordStart(text, at + 2, second)) {
        return { kind: "identifier", end: identifierEnd(text, at + 2) };
      }
    }
  }
  return { kind: "identifier", end: identifierEnd(text, at) };
}

function prefixedLiteral(text: string, at: number, code: number): number | undefined {
  rawStringPattern.lastIndex = at;
  const raw = rawStringPattern.exec(text);
  if (raw !== null) {
    const close = text.indexOf(`"${raw[1] ?? ""}`, at + raw[0].length);
    return close < 0 ? text.length : close + 1 + (raw[1]?.length ?? 0);
  }
  const next = text.charCodeAt(at + 1);
  if (next === 34 && code !== 114) {
    return stringEnd(text, at + 2);
  }
  return next === 39 && code === 98 ? matchEnd(charPattern, text, at + 1) : undefined;
}

/** `'a'` is a literal, `'a` a lifetime. */
function quoteToken(text: string, at: number): TokenEnd {
  const char = matchEnd(charPattern, text, at);
  if (char !== undefined) {
    return { kind: "literal", end: char };
  }
  if (isWordStart(text, at + 1, text.charCodeAt(at + 1))) {
    return { kind: "lifetime", end: identifierEnd(text, at + 1) };
  }
  return { kind: "punctuation", end: at + 1 };
}

function isWordStart(text: string, at: number, code: number): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) {
    return true;
  }
  return code > 127 && identifierStart.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function identifierEnd(text: string, at: number): number {
  return matchEnd(identifierRest, text, at) ?? at + 1;
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function isOtherSpace(code: number): boolean {
  return code === 0x85 || code === 0x200e || code === 0x200f || code === 0x2028 || code === 0x2029;
}

function stringEnd(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) {
      i += 1;
    } else if (code === 34) {
      return i + 1;
    }
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function blockCommentEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (code === 47 && next === 42) {
      depth += 1;
      i += 1;
    } else if (code === 42 && next === 47) {
      depth -= 1;
      i += 1;
      if (depth === 0) {
        return i + 1;
      }
    }
  }
  return text.length;
}

/** Where a block comment begins that never ends, when only spacing and comments stand from `from` on. */
export function openComment(text: string, from: number): number | undefined {
  for (let at = from; at < text.length;) {
    const next = text.charCodeAt(at) === 47 ? text.charCodeAt(at + 1) : 0;
    if (next === 42) {
      const end = blockCommentEnd(text, at);
      if (end === text.length && !text.endsWith("*/")) {
        return at;
      }
      at = end;
    } else {
      at = next === 47 ? lineEnd(text, at) : at + 1;
    }
  }
  return undefined;
}

function isOuterLineDoc(text: string, at: number): boolean {
  return text.charCodeAt(at + 2) === 47 && text.charCodeAt(at + 3) !== 47;
}

function isOuterBlockDoc(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 3);
  return text.charCodeAt(at + 2) === 42 && next !== 42 && next !== 47;
}

/**
 * For every opening token the index of its closing token, `tokens.length` where it is missing; -1 for other tokens.
 * A closing token of the wrong kind ends the innermost group that it fits and all groups inside.
 */
export function matchGroups(tokens: readonly RustToken[]): number[] {
  const partners = new Array<number>(tokens.length).fill(-1);
  const open: number[] = [];
  /** How many groups of each kind are open: a closing token that fits none is not looked for among thousands. */
  const counts: Record<string, number> = {};
  tokens.forEach((token, index) => {
    if (token.kind === "open") {
      open.push(index);
      counts[token.text] = (counts[token.text] ?? 0) + 1;
      partners[index] = tokens.length;
    } else if (token.kind === "close" && (counts[openingOf(token.text)] ?? 0) > 0) {
      const wanted = openingOf(token.text);
      for (let text = ""; text !== wanted;) {
        const at = open.pop() ?? 0;
        text = tokens[at]?.text ?? wanted;
        counts[text] = (counts[text] ?? 0) - 1;
        partners[at] = index;
      }
    }
  });
  return partners;
}

function openingOf(close: string): string {
  return close === ")" ? "(" : close === "]" ? "[" : "{";
}

/** Whether groups and angle brackets lie in one another more than `most` times: told before any reader calls itself. */
export function nestsDeeper(tokens: readonly RustToken[], most: number): boolean {
  let depth = 0;
  return tokens.some(({ kind, text }) => {
    const isOpening = kind === "open" || text === "<";
    const isClosing = kind === "close" || text === ">";
    depth += isOpening ? 1 : isClosing ? -1 : 0;
    return depth > most;
  });
}
