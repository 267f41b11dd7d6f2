// One file's items. The tree-sitter tree tells where each top-level item begins and ends, so that after an edit only the
// changed chunk of text is read again; where the tree has errors the whole file is read with repaired brackets instead.

import type { Node, Tree } from "@vscode/tree-sitter-wasm";
import type { Position, SourceSpan } from "../../model/span.ts";
import { readInner } from "./attributes.ts";
import type { Attribute, Fragment, Item } from "./items.ts";
import { readItems } from "./readItems.ts";
import { repairGroups } from "./repairGroups.ts";
import { TokenCursor, tokenText } from "./tokenCursor.ts";

/** Items read from one stretch of text, with the place of that stretch in the file. */
export interface Chunk {
  readonly base: number;
  readonly text: string;
  readonly items: readonly Item[];
}

export interface FileSyntax {
  readonly file: string;
  readonly text: string;
  readonly chunks: readonly Chunk[];
  /** Its `#![…]`, which are attributes of the module. */
  readonly attributes: readonly Attribute[];
  /** Where the first text is that does not parse; null in a sound file. */
  readonly firstError: Fragment | null;
}

/** Reads the items of `tree`, taking over what `previous` has read of the same text. */
export function readFileSyntax(
  file: string,
  text: string,
  tree: Tree,
  previous: FileSyntax | undefined,
): FileSyntax {
  const root = tree.rootNode;
  if (root.hasError) {
    const cursor = new TokenCursor(tokenText(text, repairGroups));
    const attributes = readInner(cursor);
    const chunks = [{ base: 0, text, items: readItems(cursor) }];
    return { file, text, chunks, attributes, firstError: findError(root) };
  }
  const known = new Map(previous?.chunks.map((chunk) => [chunk.text, chunk.items]));
  const chunks: Chunk[] = [];
  const attributes: Attribute[] = [];
  let base = 0;
  for (const node of root.namedChildren) {
    if (node === null || isLeading(node.type)) {
      continue;
    }
    if (node.type === "inner_attribute_item") {
      attributes.push(...readInner(new TokenCursor(tokenText(text.slice(base, node.endIndex)))));
      base = node.endIndex;
      continue;
    }
    const chunkText = text.slice(base, node.endIndex);
    const items = known.get(chunkText) ?? readItems(new TokenCursor(tokenText(chunkText)));
    chunks.push({ base, text: chunkText, items });
    base = node.endIndex;
  }
  return { file, text, chunks, attributes, firstError: null };
}

/** Nodes that belong to the item after them. */
function isLeading(type: string): boolean {
  return type === "attribute_item" || type === "line_comment" || type === "block_comment";
}

function findError(root: Node): Fragment {
  let node = root;
  for (;;) {
    const worse = node.children.find(
      (child) => child !== null && (child.hasError || child.isMissing),
    );
    if (worse === null || worse === undefined || worse.isError || worse.isMissing) {
      const found = worse ?? node;
      return { start: found.startIndex, end: found.endIndex };
    }
    node = worse;
  }
}

const lineStarts = new WeakMap<FileSyntax, readonly number[]>();

/** Place of the offsets `start` to `end` of the file. */
export function spanInFile(file: FileSyntax, start: number, end: number): SourceSpan {
  return { file: file.file, start: positionAt(file, start), end: positionAt(file, end) };
}

function positionAt(file: FileSyntax, offset: number): Position {
  let starts = lineStarts.get(file);
  if (starts === undefined) {
    starts = lineStartsOf(file.text);
    lineStarts.set(file, starts);
  }
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
