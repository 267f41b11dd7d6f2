// The rows of a tree in view order: how many there are, and each when it is asked for. Only what is open is visited, so that a list of
// a million elements costs no more than one of ten.

import type { TreeChildren, TreeNode } from "./treeTypes.ts";

const maxListOpenAtFirst = 100;
/** Expand All stops opening here, so that a huge value cannot stall the panel. */
const maxExpandedRows = 10_000;

export interface TreeRowData {
  readonly node: TreeNode;
  readonly key: string;
  readonly depth: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
}

export interface TreeRows {
  readonly length: number;
  at(row: number): TreeRowData | undefined;
  /** The row of a key, and of the nearest open place around it. */
  rowOf(key: string): number;
  /** The row that a place in the value stands in, and of the nearest open place around it. */
  rowAt(pointer: string): number;
  /** The row around a row; -1 at the top. */
  parentOf(row: number): number;
}

/** An open node with what of it is open. */
interface OpenBranch {
  readonly row: TreeRowData;
  readonly children: TreeChildren;
  /** Of its children those that are open, in order, and how many rows each adds. */
  readonly open: { readonly index: number; readonly branch: OpenBranch; before: number }[];
  /** Rows below it. */
  count: number;
}

/** The rows in view order. The root and one level below it start open, short lists too. */
export function treeRows(root: TreeNode, toggled: ReadonlyMap<string, boolean>): TreeRows {
  const top = openTree(root, toggled);
  const length = 1 + (top?.count ?? 0);
  const rootRow = rowOf(root, "0", 0, 1, 1, top !== undefined);
  const at = (row: number): Located | undefined =>
    row === 0
      ? { data: rootRow, parent: -1 }
      : row > 0 && row < length && top
        ? locate(top, row)
        : undefined;
  return {
    length,
    at: (row) => at(row)?.data,
    parentOf: (row) => at(row)?.parent ?? -1,
    rowOf: (key) => rowOfSteps(top, key.split(".").slice(1).map(Number)),
    rowAt: (pointer) => rowOfPointer(top, pointer),
  };
}

function rowOf(
  node: TreeNode,
  key: string,
  depth: number,
  position: number,
  siblings: number,
  isOpen: boolean,
): TreeRowData {
  return { node, key, depth, position, siblings, isOpen };
}

/** Opens what is open, each branch before its children and counted after them: values nest deeper than calls can. */
function openTree(root: TreeNode, toggled: ReadonlyMap<string, boolean>): OpenBranch | undefined {
  const byHand = toggledBelow(toggled);
  const branchOf = (
    node: TreeNode,
    key: string,
    depth: number,
    place: [number, number],
    room: number,
  ): OpenBranch | undefined =>
    node.children !== undefined && (toggled.get(key) ?? opensAtFirst(node, depth, room))
      ? {
          row: rowOf(node, key, depth, ...place, true),
          children: node.children(),
          open: [],
          count: 0,
        }
      : undefined;
  const top = branchOf(root, "0", 0, [1, 1], 1);
  const all = top === undefined ? [] : [top];
  // `all` grows while its branches are looked at.
  for (const branch of all) {
    const { key, depth } = branch.row;
    const siblings = branch.children.length;
    const isShort = depth === 0 && siblings <= maxListOpenAtFirst;
    const candidates = isShort
      ? Array.from({ length: siblings }, (_, index) => index)
      : (byHand.get(key) ?? []);
    for (const index of candidates) {
      const child = index < siblings ? branch.children.at(index) : undefined;
      const inner =
        child &&
        branchOf(child, `${key}.${String(index)}`, depth + 1, [index + 1, siblings], siblings);
      if (inner !== undefined) {
        branch.open.push({ index, branch: inner, before: 0 });
        all.push(inner);
      }
    }
  }
  for (const branch of all.reverse()) {
    let more = 0;
    for (const each of branch.open) {
      each.before = each.index + more;
      more += each.branch.count;
    }
    branch.count = branch.children.length + more;
  }
  return top;
}

/** Of each key the children that were opened by hand, in order. */
function toggledBelow(
  toggled: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, readonly number[]> {
  const below = new Map<string, number[]>();
  for (const [key, isOpen] of toggled) {
    const end = key.lastIndexOf(".");
    if (isOpen && end !== -1) {
      const parent = key.slice(0, end);
      const indexes = below.get(parent) ?? [];
      indexes.push(Number(key.slice(end + 1)));
      below.set(parent, indexes);
    }
  }
  for (const indexes of below.values()) {
    indexes.sort((left, right) => left - right);
  }
  return below;
}

/** The first two levels, except lists that would push the rest far away, and what stands in such a list. */
function opensAtFirst(node: TreeNode, depth: number, siblings: number): boolean {
  return (
    depth === 0 ||
    (depth === 1 && siblings <= maxListOpenAtFirst && (node.size ?? 0) <= maxListOpenAtFirst)
  );
}

interface Located {
  readonly data: TreeRowData;
  readonly parent: number;
}

/** The row `row` rows below the top. */
function locate(top: OpenBranch, row: number): Located | undefined {
  let branch = top;
  let branchRow = 0;
  for (;;) {
    const below = row - branchRow - 1;
    const open = lastBefore(branch.open, below);
    const { key, depth } = branch.row;
    const siblings = branch.children.length;
    if (open === undefined || below > open.before + open.branch.count) {
      // A child that is closed, behind those that are open before it.
      const index =
        open === undefined ? below : open.index + (below - open.before - open.branch.count);
      const node = branch.children.at(index);
      return (
        node && {
          data: rowOf(node, `${key}.${String(index)}`, depth + 1, index + 1, siblings, false),
          parent: branchRow,
        }
      );
    }
    if (below === open.before) {
      return { data: open.branch.row, parent: branchRow };
    }
    branchRow += 1 + open.before;
    branch = open.branch;
  }
}

/** The last open child that begins at or before a row below its parent. */
function lastBefore(
  open: OpenBranch["open"],
  below: number,
): OpenBranch["open"][number] | undefined {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((open[middle]?.before ?? 0) <= below) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return open[low - 1];
}

function rowOfSteps(top: OpenBranch | undefined, steps: readonly number[]): number {
  let row = 0;
  let branch = top;
  for (const step of steps) {
    if (branch === undefined || !(step < branch.children.length)) {
      return row;
    }
    const found = stepInto(branch, step);
    row += found.rows;
    branch = found.branch;
  }
  return row;
}

function stepInto(
  branch: OpenBranch,
  index: number,
): { rows: number; branch: OpenBranch | undefined } {
  const before = branch.open.filter((each) => each.index < index);
  const more = before.reduce((sum, each) => sum + each.branch.count, 0);
  return {
    rows: 1 + index + more,
    branch: branch.open.find((each) => each.index === index)?.branch,
  };
}

/** Children of more are not looked through for a place; their names tell. */
const maxLookedThrough = 2_000;

function rowOfPointer(top: OpenBranch | undefined, pointer: string): number {
  let row = 0;
  let branch = top;
  while (branch !== undefined && branch.row.node.pointer !== pointer) {
    const index = childTowards(branch, pointer);
    if (index === -1) {
      return row;
    }
    const found = stepInto(branch, index);
    row += found.rows;
    branch = found.branch;
  }
  return row;
}

function childTowards({ children, row }: OpenBranch, pointer: string): number {
  const isOnTheWay = (child: TreeNode | undefined): boolean =>
    child !== undefined && (child.pointer === pointer || pointer.startsWith(`${child.pointer}/`));
  if (children.length > maxLookedThrough) {
    const step = Number(pointer.slice(row.node.pointer.length + 1).split("/")[0]);
    return Number.isInteger(step) && isOnTheWay(children.at(step)) ? step : -1;
  }
  for (let index = 0; index < children.length; index++) {
    if (isOnTheWay(children.at(index))) {
      return index;
    }
  }
  return -1;
}

/** All nodes open, up to a number of rows. */
export function expandAll(root: TreeNode): ReadonlyMap<string, boolean> {
  const opened = new Map<string, boolean>();
  let count = 0;
  const open: (readonly [TreeNode, string])[] = [[root, "0"]];
  for (let next = open.pop(); next !== undefined && count < maxExpandedRows; next = open.pop()) {
    const [node, key] = next;
    if (node.children === undefined) {
      continue;
    }
    opened.set(key, true);
    const children = node.children();
    count += children.length;
    for (let index = Math.min(children.length, maxExpandedRows) - 1; index >= 0; index--) {
      const child = children.at(index);
      if (child?.children !== undefined) {
        open.push([child, `${key}.${String(index)}`]);
      }
    }
  }
  return opened;
}
