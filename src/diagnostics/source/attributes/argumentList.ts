// The arguments of an attribute as its macro reads them, mistakes included: where readers of items pass over what is wrong, rules
// have to point at it.

import { nearestName } from "../nearestName.ts";
import type { RustToken } from "../../../abi/rustTokens.ts";
import type { Fragment } from "../../../rust/syntax/items/items.ts";

/** One argument, between two commas. */
export interface Argument extends Fragment {
  readonly tokens: readonly RustToken[];
  /** Its first token, where that is a name. */
  readonly key: RustToken | null;
  /** What stands behind the `=`; empty without one. */
  readonly value: readonly RustToken[];
  readonly hasEquals: boolean;
}

export interface ArgumentList {
  readonly arguments: readonly Argument[];
  /** A comma behind the last argument. */
  readonly trailingComma: RustToken | null;
}

/** The arguments that `tokens`, those between the parentheses, hold. */
export function argumentList(tokens: readonly RustToken[]): ArgumentList {
  const parts: RustToken[][] = [[]];
  let depth = 0;
  let lastComma: RustToken | null = null;
  for (const [index, token] of tokens.entries()) {
    const isArrow = token.text === ">" && tokens[index - 1]?.text === "-";
    depth += token.kind === "open" || token.text === "<" ? 1 : 0;
    depth -= token.kind === "close" || (token.text === ">" && !isArrow) ? 1 : 0;
    if (depth === 0 && token.text === ",") {
      parts.push([]);
      lastComma = token;
    } else {
      parts.at(-1)?.push(token);
    }
  }
  const isTrailing = parts.length > 1 && parts.at(-1)?.length === 0;
  return {
    arguments: parts.filter((part) => part.length > 0).map(argumentOf),
    trailingComma: isTrailing ? lastComma : null,
  };
}

function argumentOf(tokens: readonly RustToken[]): Argument {
  const [first, second] = tokens;
  const hasEquals = second?.text === "=" && second.kind === "punctuation";
  return {
    ...spanOfTokens(tokens),
    tokens,
    key: first?.kind === "identifier" ? first : null,
    value: hasEquals ? tokens.slice(2) : [],
    hasEquals,
  };
}

/** Whether somebody meant to write the key: it stands somewhere in the list, or a slip of it does. */
export function isMeant({ arguments: all }: ArgumentList, name: string): boolean {
  return all.some(
    ({ key, tokens }) =>
      tokens.some(({ kind, text }) => kind === "identifier" && text === name) ||
      (key !== null && key.text.length > 3 && nearestName(key.text, [name]) !== undefined),
  );
}

/** From the first token to the last. */
export function spanOfTokens(tokens: readonly RustToken[]): Fragment {
  return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}

/** The last argument with the key. */
export function argumentNamed(list: ArgumentList, name: string): Argument | undefined {
  return list.arguments.findLast(({ key, hasEquals }) => key?.text === name && hasEquals);
}
