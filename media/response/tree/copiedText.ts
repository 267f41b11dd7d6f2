// What Copy Value puts on the clipboard.

import type { TreeNode } from "./treeTypes.ts";

/** A string as its text, all else as the JSON tab writes it. */
export function copiedText({ value, json }: TreeNode): string {
  return typeof value === "string" ? value : json();
}
