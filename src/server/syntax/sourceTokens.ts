// The tokens of a source around a place in it, for answers that must hold while somebody types and the file does not parse.

import { openComment, tokenizeRust, type RustToken } from "../../abi/rustTokens.ts";

/** Longer texts are nobody's handwriting, and would take longer than an editor waits. */
const longestText = 1_000_000;

/** A place between the tokens of a text. */
export interface TokenPlace {
  readonly tokens: readonly RustToken[];
  /** The tokens that end before the place, or at it. */
  readonly before: readonly RustToken[];
  readonly offset: number;
}

/** Undefined in comments and in texts that are too long. */
export function placeInTokens(text: string, offset: number): TokenPlace | undefined {
  if (text.length > longestText) {
    return undefined;
  }
  const tokens = tokenizeRust(text);
  const before = tokens.filter(({ end }) => end <= offset);
  const last = before.at(-1);
  const gap = text.slice(last?.end ?? 0, offset);
  const isInLineComment = /\/\/[^\n]*$/u.test(gap);
  const isInDoc = tokens.some(
    ({ kind, start, end }) => kind === "doc" && start < offset && offset <= end,
  );
  const isInBlockComment = openComment(text.slice(0, offset), last?.end ?? 0) !== undefined;
  return isInLineComment || isInDoc || isInBlockComment ? undefined : { tokens, before, offset };
}

/** The identifier or literal at an offset, or right before it. */
export function tokenAt(
  { tokens }: Pick<TokenPlace, "tokens">,
  offset: number,
): RustToken | undefined {
  const touching = tokens.filter(({ start, end }) => start <= offset && offset <= end);
  return touching.find(({ kind }) => kind === "identifier") ?? touching[0];
}

/** A block that is open at a place, from the outermost to the innermost. */
export interface OpenGroup {
  readonly open: RustToken;
  /** Index of `open` among the tokens before the place. */
  readonly index: number;
  /** What stands before it since the last item or statement ended: `pub trait Greeter`, with attributes. */
  readonly head: readonly RustToken[];
}

/** The groups around a place. */
export function groupsAround({ before }: TokenPlace): readonly OpenGroup[] {
  const open: OpenGroup[] = [];
  const starts: number[] = [0];
  for (const [index, token] of before.entries()) {
    if (token.kind === "open") {
      open.push({ open: token, index, head: before.slice(starts.at(-1) ?? 0, index) });
      starts.push(index + 1);
    } else if (token.kind === "close") {
      open.pop();
      starts.pop();
      if (starts.length === 0) {
        starts.push(index + 1);
      }
      if (token.text === "}") {
        starts[starts.length - 1] = index + 1;
      }
    } else if (token.text === ";" && token.kind === "punctuation") {
      starts[starts.length - 1] = index + 1;
    }
  }
  return open;
}

/** The tokens since the last item ended, in the innermost group around a place: its attributes and the beginning of an item. */
export function itemBegun(place: TokenPlace): readonly RustToken[] {
  const inner = groupsAround(place).at(-1);
  const from = inner === undefined ? 0 : inner.index + 1;
  let start = from;
  let depth = 0;
  for (let index = from; index < place.before.length; index += 1) {
    const token = place.before[index];
    if (token?.kind === "open") {
      depth += 1;
    } else if (token?.kind === "close") {
      depth -= 1;
      if (depth === 0 && token.text === "}") {
        start = index + 1;
      }
    } else if (depth === 0 && token?.text === ";") {
      start = index + 1;
    }
  }
  return place.before.slice(start);
}

/** Names of the modules that are written around a place between braces. */
export function modulesAround(groups: readonly OpenGroup[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const { open, head } of groups) {
    const name = head.at(-1);
    if (open.text !== "{" || head.at(-2)?.text !== "mod" || name?.kind !== "identifier") {
      return undefined;
    }
    names.push(name.text);
  }
  return names;
}
