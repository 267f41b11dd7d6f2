// The bounds of a trait: what stands behind the colon of its header.

import { tokenizeRust } from "../../../abi/rustTokens.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Fragment, TraitItem } from "../../../rust/syntax/items/items.ts";

export interface Bounds {
  /** The colon; null without one. */
  readonly colon: Fragment | null;
  readonly isEmpty: boolean;
  readonly hasWhere: boolean;
  /** Bounds of one name, such as `Send`; a path like `std::marker::Send` is none for the macros. */
  readonly names: readonly string[];
}

export function boundsOf({ chunk }: Placed<unknown>, { nameSpan, end }: TraitItem): Bounds {
  const tokens = tokenizeRust(chunk.text.slice(nameSpan.end, end));
  const close = tokens.findIndex(({ text }) => text === "{" || text === "where");
  const hasWhere = tokens[close]?.text === "where";
  const head = tokens.slice(0, close < 0 ? tokens.length : close);
  const at = head.findIndex(
    ({ text }, index) =>
      text === ":" && head[index + 1]?.text !== ":" && head[index - 1]?.text !== ":",
  );
  const colon = at < 0 ? undefined : head[at];
  if (colon === undefined) {
    return { colon: null, isEmpty: true, hasWhere, names: [] };
  }
  const bounds = head.slice(at + 1).map(({ text }) => text);
  const names = bounds.filter(
    (_, index) =>
      [undefined, "+"].includes(bounds[index - 1]) && [undefined, "+"].includes(bounds[index + 1]),
  );
  const place = { start: nameSpan.end + colon.start, end: nameSpan.end + colon.end };
  return { colon: place, isEmpty: bounds.length === 0, hasWhere, names };
}
