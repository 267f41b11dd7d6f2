// The rows of a tree in view order, from its nodes and what is open.

import type { TreeNode } from "./treeNode.ts";

const maxListOpenAtFirst = 100;
/** Expand All stops opening here, so that a huge value cannot stall the panel. */
const maxExpandedRows = 50_000;

export interface TreeRowData {
  readonly node: TreeNode;
  readonly key: string;
  readonly depth: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
}

/** The rows in view order. The root and one level below it start open, short lists too. */
export function flattenTree(root: TreeNode, toggled: ReadonlyMap<string, boolean>): TreeRowData[] {
  const rows: TreeRowData[] = [];
  const visit = (
    node: TreeNode,
    key: string,
    depth: number,
    position: number,
    siblings: number,
  ): void => {
    const isOpen = isBranch(node) && (toggled.get(key) ?? opensAtFirst(node, depth));
    rows.push({ node, key, depth, position, siblings, isOpen });
    if (isOpen && node.children !== undefined) {
      const children = node.children();
      children.forEach((child, index) => {
        visit(child, `${key}.${index}`, depth + 1, index + 1, children.length);
      });
    }
  };
  visit(root, "0", 0, 1, 1);
  return rows;
}

function isBranch(node: TreeNode): boolean {
  return node.children !== undefined;
}

/** The first two levels, except lists that would push the rest far away. */
function opensAtFirst(node: TreeNode, depth: number): boolean {
  return depth === 0 || (depth === 1 && (node.size ?? 0) <= maxListOpenAtFirst);
}

/** All nodes open, up to a number of rows. */
export function expandAll(root: TreeNode): ReadonlyMap<string, boolean> {
  const opened = new Map<string, boolean>();
  let count = 0;
  const visit = (node: TreeNode, key: string): void => {
    if (node.children === undefined || count > maxExpandedRows) {
      return;
    }
    opened.set(key, true);
    node.children().forEach((child, index) => {
      count++;
      visit(child, `${key}.${index}`);
    });
  };
  visit(root, "0");
  return opened;
}
