// Which names stand where nobody reads declarations: in calls and definitions of macros, and in the bodies of constants and
// functions. An impl block for the type of that name may be there, which no module shows.

import { tokenizeRust } from "../../../abi/rustTokens.ts";
import type { Item } from "../../syntax/items/items.ts";
import type { Crate } from "./modules.ts";

interface Mentions {
  readonly byName: ReadonlyMap<string, string>;
  /** What may hold any name. */
  readonly elsewhere: string | undefined;
}

const mentions = new WeakMap<Crate, Mentions>();

/** What may hold an impl block for `name`, as a phrase: "the macro `made!`"; undefined without such a place. */
export function hiddenMention(name: string, crate: Crate): string | undefined {
  let known = mentions.get(crate);
  if (known === undefined) {
    known = { byName: mentionsIn(crate), elsewhere: unreadPart(crate) };
    mentions.set(crate, known);
  }
  return known.byName.get(name) ?? known.elsewhere;
}

/** What of the crate was not read; undefined where all of it was. */
function unreadPart(crate: Crate): string | undefined {
  const isUnread =
    crate.modules().some(({ hidesNames }) => hidesNames) ||
    crate.unfollowed.some(({ reason }) => reason === "tooLarge") ||
    [...crate.files.values()].some(({ kind }) => kind === "tooLarge" || kind === "unreadable");
  return isUnread ? "a part of the package that is not read" : undefined;
}

function mentionsIn(crate: Crate): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const module of crate.modules()) {
    for (const { item } of module.items) {
      const place = placeOf(item);
      for (const name of place === undefined ? [] : namesIn(item)) {
        found.set(name, found.get(name) ?? place ?? "");
      }
    }
  }
  return found;
}

function placeOf(item: Item): string | undefined {
  if (item.kind === "macroCall" || item.kind === "macroDefinition") {
    // Its flags are read, and it writes nothing of serde that is not derived.
    return item.path.at(-1) === "bitflags" ? undefined : `the macro \`${item.path.join("::")}!\``;
  }
  return item.kind === "const" || item.kind === "function"
    ? `the ${item.kind === "const" ? "constant" : "function"} \`${item.name}\``
    : undefined;
}

/** Every identifier of a macro and of `const _`, which is there for its side effects; of another body the types of its impl blocks. */
function namesIn(item: Item): readonly string[] {
  if (item.kind === "macroCall" || item.kind === "macroDefinition") {
    return item.content.flatMap(({ kind, text }) => (kind === "identifier" ? [text] : []));
  }
  const body = item.kind === "const" ? item.value : item.kind === "function" ? item.body : null;
  if (body === null) {
    return [];
  }
  if (item.name === "_") {
    return tokenizeRust(body.text).flatMap(({ kind, text }) =>
      kind === "identifier" ? [text] : [],
    );
  }
  if (!/\bimpl\b/u.test(body.text)) {
    return [];
  }
  const tokens = tokenizeRust(body.text);
  return tokens.flatMap(({ kind, text }, index) => {
    const isTarget = tokens.slice(Math.max(0, index - farFromFor), index).some(isFor);
    return kind === "identifier" && isTarget ? [text] : [];
  });
}

/** `for crate::some::Type`: the type's name is not far from the word. */
const farFromFor = 16;

function isFor({ text }: { readonly text: string }): boolean {
  return text === "for";
}
