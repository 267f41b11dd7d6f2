// Fixes on the arguments of an attribute.

import type { TextFix } from "../../../model/text/textFix.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Attribute } from "../../../rust/syntax/items/items.ts";
import { argumentList, type Argument } from "./argumentList.ts";
import { textFix, textOf } from "../textFixes.ts";

/** Adds arguments behind those that are there; writes the parentheses where there are none. */
export function addArgument(
  placed: Placed<unknown>,
  attribute: Attribute,
  text: string,
): readonly TextFix[] {
  if (attribute.conditions.length > 0) {
    return [];
  }
  const title = `Add \`${text}\``;
  const last = argumentList(attribute.arguments).arguments.at(-1);
  if (last !== undefined) {
    const place = { start: last.end, end: last.end };
    return textFix(placed, title, { fragment: place, newText: `, ${text}` });
  }
  const source = textOf(placed, attribute);
  const path = /^#\s*\[\s*[\w:\s]*\w/u.exec(source)?.[0];
  return path === undefined
    ? []
    : textFix(placed, title, {
        fragment: { start: attribute.start + path.length, end: attribute.end },
        newText: `(${text})]`,
      });
}

/** Removes an argument with the comma that it needs no longer. */
export function removeArgument(
  placed: Placed<unknown>,
  attribute: Attribute,
  argument: Argument,
): readonly TextFix[] {
  const { arguments: all } = argumentList(attribute.arguments);
  const index = all.findIndex(({ start }) => start === argument.start);
  const previous = all[index - 1];
  const next = all[index + 1];
  const fragment =
    previous !== undefined
      ? { start: previous.end, end: argument.end }
      : { start: argument.start, end: next?.start ?? argument.end };
  return textFix(placed, `Remove \`${textOf(placed, argument)}\``, { fragment, newText: "" });
}
