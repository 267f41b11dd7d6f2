// A value as a tree after the ARIA pattern: arrow keys, Home, End, typing not needed; only the rows in view are drawn.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { listHeightPx, revealRow, useRowWindow } from "../../widgets/virtualRows.ts";
import { Icon } from "../../widgets/icon.tsx";
import { FindBar, useTreeFind } from "./findBar.tsx";
import { NodeMenu } from "./nodeMenu.tsx";
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
  /** Bytes of a node in hexadecimal, where they are known. */
  readonly bytesOf?: (node: TreeNode) => string | undefined;
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
  /** Opens everything around a node. */
  readonly uncover: (key: string) => void;
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
    uncover: (key) => {
      const opened = new Map(toggled.value);
      const steps = key.split(".");
      for (let depth = 1; depth < steps.length; depth++) {
        opened.set(steps.slice(0, depth).join("."), true);
      }
      toggled.value = opened;
      activeKey.value = key;
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
  const menuAt = useSignal<number | null>(null);
  const find = useTreeFind(props.root);
  const id = useId();
  const { first, end, topOf } = useRowWindow(list, rows.length, rowHeightPx);
  const isActiveDrawn = activeAt >= first && activeAt < end;
  const goTo = useGoTo(props, state, list);

  const select = (at: number) => {
    const row = state.activate(at);
    if (row !== undefined) {
      revealRow(list.current, rows.rowOf(row.key), rowHeightPx, rows.length);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows.at(activeAt);
    if (row === undefined || event.target !== list.current) {
      return;
    }
    if (handleTreeKey(event, { row, rows, at: activeAt, select, toggle })) {
      event.preventDefault();
    } else if (isCopyKey(event)) {
      event.preventDefault();
      props.onCopy(row.node);
    } else if (isFindKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      find.isOpen.value = true;
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
        onFind={() => {
          find.isOpen.value = !find.isOpen.value;
        }}
        more={props.tools}
      />
      {find.isOpen.value ? (
        <FindBar
          find={find}
          onGo={goTo}
          onClose={() => {
            find.isOpen.value = false;
            list.current?.focus();
          }}
        />
      ) : null}
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
        onContextMenu={(event) => {
          event.preventDefault();
          const at = rowUnder(event, list.current, id) ?? activeAt;
          state.activate(at);
          menuAt.value = at;
        }}
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
      <MenuOfRow
        {...props}
        row={menuAt.value === null ? undefined : rows.at(menuAt.value)}
        top={topOf((menuAt.value ?? 0) + 1) + (list.current?.offsetTop ?? 0)}
        onClose={() => {
          menuAt.value = null;
          list.current?.focus();
        }}
      />
    </div>
  );
}

/** Goes to a node that may lie in closed ones: it is opened up to, and comes into view when it is drawn. */
function useGoTo(
  { onSelect }: ValueTreeProps,
  { rows, uncover }: TreeState,
  list: { readonly current: HTMLElement | null },
): (key: string) => void {
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    const key = wanted.current;
    const at = key === null ? 0 : rows.rowOf(key);
    const row = rows.at(at);
    if (key !== null && row !== undefined) {
      wanted.current = null;
      onSelect(row.node);
      revealRow(list.current, at, rowHeightPx, rows.length);
    }
  });
  return (key) => {
    wanted.current = key;
    uncover(key);
  };
}

interface MenuOfRowProps extends ValueTreeProps {
  readonly row: TreeRowData | undefined;
  readonly top: number;
  readonly onClose: () => void;
}

function MenuOfRow({ row, top, onCopy, bytesOf, onClose }: MenuOfRowProps): JSX.Element | null {
  return row === undefined ? null : (
    <NodeMenu
      node={row.node}
      top={top}
      bytes={bytesOf?.(row.node)}
      onCopyValue={() => {
        onCopy(row.node);
      }}
      onClose={onClose}
    />
  );
}

/** The row that the pointer is over; undefined for the key that opens menus. */
function rowUnder(event: MouseEvent, list: HTMLElement | null, id: string): number | undefined {
  const row = event.target instanceof Element ? event.target.closest("[role=treeitem]") : null;
  return row === null || event.target === list ? undefined : Number(row.id.slice(id.length + 1));
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
  readonly onFind: () => void;
  readonly more: ComponentChildren;
}

function TreeTools({ onExpand, onCollapse, onCopy, onFind, more }: TreeToolsProps): JSX.Element {
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
      <button
        type="button"
        class="text-button"
        title="Find in the whole value (Ctrl+F)"
        data-testid="open-find"
        onClick={onFind}
      >
        Find
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

function isFindKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "f";
}
