// The tokens of a body, each with the groups and the statement that it stands in. All of it is read in one go, so that a rule
// may ask about every token of a long body.

import { tokenizeRust, type RustToken } from "../../../abi/rustTokens.ts";

/** A pair of brackets with what is in it. */
export interface TokenGroup {
  /** Index of the token that opens it. */
  readonly open: number;
  readonly outer: TokenGroup | undefined;
  /** It lies in a closure for a thread of its own, or for one where blocking is fine. */
  readonly runsElsewhere: boolean;
}

/** What moves its closure to a thread where blocking is fine. */
const blockingPlaces: ReadonlySet<string> = new Set(["spawn_blocking", "block_in_place"]);

export class BodyTokens {
  readonly tokens: readonly RustToken[];
  readonly #byStart: ReadonlyMap<number, number>;
  readonly #around: ReturnType<typeof whatStandsBefore>;
  readonly #ends: ReturnType<typeof endsOf>;

  /** Reads the text of a body that begins at the offset `base`; offsets of tokens count from there. */
  constructor(text: string, base: number) {
    this.tokens = tokenizeRust(text).map((token) => ({
      ...token,
      start: token.start + base,
      end: token.end + base,
    }));
    this.#byStart = new Map(this.tokens.map(({ start }, index) => [start, index]));
    this.#around = whatStandsBefore(this.tokens);
    this.#ends = endsOf(this.tokens);
  }

  /** Index of the token that begins at an offset. */
  indexAt(start: number): number | undefined {
    return this.#byStart.get(start);
  }

  /** The innermost group around a token; undefined where there is none. */
  groupAround(index: number): TokenGroup | undefined {
    return this.#around.groups[index];
  }

  /** Index of the token that closes the group which opens at `open`; of the last token where none does. */
  closeOf(open: number): number {
    return this.#ends.groups[open] ?? this.tokens.length - 1;
  }

  /** Index of the token that closes the innermost group around a token; the number of tokens where there is none. */
  endOfGroupAround(index: number): number {
    const group = this.groupAround(index);
    return group === undefined ? this.tokens.length : this.closeOf(group.open);
  }

  /** Index of the token that the statement around a token begins with. */
  statementStart(index: number): number {
    return this.#around.starts[index] ?? 0;
  }

  /** Index of the `;` or the closing token that ends the statement around a token. */
  statementEnd(index: number): number {
    return this.#ends.statements[index] ?? this.tokens.length;
  }

  /** Whether the token stands in a closure for a thread of its own, or for one where blocking is fine. */
  runsElsewhere(index: number): boolean {
    return this.groupAround(index)?.runsElsewhere ?? false;
  }
}

/** For each token the innermost group around it, and the first token of its statement. */
function whatStandsBefore(tokens: readonly RustToken[]): {
  readonly groups: readonly (TokenGroup | undefined)[];
  readonly starts: readonly number[];
} {
  const groups: (TokenGroup | undefined)[] = [];
  const starts: number[] = [];
  const outerStarts: number[] = [];
  let group: TokenGroup | undefined;
  let start = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    groups.push(group);
    starts.push(start);
    if (kind === "open") {
      outerStarts.push(start);
      group = groupAt(tokens, index, group);
      start = index + 1;
    } else if (kind === "close") {
      group = group?.outer;
      const outer = outerStarts.pop() ?? 0;
      start = text === "}" && endsStatement(tokens, index) ? index + 1 : outer;
    } else if (text === ";") {
      start = index + 1;
    }
  }
  return { groups, starts };
}

function groupAt(
  tokens: readonly RustToken[],
  open: number,
  outer: TokenGroup | undefined,
): TokenGroup {
  const name = tokens[open - 1];
  const isCall = tokens[open]?.text === "(" && name?.kind === "identifier";
  const inside = tokens[open + 1]?.text;
  const isClosure = inside === "|" || (inside === "move" && tokens[open + 2]?.text === "|");
  const isElsewhere =
    isCall &&
    (blockingPlaces.has(name.text) || (isClosure && ["spawn", "spawn_scoped"].includes(name.text)));
  return { open, outer, runsElsewhere: isElsewhere || outer?.runsElsewhere === true };
}

/** A `}` that no method call or operator goes on from. */
function endsStatement(tokens: readonly RustToken[], close: number): boolean {
  const next = tokens[close + 1];
  return next === undefined || next.kind === "identifier" || next.kind === "close";
}

/** For each token the end of its statement, and for each that opens a group the token that closes it. */
function endsOf(tokens: readonly RustToken[]): {
  readonly statements: readonly number[];
  readonly groups: readonly number[];
} {
  const statements = new Array<number>(tokens.length);
  const groups: number[] = [];
  const outer: { readonly close: number; readonly end: number }[] = [];
  let end = tokens.length;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { kind, text } = tokens[at] ?? {};
    if (kind === "close") {
      outer.push({ close: at, end });
      end = at;
    } else if (kind === "open") {
      const around = outer.pop() ?? { close: tokens.length - 1, end: tokens.length };
      groups[at] = around.close;
      end = around.end;
    } else if (text === ";") {
      end = at;
    }
    statements[at] = end;
  }
  return { statements, groups };
}
