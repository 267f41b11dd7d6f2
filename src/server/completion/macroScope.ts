// Which macros of Fidius a file names, and whose attribute, trait or impl block is around a place.

import type { RustToken } from "../../abi/rustTokens.ts";
import type { OpenGroup } from "../syntax/sourceTokens.ts";
import type { CompletionContext } from "./completionContext.ts";
import { macroNames } from "./macroArguments.ts";

/** The macros by the names that they have in a file: their own, and those that a `use … as` gives. */
export function macroNamesIn(tokens: readonly RustToken[]): ReadonlyMap<string, string> {
  const names = new Map(macroNames.map((name) => [name, name]));
  for (const [index, { text }] of tokens.entries()) {
    const alias = tokens[index + 2];
    if (macroNames.includes(text) && tokens[index + 1]?.text === "as" && alias !== undefined) {
      names.set(alias.text, text);
    }
  }
  return names;
}

/** Whether the innermost block is that of an interface's trait or of a plugin's impl block. */
export function ownerOf({
  groups,
  macros,
}: Pick<CompletionContext, "groups" | "macros">): "trait" | "impl" | undefined {
  const inner = groups.at(-1);
  return inner === undefined ? undefined : kindOf(inner, macros);
}

/** What a block is, by its attributes and its keyword. */
export function kindOf(
  { open, head }: OpenGroup,
  macros: ReadonlyMap<string, string>,
): "trait" | "impl" | undefined {
  if (open.text !== "{") {
    return undefined;
  }
  const has = (macro: string): boolean => head.some(({ text }) => macros.get(text) === macro);
  const isItem = (keyword: string): boolean => head.some(({ text }) => text === keyword);
  if (isItem("trait") && has("plugin_interface")) {
    return "trait";
  }
  return isItem("impl") && has("plugin_impl") ? "impl" : undefined;
}

/** The number behind `version =` in the attribute of a block's item. */
export function versionToken({ head }: OpenGroup): RustToken | undefined {
  const at = head.findIndex(
    ({ text }, index) => text === "version" && head[index + 1]?.text === "=",
  );
  const written = at < 0 ? undefined : head[at + 2];
  return written !== undefined && /^\d{1,9}$/u.test(written.text) ? written : undefined;
}
