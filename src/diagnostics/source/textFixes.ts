// Makes fixes out of fragments of source. What a macro wrote has no text of its own to change: there is no fix then.

import type { TextFix } from "../../model/text/textFix.ts";
import { isWritten, spanOf, type Placed } from "../../rust/names/modules/modules.ts";
import type { Fragment } from "../../rust/syntax/items/items.ts";

/** Text to put in place of a fragment; an empty fragment inserts. */
export interface Replacement {
  readonly fragment: Fragment;
  readonly newText: string;
}

/** One fix as a list, to hand to a report; empty where the text is a macro's. */
export function textFix(
  placed: Placed<unknown>,
  title: string,
  ...replacements: readonly Replacement[]
): readonly TextFix[] {
  return textFixIn(title, ...replacements.map((replacement) => ({ placed, ...replacement })));
}

/** As {@link textFix}, with changes in several items. */
export function textFixIn(
  title: string,
  ...replacements: readonly (Replacement & { readonly placed: Placed<unknown> })[]
): readonly TextFix[] {
  if (!replacements.every(({ placed, fragment }) => canChange(placed, fragment))) {
    return [];
  }
  const changes = replacements.map(({ placed, fragment, newText }) => ({
    span: spanOf(placed, fragment),
    newText,
  }));
  return [{ kind: "changeText", title, changes }];
}

function canChange(placed: Placed<unknown>, fragment: Fragment): boolean {
  return (
    placed.origin === undefined || (fragment.end > fragment.start && isWritten(placed, fragment))
  );
}

/** The source of a fragment. */
export function textOf({ chunk }: Placed<unknown>, { start, end }: Fragment): string {
  return chunk.text.slice(start, end);
}

/** The place right before a fragment. */
export function before({ start }: Fragment): Fragment {
  return { start, end: start };
}

/** The place right behind a fragment. */
export function behind({ end }: Fragment): Fragment {
  return { start: end, end };
}

/** What begins the line that an offset stands on, up to the first character that is no space. */
export function indentAt({ chunk }: Placed<unknown>, offset: number): string {
  const lineStart = chunk.text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/u.exec(chunk.text.slice(lineStart, offset))?.[0] ?? "";
}
