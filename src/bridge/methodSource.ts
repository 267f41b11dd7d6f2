// The types of a method as its source spells them: what the bridge's generated code repeats, so that rustc and nobody else
// says what they are.

import { tokenizeRust, type RustToken } from "../abi/rustTokens.ts";

/** A method's types as source text; for streams those of the items. */
export interface MethodSource {
  /** In the order of the wire: a `Stream<T>` argument is left out. */
  readonly arguments: readonly string[];
  /** `T` of a `Stream<T>` argument. */
  readonly streamItem?: string;
  /** Null without `->`. */
  readonly returns: string | null;
  /** The return is a `Stream<T>`, and `returns` is `T`. */
  readonly returnsStream: boolean;
  /** `<'a, …>` after the name. */
  readonly generics: string;
}

/** Reads the head of a `fn` item; null when it has none that can be read. */
export function readMethodSource(text: string): MethodSource | null {
  const tokens = tokenizeRust(text).filter(({ kind }) => kind !== "doc");
  const start = findFunction(tokens);
  if (start < 0) {
    return null;
  }
  let at = start + 2;
  const genericsFrom = at;
  if (tokens[at]?.text === "<") {
    at = closingAngle(tokens, at) + 1;
  }
  const generics = textOf(text, tokens.slice(genericsFrom, at));
  if (tokens[at]?.text !== "(") {
    return null;
  }
  const close = closing(tokens, at);
  const parameters = split(tokens.slice(at + 1, close), ",").filter((part) => part.length > 0);
  const types = parameters.slice(1).map((part) => typeOfParameter(part));
  const items = types.map((type) => streamItem(type));
  const streamAt = items.findIndex((item) => item !== null);
  const stream = items[streamAt] ?? null;
  const returned = returnTokens(tokens.slice(close + 1));
  const returnedItem = returned === null ? null : streamItem(returned);
  return {
    arguments: types.filter((_, index) => index !== streamAt).map((type) => textOf(text, type)),
    ...(stream === null ? {} : { streamItem: textOf(text, stream) }),
    returns: returned === null ? null : textOf(text, returnedItem ?? returned),
    returnsStream: returnedItem !== null,
    generics,
  };
}

function findFunction(tokens: readonly RustToken[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
    if (depth === 0 && token.kind === "identifier" && token.text === "fn") {
      return index;
    }
  }
  return -1;
}

function closing(tokens: readonly RustToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const kind = tokens[index]?.kind;
    depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  return tokens.length;
}

function closingAngle(tokens: readonly RustToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    depth += angleStep(tokens, index);
    if (depth === 0) {
      return index;
    }
  }
  return tokens.length;
}

/** +1 at `<`, -1 at `>` that is not the head of an arrow. */
function angleStep(tokens: readonly RustToken[], index: number): number {
  const text = tokens[index]?.text;
  if (text === "<") {
    return 1;
  }
  return text === ">" && !isArrow(tokens, index - 1) ? -1 : 0;
}

function isArrow(tokens: readonly RustToken[], index: number): boolean {
  const [dash, head] = [tokens[index], tokens[index + 1]];
  return dash?.text === "-" && head?.text === ">" && dash.end === head.start;
}

/** Parts between `separator`s that stand in no brackets of any kind. */
function split(tokens: readonly RustToken[], separator: string): RustToken[][] {
  const parts: RustToken[][] = [[]];
  let depth = 0;
  tokens.forEach((token, index) => {
    depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : angleStep(tokens, index);
    if (depth === 0 && token.text === separator) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(token);
    }
  });
  return parts;
}

/** What follows the pattern's `:`, which is no part of a `::`. */
function typeOfParameter(tokens: readonly RustToken[]): readonly RustToken[] {
  const colon = tokens.findIndex(
    (token, index) =>
      token.text === ":" &&
      !isJoined(tokens[index - 1], token, ":") &&
      !isJoined(token, tokens[index + 1], ":"),
  );
  return tokens.slice(colon + 1);
}

function isJoined(
  left: RustToken | undefined,
  right: RustToken | undefined,
  text: string,
): boolean {
  return (
    left !== undefined &&
    right !== undefined &&
    left.text === text &&
    right.text === text &&
    left.end === right.start
  );
}

function returnTokens(tokens: readonly RustToken[]): readonly RustToken[] | null {
  if (!isArrow(tokens, 0)) {
    return null;
  }
  const rest = tokens.slice(2);
  let depth = 0;
  const end = rest.findIndex((token, index) => {
    const isEnd = depth === 0 && ["where", "{", ";"].includes(token.text);
    depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : angleStep(rest, index);
    return isEnd;
  });
  return end < 0 ? rest : rest.slice(0, end);
}

/** `T` of a path that ends in `Stream<T>` with exactly one type argument (reference 2.1). */
function streamItem(type: readonly RustToken[]): readonly RustToken[] | null {
  const open = type.findIndex((token) => token.text === "<");
  if (open < 1 || type[open - 1]?.text !== "Stream" || closingAngle(type, open) < type.length - 1) {
    return null;
  }
  const parts = split(type.slice(open + 1, -1), ",").filter((part) => part.length > 0);
  const [only, ...others] = parts;
  return only === undefined || others.length > 0 || only[0]?.kind === "lifetime" ? null : only;
}

function textOf(text: string, tokens: readonly RustToken[]): string {
  // Comments inside a type would swallow the generated line.
  return tokens
    .map((token, index) => {
      const previous = tokens[index - 1];
      const isApart = previous !== undefined && previous.end < token.start;
      return `${isApart ? " " : ""}${text.slice(token.start, token.end)}`;
    })
    .join("");
}
