// Prints a Rust type the way rustc 1.95's proc-macro token printer does, because that text enters the interface hash.

import { layOutLines } from "./printing/lineLayout.ts";
import { readPrintTree } from "./printing/readPrintTree.ts";
import { tokenizeRust } from "./rustTokens.ts";

/** The text of a type as it enters a signature: `Vec<u8>` becomes `Vec < u8 >` (reference 5.3). */
export function printType(source: string): string {
  const tokens = tokenizeRust(source).filter((token) => token.kind !== "doc");
  return layOutLines(readPrintTree(tokens));
}
