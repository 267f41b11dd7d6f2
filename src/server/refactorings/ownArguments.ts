// Gives a method types that own what they hold in place of references, in the trait and in every impl block.

import type { TextFix } from "../../model/text/textFix.ts";
import { ownedText } from "../../diagnostics/source/types/ownedText.ts";
import { parseType } from "../../rust/syntax/typeSyntax.ts";
import { closing, type MethodEverywhere, type MethodSite } from "./methodSites.ts";
import { fixOf, type OffsetChange } from "./textEdits.ts";
import { placesText } from "./toggleAsync.ts";

/** Undefined where no argument borrows. */
export function ownArguments({ trait, impls }: MethodEverywhere): TextFix | undefined {
  const changes = [trait, ...impls.map(({ site }) => site)].flatMap(ownedTypes);
  return changes.length === 0
    ? undefined
    : fixOf(`Own the arguments of \`${trait.method.name}\` ${placesText(impls.length)}`, changes);
}

function ownedTypes({ file, text, tokens, name }: MethodSite): readonly OffsetChange[] {
  const open = tokens.findIndex((token, index) => index > name && token.text === "(");
  const inside = tokens.slice(open + 1, closing(tokens, open));
  const changes: OffsetChange[] = [];
  let depth = 0;
  let colon = -1;
  const finish = (end: number): void => {
    const first = inside[colon + 1];
    const last = inside[end - 1];
    if (
      colon >= 0 &&
      first !== undefined &&
      last !== undefined &&
      inside[colon - 1]?.text !== "self"
    ) {
      const written = text.slice(first.start, last.end);
      const newText = ownedText(parseType({ text: written, start: 0, end: written.length }));
      if (newText !== undefined) {
        changes.push({ file, text, start: first.start, end: last.end, newText });
      }
    }
    colon = -1;
  };
  for (const [index, token] of inside.entries()) {
    const isArrow = token.text === ">" && inside[index - 1]?.text === "-";
    depth += token.kind === "open" || token.text === "<" ? 1 : 0;
    depth -= token.kind === "close" || (token.text === ">" && !isArrow) ? 1 : 0;
    if (depth === 0 && token.text === ":" && colon < 0) {
      colon = index;
    } else if (depth === 0 && token.text === ",") {
      finish(index);
    }
  }
  finish(inside.length);
  return changes;
}
