// A value as a tree after the ARIA pattern: arrow keys, Home, End, typing not needed; only the rows in view are drawn.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { listHeightPx, revealRow, useRowWindow } from "../widgets/virtualRows.ts";
import { Icon } from "../widgets/icon.tsx";
import type { TreeNode } from "./treeTypes.ts";
import { expandAll, treeRows, type TreeRowData, type TreeRows } from "./treeRows.ts";

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
  /** More buttons above the tree. */
  readonly tools?: ComponentChildren;
}

interface TreeState {
  readonly rows: TreeRows;
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
  const rows = useMemo(() => treeRows(root, toggled.value), [root, toggled.value]);
  const activeAt = rows.rowOf(activeKey.value);

  // The hex view may have chosen another part: the tree follows.
  useLayoutEffect(() => {
    if (rows.at(activeAt)?.node.pointer !== selectedPointer) {
      const match = rows.at(rows.rowAt(selectedPointer));
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
      const row = rows.at(Math.max(0, Math.min(at, rows.length - 1)));
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
  const { first, end, topOf } = useRowWindow(list, rows.length, rowHeightPx);
  const isActiveDrawn = activeAt >= first && activeAt < end;

  const select = (at: number) => {
    const row = state.activate(at);
    if (row !== undefined) {
      revealRow(list.current, rows.rowOf(row.key), rowHeightPx, rows.length);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows.at(activeAt);
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
          props.onCopy(rows.at(activeAt)?.node ?? props.root);
        }}
        more={props.tools}
      />
      <div
        class="tree"
        role="tree"
        ref={list}
        tabIndex={0}
        aria-label={props.label}
        aria-activedescendant={isActiveDrawn ? `${id}-${activeAt}` : undefined}
        data-testid={props.testId}
        style={{ height: `${listHeightPx(rows.length, rowHeightPx)}px` }}
        onKeyDown={onKeyDown}
      >
        {rowsBetween(rows, first, end).map((row, at) => (
          <TreeRow
            key={row.key}
            id={`${id}-${first + at}`}
            row={row}
            top={topOf(first + at)}
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

function rowsBetween(rows: TreeRows, first: number, end: number): readonly TreeRowData[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, at) => rows.at(first + at)).filter(
    (row) => row !== undefined,
  );
}

interface TreeToolsProps {
  readonly onExpand: () => void;
  readonly onCollapse: () => void;
  readonly onCopy: () => void;
  readonly more: ComponentChildren;
}

function TreeTools({ onExpand, onCollapse, onCopy, more }: TreeToolsProps): JSX.Element {
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
      {more}
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
  readonly rows: TreeRows;
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
    select(rows.parentOf(at));
  }
}

function isCopyKey(event: KeyboardEvent): boolean {
  const hasSelection = (window.getSelection()?.toString() ?? "") !== "";
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c" && !hasSelection;
}
