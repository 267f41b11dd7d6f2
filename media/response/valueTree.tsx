// A value as a tree after the ARIA pattern: arrow keys, Home, End, typing not needed; only the rows in view are drawn.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { revealRow, useRowWindow } from "../widgets/virtualRows.ts";
import { Icon } from "../widgets/icon.tsx";
import type { TreeNode } from "./treeNode.ts";

const rowHeightPx = 22;
const maxListOpenAtFirst = 100;
const maxTextLength = 200;
/** Expand All stops opening here, so that a huge value cannot stall the panel. */
const maxExpandedRows = 50_000;

interface Row {
  readonly node: TreeNode;
  readonly key: string;
  readonly depth: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
}

interface ValueTreeProps {
  readonly root: TreeNode;
  readonly label: string;
  readonly testId: string;
  readonly selectedPointer: string;
  readonly onSelect: (node: TreeNode) => void;
  readonly onCopy: (node: TreeNode) => void;
}

export function ValueTree(props: ValueTreeProps): JSX.Element {
  const { root } = props;
  const toggled = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const activeKey = useSignal("0");
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useMemo(() => flatten(root, toggled.value), [root, toggled.value]);
  const { first, end } = useRowWindow(list, rows.length, rowHeightPx);
  const selectedAt = rows.findIndex((row) => row.key === activeKey.value);
  const activeAt = selectedAt === -1 ? 0 : selectedAt;

  // The hex view may have chosen another part: the tree follows.
  useLayoutEffect(() => {
    const current = rows[activeAt];
    if (current !== undefined && current.node.pointer !== props.selectedPointer) {
      const match = rows.find((row) => row.node.pointer === props.selectedPointer);
      if (match !== undefined) {
        activeKey.value = match.key;
      }
    }
  }, [props.selectedPointer]);

  const toggle = (row: Row, isOpen = !row.isOpen) => {
    if (row.node.children !== undefined) {
      toggled.value = new Map(toggled.value).set(row.key, isOpen);
    }
  };
  const select = (at: number) => {
    const row = rows[Math.max(0, Math.min(at, rows.length - 1))];
    if (row !== undefined) {
      activeKey.value = row.key;
      props.onSelect(row.node);
      revealRow(list.current, rows.indexOf(row), rowHeightPx);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeAt];
    if (row !== undefined && handleTreeKey(event, { row, rows, at: activeAt, select, toggle })) {
      event.preventDefault();
    } else if (row !== undefined && isCopyKey(event)) {
      event.preventDefault();
      props.onCopy(row.node);
    }
  };

  return (
    <div class="tree-box">
      <div class="tree-tools" role="group" aria-label="Tree">
        <button
          type="button"
          class="text-button"
          data-testid="expand-all"
          onClick={() => {
            toggled.value = expandAll(root);
          }}
        >
          Expand All
        </button>
        <button
          type="button"
          class="text-button"
          data-testid="collapse-all"
          onClick={() => {
            toggled.value = new Map([["0", false]]);
            activeKey.value = "0";
          }}
        >
          Collapse All
        </button>
        <button
          type="button"
          class="text-button"
          data-testid="copy-value"
          onClick={() => {
            const row = rows[activeAt];
            if (row !== undefined) {
              props.onCopy(row.node);
            }
          }}
        >
          Copy Value
        </button>
      </div>
      <div
        class="tree"
        role="tree"
        ref={list}
        tabIndex={0}
        aria-label={props.label}
        aria-activedescendant={`${id}-${activeAt}`}
        data-testid={props.testId}
        style={{ height: `${rows.length * rowHeightPx}px` }}
        onKeyDown={onKeyDown}
      >
        {rows.slice(first, end).map((row, at) => (
          <TreeRow
            key={row.key}
            id={`${id}-${first + at}`}
            row={row}
            top={(first + at) * rowHeightPx}
            isActive={first + at === activeAt}
            onClick={(event) => {
              const isTwistie =
                event.target instanceof Element && event.target.closest(".twistie") !== null;
              select(first + at);
              if (isTwistie || event.detail === 2) {
                toggle(row);
              }
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface TreeRowProps {
  readonly id: string;
  readonly row: Row;
  readonly top: number;
  readonly isActive: boolean;
  readonly onClick: (event: MouseEvent) => void;
}

function TreeRow({ id, row, top, isActive, onClick }: TreeRowProps): JSX.Element {
  const { node, depth } = row;
  const isBranch = node.children !== undefined;
  const text = row.isOpen ? (node.head ?? "") : node.text(maxTextLength);
  return (
    <div
      role="treeitem"
      id={id}
      class={`tree-row ${isActive ? "tree-row-active" : ""}`}
      aria-level={depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isBranch ? row.isOpen : undefined}
      aria-selected={isActive}
      data-testid="tree-row"
      data-pointer={node.pointer}
      style={{ top: `${top}px`, paddingInlineStart: `${4 + depth * 16}px` }}
      onClick={onClick}
    >
      <span class="twistie">
        {isBranch ? <Icon name={row.isOpen ? "chevron-down" : "chevron-right"} /> : null}
      </span>
      {node.name === "" ? null : <span class="tree-name">{node.name}</span>}
      {node.rustType === "" ? null : <span class="tree-type">{node.rustType}</span>}
      {node.note === "" ? null : <span class="tree-note">{node.note}</span>}
      {text === "" ? null : (
        <span class={`tree-value tone-${node.tone}`} title={text.length > 40 ? text : undefined}>
          {text}
        </span>
      )}
    </div>
  );
}

interface TreeKeys {
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly at: number;
  readonly select: (at: number) => void;
  readonly toggle: (row: Row, isOpen?: boolean) => void;
}

function handleTreeKey(event: KeyboardEvent, keys: TreeKeys): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return false;
  }
  const { row, rows, at, select, toggle } = keys;
  switch (event.key) {
    case "ArrowDown":
      select(at + 1);
      return true;
    case "ArrowUp":
      select(at - 1);
      return true;
    case "PageDown":
      select(at + 15);
      return true;
    case "PageUp":
      select(at - 15);
      return true;
    case "Home":
      select(0);
      return true;
    case "End":
      select(rows.length - 1);
      return true;
    case "ArrowRight":
      if (row.isOpen) {
        select(at + 1);
      } else {
        toggle(row, true);
      }
      return true;
    case "ArrowLeft":
      if (row.isOpen) {
        toggle(row, false);
      } else {
        select(rows.slice(0, at).findLastIndex((each) => each.depth < row.depth));
      }
      return true;
    case "Enter":
    case " ":
      toggle(row);
      return true;
    default:
      return false;
  }
}

function isCopyKey(event: KeyboardEvent): boolean {
  const hasSelection = (window.getSelection()?.toString() ?? "") !== "";
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c" && !hasSelection;
}

/** The rows in view order. The root and one level below it start open, short lists too. */
function flatten(root: TreeNode, toggled: ReadonlyMap<string, boolean>): Row[] {
  const rows: Row[] = [];
  const visit = (
    node: TreeNode,
    key: string,
    depth: number,
    position: number,
    siblings: number,
  ): void => {
    const isOpen = node.children !== undefined && (toggled.get(key) ?? opensAtFirst(node, depth));
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

/** The first two levels, except lists that would push the rest far away. */
function opensAtFirst(node: TreeNode, depth: number): boolean {
  return depth === 0 || (depth === 1 && (node.size ?? 0) <= maxListOpenAtFirst);
}

function expandAll(root: TreeNode): ReadonlyMap<string, boolean> {
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
