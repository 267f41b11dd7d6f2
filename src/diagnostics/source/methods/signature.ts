// The parts of a method's signature that the reader of items does not keep: its receiver and its generic parameters.

import { tokenizeRust, type RustToken } from "../../../abi/rustTokens.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Fragment, FunctionItem, TraitItem } from "../../../rust/syntax/items/items.ts";

/** The receiver's text and place, `&self` or `self: Box<Self>`; null for an associated function. */
export function receiverOf(
  placed: Placed<unknown>,
  method: FunctionItem,
): (Fragment & { readonly text: string }) | null {
  const list = parameterList(placed, method);
  if (list === null || !method.hasReceiver) {
    return null;
  }
  const first = list.tokens[0];
  const comma = topLevelComma(list.tokens);
  const last = comma === -1 ? list.tokens.at(-1) : list.tokens[comma - 1];
  if (first === undefined || last === undefined) {
    return null;
  }
  const fragment = { start: first.start, end: last.end };
  return { ...fragment, text: placed.chunk.text.slice(fragment.start, fragment.end) };
}

/** Between the parentheses of the parameters: their tokens, and the empty place where the first begins. */
export function parameterList(
  placed: Placed<unknown>,
  method: FunctionItem,
): { readonly tokens: readonly RustToken[]; readonly start: Fragment } | null {
  const { tokens, from } = signatureTokens(placed, method);
  const open = tokens.findIndex(({ text }, index) => text === "(" && index >= from);
  if (open === -1) {
    return null;
  }
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    depth += token?.kind === "open" ? 1 : token?.kind === "close" ? -1 : 0;
    if (depth === 0) {
      const end = tokens[open]?.end ?? 0;
      return { tokens: tokens.slice(open + 1, at), start: { start: end, end } };
    }
  }
  return null;
}

/** `<T, const N: usize>` behind the method's name; null without. */
export function genericsOf(
  placed: Placed<unknown>,
  item: FunctionItem | TraitItem,
): Fragment | null {
  const { tokens } = signatureTokens(placed, item);
  if (tokens[0]?.text !== "<") {
    return null;
  }
  const close = closingAngle(tokens);
  return close === undefined ? null : { start: tokens[0].start, end: close.end };
}

/** The keyword `async` of a method; null without. */
export function asyncKeyword(placed: Placed<unknown>, method: FunctionItem): Fragment | null {
  const found = /\basync\s+(?=(?:unsafe\s+|extern\s+(?:"[^"]*"\s*)?)*fn\s*$)/u.exec(
    placed.chunk.text.slice(method.start, method.nameSpan.start),
  );
  return found === null
    ? null
    : { start: method.start + found.index, end: method.start + found.index + found[0].length };
}

interface SignatureTokens {
  readonly tokens: readonly RustToken[];
  /** The first behind generic parameters. */
  readonly from: number;
}

/** An item has one text for as long as it lives, and several rules ask for it. */
const known = new WeakMap<FunctionItem | TraitItem, SignatureTokens>();

/** Tokens behind the item's name. */
function signatureTokens(
  { chunk }: Placed<unknown>,
  method: FunctionItem | TraitItem,
): SignatureTokens {
  const before = known.get(method);
  if (before !== undefined) {
    return before;
  }
  const start = method.nameSpan.end;
  const end = method.kind === "function" ? (method.body?.start ?? method.end) : method.end;
  const text = chunk.text.slice(start, end);
  const tokens = tokenizeRust(text).map((token) => ({
    ...token,
    start: token.start + start,
    end: token.end + start,
  }));
  const close = tokens[0]?.text === "<" ? closingAngle(tokens) : undefined;
  const found = { tokens, from: close === undefined ? 0 : tokens.indexOf(close) + 1 };
  known.set(method, found);
  return found;
}

function closingAngle(tokens: readonly RustToken[]): RustToken | undefined {
  let depth = 0;
  return tokens.find(({ text }, index) => {
    const isArrow = text === ">" && ["-", "="].includes(tokens[index - 1]?.text ?? "");
    depth += text === "<" ? 1 : text === ">" && !isArrow ? -1 : 0;
    return depth === 0;
  });
}

function topLevelComma(tokens: readonly RustToken[]): number {
  let depth = 0;
  return tokens.findIndex(({ text, kind }, index) => {
    const isArrow = text === ">" && tokens[index - 1]?.text === "-";
    depth += kind === "open" || text === "<" ? 1 : 0;
    depth -= kind === "close" || (text === ">" && !isArrow) ? 1 : 0;
    return depth === 0 && text === ",";
  });
}
