// The version of an interface that a new method comes with: the next one, to which the interface's attribute is then raised.

import { positionAt, type TextReplacement } from "../minimalEdit.ts";
import type { OpenGroup } from "../syntax/sourceTokens.ts";
import { versionToken } from "./macroScope.ts";

export interface NextVersion {
  readonly number: number;
  /** Undefined where the attribute shows no plain number. */
  readonly raise: TextReplacement | undefined;
}

/** `trait` is the block of the interface's trait, in a file of this text. */
export function nextVersion(trait: OpenGroup | undefined, text: string): NextVersion {
  const token = trait && versionToken(trait);
  if (token === undefined) {
    return { number: 2, raise: undefined };
  }
  const number = Number(token.text) + 1;
  const range = { start: positionAt(text, token.start), end: positionAt(text, token.end) };
  return { number, raise: { range, newText: String(number) } };
}
