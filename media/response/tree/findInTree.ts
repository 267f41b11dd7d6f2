// Finds text in a value: in all of it, not in the rows that are drawn. Others have their turn meanwhile, and what is found so far counts.

import { nextTurn } from "../../long/nextTurn.ts";
import { pointerLabel } from "../../values/pointer.ts";
import type { TreeChildren, TreeNode } from "./treeTypes.ts";

/** What of a node is looked at. */
export type FindScope = "all" | "path" | "value" | "type";

export interface FindQuery {
  readonly text: string;
  readonly scope: FindScope;
}

/** More places are not remembered. */
export const mostMatches = 100_000;
/** How long one piece of work may last. */
const pieceMs = 8;

interface Frame {
  readonly key: string;
  readonly children: TreeChildren;
  index: number;
}

/**
 * Looks through a tree in view order; `onFound` gets the keys of matching nodes as they come, as rows have them. False when it was given up.
 */
export async function findInTree(
  root: TreeNode,
  query: FindQuery,
  signal: AbortSignal,
  onFound: (keys: readonly string[]) => void,
): Promise<boolean> {
  const text = query.text.toLowerCase();
  const steps = walk(root, text, query.scope);
  let found: string[] = [];
  let count = 0;
  let started = performance.now();
  for (let step = steps.next(); step.done !== true && count < mostMatches; step = steps.next()) {
    if (step.value !== null) {
      found.push(step.value);
      count++;
    }
    if (performance.now() - started > pieceMs) {
      onFound(found);
      found = [];
      await nextTurn();
      if (signal.aborted) {
        return false;
      }
      started = performance.now();
    }
  }
  onFound(found);
  return true;
}

/** The key of each node that has the text, and null now and then. */
function* walk(root: TreeNode, text: string, scope: FindScope): Generator<string | null, void> {
  const open: Frame[] = [];
  function* enter(node: TreeNode, key: string): Generator<string | null, void> {
    const isFound = yield* has(node, text, scope);
    yield isFound ? key : null;
    if (node.children !== undefined) {
      open.push({ key, children: node.children(), index: 0 });
    }
  }
  yield* enter(root, "0");
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const index = frame.index++;
    const node = frame.children.at(index);
    if (node === undefined) {
      open.pop();
    } else {
      yield* enter(node, `${frame.key}.${String(index)}`);
    }
  }
}

function* has(node: TreeNode, text: string, scope: FindScope): Generator<null, boolean> {
  const holds = (part: string): boolean => part.toLowerCase().includes(text);
  const isNamed =
    (scope === "all" && holds(node.name)) ||
    (scope === "path" && holds(pointerLabel(node.pointer)));
  if (isNamed || ((scope === "all" || scope === "type") && holds(node.rustType))) {
    return true;
  }
  if (scope === "path" || scope === "type") {
    return false;
  }
  if (node.search !== undefined) {
    return yield* node.search(text);
  }
  // Of a node with parts only what is its own: the parts are looked at themselves.
  return holds(node.children === undefined ? node.text(Infinity) : (node.head ?? ""));
}
