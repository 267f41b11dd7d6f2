// Which generic parameters of an item are types of its fields. The others, such as those of `PhantomData` and of
// `<T as Trait>::Out`, need no bytes of their own.

import { tokenizeRust } from "../../abi/rustTokens.ts";
import type { BodySource, Item, TypeSource } from "../syntax/items.ts";

const known = new WeakMap<Item, ReadonlySet<string>>();

/** Names that stand for types in the item's declaration; of traits and bounds nothing is looked at. */
export function usedParameters(item: Item): ReadonlySet<string> {
  let used = known.get(item);
  if (used === undefined) {
    used = new Set(typesOf(item).flatMap(namesIn));
    known.set(item, used);
  }
  return used;
}

function typesOf(item: Item): readonly TypeSource[] {
  if (item.kind === "struct") {
    return typesIn(item.body);
  }
  if (item.kind === "enum") {
    return item.variants.flatMap(({ body }) => typesIn(body));
  }
  return item.kind === "alias" && item.type !== null ? [item.type] : [];
}

function typesIn(body: BodySource): readonly TypeSource[] {
  return body.kind === "unit" ? [] : body.fields.map(({ type }) => type);
}

function namesIn({ text }: TypeSource): readonly string[] {
  if (/^(?:\w+\s*::\s*)*PhantomData\b/u.test(text)) {
    return [];
  }
  const tokens = tokenizeRust(text);
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1]?.text;
    const isOwnerOnly = next === "as" || (next === ":" && tokens[index + 2]?.text === ":");
    return token.kind === "identifier" && !isOwnerOnly ? [token.text] : [];
  });
}
