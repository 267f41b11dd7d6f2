// The attributes that Fidius' macros read on methods and traits: by their bare names only (reference 2.1).

import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute, Fragment, ItemHead } from "../../../rust/syntax/items/items.ts";
import { textOf } from "../textFixes.ts";

export const helperNames: readonly string[] = ["optional", "method_meta", "trait_meta", "wire"];

/** The attributes of an item with the bare name, those under a `cfg_attr` left out. */
export function helpersNamed(
  item: Pick<ItemHead, "attributes">,
  name: string,
): readonly Attribute[] {
  return item.attributes.filter(
    ({ path, conditions }) => conditions.length === 0 && path.join("::") === name,
  );
}

/** The path in an attribute's brackets. */
export function pathFragment(placed: Placed<unknown>, attribute: Attribute): Fragment {
  const source = textOf(placed, attribute);
  const found = /^#\s*\[\s*(?<path>(?:::\s*)?[\w#]+(?:\s*::\s*[\w#]+)*)/u.exec(source);
  const path = found?.groups?.["path"] ?? "";
  const start = attribute.start + (found?.[0].length ?? 0) - path.length;
  return { start, end: start + path.length };
}

/** Whether the attribute has parentheses, be they empty. */
export function hasParentheses(placed: Placed<unknown>, attribute: Attribute): boolean {
  const { end } = pathFragment(placed, attribute);
  return textOf(placed, { start: end, end: attribute.end }).includes("(");
}

/** The parenthesis that closes the arguments. */
export function closingParenthesis(placed: Placed<unknown>, attribute: Attribute): Fragment {
  const at = textOf(placed, attribute).lastIndexOf(")");
  return at === -1 ? attribute : { start: attribute.start + at, end: attribute.start + at + 1 };
}

/** The attribute with the line break and the space behind it, to take it out of the text. */
export function wholeLine({ chunk }: Placed<unknown>, { start, end }: Fragment): Fragment {
  const space = /^[ \t]*(?:\r?\n[ \t]*)?/u.exec(chunk.text.slice(end))?.[0] ?? "";
  return { start, end: end + space.length };
}
