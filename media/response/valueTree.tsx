// A value as a tree after the ARIA pattern: arrow keys, Home, End, typing not needed; only the rows in view are drawn.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { revealRow, useRowWindow } from "../widgets/virtualRows.ts";
import { Icon } from "../widgets/icon.tsx";
import type { TreeNode } from "./treeNode.ts";
import { expandAll, flattenTree, type TreeRowData } from "./treeRows.ts";

const rowHeightPx = 22;
const pageRows = 15;
const maxTextLength = 200;
/** Levels that are indented: rows of a value that nests deeper would begin far outside of the view. */
const maxIndented = 60;

interface ValueTreeProps {
  readonly root: TreeNode;
  readonly label: string;
  readonly testId: string;
  readonly selectedPointer: string;
  readonly onSelect: (node: TreeNode) => void;
  readonly onCopy: (node: TreeNode) => void;
}

interface TreeState {
  readonly rows: readonly TreeRowData[];
  readonly activeAt: number;
  readonly toggle: (row: TreeRowData, isOpen?: boolean) => void;
  /** Makes a row the active one; the tree reports it as selected. */
  readonly activate: (at: number) => TreeRowData | undefined;
  readonly expand: () => void;
  readonly collapse: () => void;
}

function useTreeState({ root, selectedPointer, onSelect }: ValueTreeProps): TreeState {
  const toggled = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const activeKey = useSignal("0");
  const rows = useMemo(() => flattenTree(root, toggled.value), [root, toggled.value]);
  const found = rows.findIndex((row) => row.key === activeKey.value);
  const activeAt = found === -1 ? 0 : found;

  // The hex view may have chosen another part: the tree follows.
  useLayoutEffect(() => {
    if (rows[activeAt]?.node.pointer !== selectedPointer) {
      const match = rows.find((row) => row.node.pointer === selectedPointer);
      activeKey.value = match?.key ?? activeKey.value;
    }
  }, [selectedPointer]);

  return {
    rows,
    activeAt,
    toggle: (row, isOpen = !row.isOpen) => {
      if (row.node.children !== undefined) {
        toggled.value = new Map(toggled.value).set(row.key, isOpen);
      }
    },
    activate: (at) => {
      const row = rows[Math.max(0, Math.min(at, rows.length - 1))];
      if (row !== undefined) {
        activeKey.value = row.key;
        onSelect(row.node);
      }
      return row;
    },
    expand: () => {
      toggled.value = expandAll(root);
    },
    collapse: () => {
      toggled.value = new Map([["0", false]]);
      activeKey.value = "0";
    },
  };
}

export function ValueTree(props: ValueTreeProps): JSX.Element {
  const state = useTreeState(props);
  const { rows, activeAt, toggle } = state;
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { first, end } = useRowWindow(list, rows.length, rowHeightPx);
  const isActiveDrawn = activeAt >= first && activeAt < end;

  const select = (at: number) => {
    const row = state.activate(at);
    if (row !== undefined) {
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
      <TreeTools
        onExpand={state.expand}
        onCollapse={state.collapse}
        onCopy={() => {
          props.onCopy(rows[activeAt]?.node ?? props.root);
        }}
      />
      <div
        class="tree"
        role="tree"
        ref={list}
        tabIndex={0}
        aria-label={props.label}
        aria-activedescendant={isActiveDrawn ? `${id}-${activeAt}` : undefined}
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

interface TreeToolsProps {
  readonly onExpand: () => void;
  readonly onCollapse: () => void;
  readonly onCopy: () => void;
}

function TreeTools({ onExpand, onCollapse, onCopy }: TreeToolsProps): JSX.Element {
  return (
    <div class="tree-tools" role="group" aria-label="Tree">
      <button type="button" class="text-button" data-testid="expand-all" onClick={onExpand}>
        Expand All
      </button>
      <button type="button" class="text-button" data-testid="collapse-all" onClick={onCollapse}>
        Collapse All
      </button>
      <button type="button" class="text-button" data-testid="copy-value" onClick={onCopy}>
        Copy Value
      </button>
    </div>
  );
}

interface TreeRowProps {
  readonly id: string;
  readonly row: TreeRowData;
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
      style={{ top: `${top}px`, paddingInlineStart: `${4 + Math.min(depth, maxIndented) * 16}px` }}
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
  readonly row: TreeRowData;
  readonly rows: readonly TreeRowData[];
  readonly at: number;
  readonly select: (at: number) => void;
  readonly toggle: (row: TreeRowData, isOpen?: boolean) => void;
}

function handleTreeKey(event: KeyboardEvent, keys: TreeKeys): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return false;
  }
  const { row, rows, at, select, toggle } = keys;
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: rows.length - 1,
  };
  const place = places[event.key];
  if (place !== undefined) {
    select(place);
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    stepLevel(event.key === "ArrowRight", keys);
  } else if (event.key === "Enter" || event.key === " ") {
    toggle(row);
  } else {
    return false;
  }
  return true;
}

/** → opens a node, or goes to its first child; ← closes it, or goes to its parent. */
function stepLevel(isInward: boolean, { row, rows, at, select, toggle }: TreeKeys): void {
  if (isInward && row.isOpen) {
    select(at + 1);
  } else if (isInward || row.isOpen) {
    toggle(row, isInward);
  } else {
    select(rows.slice(0, at).findLastIndex((each) => each.depth < row.depth));
  }
}

function isCopyKey(event: KeyboardEvent): boolean {
  const hasSelection = (window.getSelection()?.toString() ?? "") !== "";
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c" && !hasSelection;
}
