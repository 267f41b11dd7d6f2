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
  /** Those to come, the next one last: values nest deeper than calls can. */
  const open: Omit<TreeRowData, "isOpen">[] = [
    { node: root, key: "0", depth: 0, position: 1, siblings: 1 },
  ];
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    const { node, key, depth } = row;
    const isOpen = isBranch(node) && (toggled.get(key) ?? opensAtFirst(node, depth));
    rows.push({ ...row, isOpen });
    const children = isOpen ? (node.children?.() ?? []) : [];
    const below = children.map((child, index) => ({
      node: child,
      key: `${key}.${index}`,
      depth: depth + 1,
      position: index + 1,
      siblings: children.length,
    }));
    for (const child of below.reverse()) {
      open.push(child);
    }
  }
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
  const open: (readonly [TreeNode, string])[] = [[root, "0"]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, key] = next;
    if (node.children === undefined || count > maxExpandedRows) {
      continue;
    }
    opened.set(key, true);
    const children = node.children();
    count += children.length;
    const below = children.map((child, index) => [child, `${key}.${index}`] as const);
    for (const child of below.reverse()) {
      open.push(child);
    }
  }
  return opened;
}
