// Walks over tokens group by group: the base of every reader of items, attributes, types and `use` trees.

import { matchGroups, tokenizeRust, type RustToken } from "../../../abi/rustTokens.ts";
import type { Fragment, TypeSource } from "./items.ts";

/** Groups inside of one another; what lies deeper is not read. No person writes it, and readers call themselves. */
const deepestGroups = 200;

/** A text's tokens with their groups matched. */
export interface TokenText {
  readonly text: string;
  readonly tokens: readonly RustToken[];
  readonly partners: readonly number[];
  /** What readers of items could not make sense of. */
  readonly unread?: Fragment[];
  /** Where something lies too deep to be read, once a reader came there. */
  tooDeepAt?: number | null;
}

/** Tokenizes `text`. */
export function tokenText(
  text: string,
  tokens: readonly RustToken[] = tokenizeRust(text),
): TokenText {
  return { text, tokens, partners: matchGroups(tokens), unread: [] };
}

/** A place in a range of tokens. Nothing here throws on bad source: reading past the end gives undefined. */
export class TokenCursor {
  readonly source: TokenText;
  readonly end: number;
  at: number;
  readonly #depth: number;

  constructor(source: TokenText, from = 0, end = source.tokens.length, depth = 0) {
    this.source = source;
    this.at = from;
    this.end = end;
    this.#depth = depth;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** The token `ahead` of the current one, within the range. */
  peek(ahead = 0): RustToken | undefined {
    const index = this.at + ahead;
    return index < this.end ? this.source.tokens[index] : undefined;
  }

  isText(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.text === text && token.kind !== "literal" && token.kind !== "doc";
  }

  /** Steps over the current token when it is `text`. */
  take(text: string): RustToken | undefined {
    if (!this.isText(text)) {
      return undefined;
    }
    const token = this.peek();
    this.at += 1;
    return token;
  }

  takeIdentifier(): RustToken | undefined {
    const token = this.peek();
    if (token?.kind !== "identifier") {
      return undefined;
    }
    this.at += 1;
    return token;
  }

  /** Two characters that stand together, such as `::` and `->`. */
  isPair(pair: string, ahead = 0): boolean {
    const first = this.peek(ahead);
    const second = this.peek(ahead + 1);
    return (
      first?.kind === "punctuation" &&
      second?.kind === "punctuation" &&
      first.text + second.text === pair &&
      first.end === second.start
    );
  }

  takePair(pair: string): boolean {
    if (!this.isPair(pair)) {
      return false;
    }
    this.at += 2;
    return true;
  }

  /** Steps over one token, or over a whole group. */
  skip(): void {
    this.at = this.#after(this.at);
  }

  /** When a group opens here: a cursor over its content, and steps over it. */
  enter(open: string): TokenCursor | undefined {
    if (this.peek()?.kind !== "open" || !this.isText(open)) {
      return undefined;
    }
    const inner = this.#inside(this.at + 1, Math.min(this.#close(), this.end));
    this.skip();
    return inner;
  }

  /** Steps over `<…>`, giving a cursor over what is inside. */
  enterAngles(): TokenCursor | undefined {
    if (!this.isText("<")) {
      return undefined;
    }
    const from = this.at + 1;
    this.at = from;
    this.skipUntil(() => this.isText(">"));
    const inner = this.#inside(from, this.at);
    this.at = Math.min(this.at + 1, this.end);
    return inner;
  }

  /** Goes on to the first token outside of groups and of `<…>` for which `isStop` holds. */
  skipUntil(isStop: () => boolean): void {
    let depth = 0;
    while (!this.isAtEnd) {
      if (depth === 0 && isStop()) {
        return;
      }
      if (this.isPair("->") || this.isPair("=>") || this.isPair("::")) {
        this.at += 2;
        continue;
      }
      if (this.isText("<")) {
        depth += 1;
      } else if (this.isText(">")) {
        depth -= 1;
        if (depth < 0) {
          return;
        }
      }
      this.skip();
    }
  }

  /** The source between token `from` and the current place. */
  sourceFrom(from: number): TypeSource {
    const span = this.spanFrom(from);
    return { ...span, text: this.source.text.slice(span.start, span.end) };
  }

  spanFrom(from: number): Fragment {
    const first = this.source.tokens[from];
    const last = this.source.tokens[this.at - 1];
    if (first === undefined || last === undefined || this.at <= from) {
      const place = first?.start ?? this.source.text.length;
      return { start: place, end: place };
    }
    return { start: first.start, end: last.end };
  }

  /** Remembers the current token, or the end of the text, as one that cannot be read. */
  noteUnread(): void {
    const { tokens, text, unread } = this.source;
    const token = this.peek() ?? tokens[this.end];
    unread?.push({ start: token?.start ?? text.length, end: token?.end ?? text.length });
  }

  /** Tokens from the current place to the end of the range. */
  rest(): readonly RustToken[] {
    return this.source.tokens.slice(this.at, this.end);
  }

  /** What is inside of a group; nothing where that lies too deep. */
  #inside(from: number, to: number): TokenCursor {
    if (this.#depth < deepestGroups) {
      return new TokenCursor(this.source, from, to, this.#depth + 1);
    }
    this.source.tooDeepAt ??= this.source.tokens[from]?.start ?? this.source.text.length;
    return new TokenCursor(this.source, to, to, this.#depth + 1);
  }

  #close(): number {
    return this.source.partners[this.at] ?? this.end;
  }

  #after(index: number): number {
    const partner = this.source.partners[index] ?? -1;
    return Math.min(partner >= 0 ? partner + 1 : index + 1, this.end);
  }
}

/** A name without the `r#` of raw identifiers. */
export function plainName(identifier: string): string {
  return identifier.startsWith("r#") ? identifier.slice(2) : identifier;
}
