// Finds a macro of Fidius on an item of another kind than it takes.

import { fidiusMacroOf } from "../../../rust/names/macroNames.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { Fragment, Item } from "../../../rust/syntax/items/items.ts";
import type { SourceRule } from "../../sourceRule.ts";

/** The check of a rule that says `message` on the keyword of every item with the macro but those of `kind`. */
export function misplacedMacro(
  macro: "plugin_interface" | "plugin_impl" | "host_interface",
  kind: Item["kind"],
  message: string,
): NonNullable<SourceRule["crate"]> {
  return ({ crate, names }, report) => {
    for (const module of crate.modules()) {
      for (const placed of module.items) {
        const { item } = placed;
        const isMarked =
          item.kind !== kind &&
          item.attributes.some(({ path }) => fidiusMacroOf(names, module, path) === macro);
        if (isMarked) {
          report(placed, keywordOf(placed), message);
        }
      }
    }
  };
}

/** `struct` of `pub struct Name`. */
function keywordOf({ item, chunk }: Placed): Fragment {
  const from = Math.max(item.start, ...item.attributes.map(({ end }) => end));
  const before = chunk.text.slice(from, item.nameSpan.start);
  const found = /(?<word>[a-z]+)\s*$/u.exec(before);
  const word = found?.groups?.["word"] ?? "";
  const start = from + (found?.index ?? 0);
  return word === "" ? item.nameSpan : { start, end: start + word.length };
}
