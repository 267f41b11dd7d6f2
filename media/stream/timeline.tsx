// The items as rows, newest last; only those in view are drawn. It follows the newest row until somebody scrolls up.

import type { JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { unknownInMethod } from "../../src/codec/method/unknownInMethod.ts";
import { usePanel } from "../panelStore.ts";
import type { StreamRow } from "../../src/protocol/panelStream.ts";
import { durationText, sizeText } from "../../src/codec/text/measures.ts";
import { Icon } from "../widgets/icon.tsx";
import { countText, directionText, sinceText } from "./streamText.ts";

const rowHeightPx = 22;
const pageRows = 12;
const spareRows = 8;

export function Timeline(): JSX.Element {
  const { stream } = usePanel();
  const rows = stream.shown.value;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [place, setPlace] = useState({ top: 0, height: 400 });
  const firstSequence = useRef(rows[0]?.sequence ?? 0);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    if (stream.isFollowing.value) {
      element.scrollTop = element.scrollHeight;
    } else {
      // Rows that were dropped above must not move those in view.
      const dropped = rows.findIndex(({ sequence }) => sequence >= firstSequence.current);
      const gone = (rows[0]?.sequence ?? 0) - firstSequence.current;
      element.scrollTop -= Math.max(0, dropped === 0 ? gone : 0) * rowHeightPx;
    }
    firstSequence.current = rows[0]?.sequence ?? 0;
    setPlace({ top: element.scrollTop, height: element.clientHeight });
  }, [rows, stream.isFollowing.value]);

  const first = Math.max(0, Math.floor(place.top / rowHeightPx) - spareRows);
  const end = Math.min(rows.length, first + Math.ceil(place.height / rowHeightPx) + 2 * spareRows);
  useRowTexts(rows.slice(first, end));
  const activeAt = rows.findIndex(({ sequence }) => sequence === stream.active.value);

  const select = (at: number) => {
    const row = rows[Math.max(0, Math.min(at, rows.length - 1))];
    const element = box.current;
    if (row === undefined || element === null) {
      return;
    }
    stream.active.value = row.sequence;
    const top = rows.indexOf(row) * rowHeightPx;
    const bottom = top + rowHeightPx - element.clientHeight;
    element.scrollTop = Math.min(top, Math.max(bottom, element.scrollTop));
  };

  return (
    <div class="timeline-box">
      <div
        class="timeline"
        role="listbox"
        tabIndex={0}
        ref={box}
        aria-label="Items"
        aria-activedescendant={
          activeAt >= first && activeAt < end ? `${id}-${activeAt}` : undefined
        }
        data-testid="timeline"
        onScroll={(event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
          const isAtEnd = scrollTop + clientHeight >= scrollHeight - rowHeightPx;
          if (isAtEnd) {
            stream.follow();
          } else {
            stream.isFollowing.value = false;
          }
          setPlace({ top: scrollTop, height: clientHeight });
        }}
        onKeyDown={(event) => {
          const to = rowAfterKey(event.key, activeAt, rows.length);
          if (to !== undefined) {
            event.preventDefault();
            select(to);
          }
        }}
      >
        <div class="timeline-rows" style={{ height: `${rows.length * rowHeightPx}px` }}>
          {rows.slice(first, end).map((row, offset) => (
            <Row
              key={row.sequence}
              id={`${id}-${first + offset}`}
              row={row}
              before={rows[first + offset - 1]}
              top={(first + offset) * rowHeightPx}
              isActive={row.sequence === stream.active.value}
              onClick={() => {
                select(first + offset);
              }}
            />
          ))}
        </div>
      </div>
      {stream.unseen.value > 0 ? (
        <button
          type="button"
          class="text-button timeline-new"
          data-testid="stream-follow"
          onClick={() => {
            stream.follow();
          }}
        >
          {countText(stream.unseen.value, "new item")}
        </button>
      ) : null}
    </div>
  );
}

/** Sees to it that the rows in view are in the compiler's words, and all others too while a filter looks through them. */
function useRowTexts(inView: readonly StreamRow[]): void {
  const { stream, state, request } = usePanel();
  const open = request.value;
  const isReady = state.value?.bridge?.isReady === true;
  const isFiltered = stream.filter.value.trim() !== "";
  const bridged = useMemo(
    () => (open === null || !isReady ? undefined : unknownInMethod(open.method, open.types)),
    [open?.method, open?.types, isReady],
  );
  useLayoutEffect(() => {
    stream.texts.retry();
  }, [isReady]);
  useEffect(() => {
    if (bridged === undefined) {
      return;
    }
    const isBridged = ({ direction }: StreamRow): boolean =>
      direction === "in" ? bridged.inputItems : bridged.outputItems;
    const wanted = isFiltered ? [...inView, ...stream.rows.value] : inView;
    stream.texts.want(wanted.filter(isBridged).map(({ sequence }) => sequence));
  });
}

function rowAfterKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return at + 1;
    case "ArrowUp":
      return at === -1 ? count - 1 : at - 1;
    case "PageDown":
      return at + pageRows;
    case "PageUp":
      return at - pageRows;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

interface RowProps {
  readonly id: string;
  readonly row: StreamRow;
  readonly before: StreamRow | undefined;
  readonly top: number;
  readonly isActive: boolean;
  readonly onClick: () => void;
}

function Row({ id, row, before, top, isActive, onClick }: RowProps): JSX.Element {
  const { texts } = usePanel().stream;
  const { direction } = row;
  const known = texts.of(row.sequence);
  const problem = known?.problem ?? null;
  const isText = typeof known?.text === "string";
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      class={`timeline-row timeline-${direction} ${isActive ? "timeline-active" : ""}`}
      style={{ top: `${top}px` }}
      data-testid="stream-row"
      onClick={onClick}
    >
      <span class="timeline-index">{row.index.toLocaleString("en")}</span>
      <span class="timeline-direction">
        <Icon name={direction === "out" ? "arrow-left" : "arrow-right"} />
        {directionText[direction]}
      </span>
      <span class="timeline-time">{durationText(row.atMs)}</span>
      <span class="timeline-since">{sinceText(row, before)}</span>
      <span class="timeline-size">{sizeText(row.bytes)}</span>
      <span class={row.isReadable ? "timeline-value" : "timeline-value timeline-unreadable"}>
        {problem === null || isText ? null : <RowProblem problem={problem} />}
        <span class={problem === null || isText ? "" : "timeline-bytes"}>
          {known?.text ?? row.text}
        </span>
        {problem === null || !isText ? null : <RowProblem problem={problem} />}
      </span>
    </div>
  );
}

/** Why a row is bytes stands before them, what its JSON leaves out behind it: the one is news, the other a remark. */
function RowProblem({ problem }: { problem: string }): JSX.Element {
  return (
    <span class="timeline-problem" title={problem}>
      {problem}
    </span>
  );
}
