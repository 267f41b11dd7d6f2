// Prints a Rust type the way rustc 1.95's proc-macro token printer does, because that text enters the interface hash.

import { layOutLines } from "./printing/lineLayout.ts";
import { readPrintTree } from "./printing/readPrintTree.ts";
import { nestsDeeper, tokenizeRust } from "./rustTokens.ts";

/** Types inside of one another; rustc gives up on serde's traits long before. */
const deepestNesting = 400;

/** Characters of a type; those that people write have some hundred. */
export const longestType = 50_000;

/** The text of a type as it enters a signature: `Vec<u8>` becomes `Vec < u8 >` (reference 5.3). */
export function printType(source: string): string {
  if (source.length > longestType) {
    return source.slice(0, longestType); // nobody calls what such a type is in
  }
  const tokens = tokenizeRust(source).filter((token) => token.kind !== "doc");
  // No compiler takes what nests deeper, so that no binary has its hash.
  return nestsDeeper(tokens, deepestNesting) ? source : layOutLines(readPrintTree(tokens));
}
