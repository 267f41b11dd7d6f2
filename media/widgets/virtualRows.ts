// Which rows of a long list of equally high rows are in view, in whatever scrolls around it: only those are drawn. Browsers draw nothing
// below some million pixels: a list that would be higher is as high as they draw, and its rows go by faster than it is scrolled.

import { useLayoutEffect, useState } from "preact/hooks";

const spareRows = 12;
const highestPx = 16_000_000;

export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Where a row in the window stands. */
  readonly topOf: (row: number) => number;
}

/** How high a list is drawn. */
export function listHeightPx(rowCount: number, rowHeightPx: number): number {
  return Math.min(rowCount * rowHeightPx, highestPx);
}

/** Where rows stand now: the row at the top of the view, and how far rows are moved from where a list of any height had them. */
interface RowPlaces {
  readonly topRow: number;
  readonly shiftPx: number;
}

function placesIn(list: HTMLElement, rowCount: number, rowHeightPx: number): RowPlaces {
  const { top } = list.getBoundingClientRect();
  const wholePx = rowCount * rowHeightPx;
  if (wholePx <= highestPx) {
    return { topRow: -top / rowHeightPx, shiftPx: 0 };
  }
  const abovePx = Math.max(0, -top);
  const belowPx = highestPx + top - window.innerHeight;
  if (belowPx <= 0) {
    const shiftPx = highestPx - wholePx;
    return { topRow: (abovePx - shiftPx) / rowHeightPx, shiftPx };
  }
  const topRow = (abovePx / (abovePx + belowPx)) * lastTopRow(rowCount, rowHeightPx);
  return { topRow, shiftPx: abovePx - topRow * rowHeightPx };
}

/** The row at the top when the last one is at the bottom. */
function lastTopRow(rowCount: number, rowHeightPx: number): number {
  return rowCount - window.innerHeight / rowHeightPx;
}

interface Measured {
  readonly first: number;
  readonly end: number;
  readonly shiftPx: number;
}

/** Follows scrolling and resizing of everything around `list`. */
export function useRowWindow(
  list: { readonly current: HTMLElement | null },
  rowCount: number,
  rowHeightPx: number,
): RowWindow {
  const [rows, setRows] = useState<Measured>({
    first: 0,
    end: Math.min(rowCount, 100),
    shiftPx: 0,
  });

  useLayoutEffect(() => {
    const measure = () => {
      const element = list.current;
      if (element === null) {
        return;
      }
      const { topRow, shiftPx } = placesIn(element, rowCount, rowHeightPx);
      const first = Math.max(0, Math.floor(topRow) - spareRows);
      const inView = Math.ceil(window.innerHeight / rowHeightPx) + 2 * spareRows;
      const end = Math.min(rowCount, first + inView);
      setRows((before) =>
        before.first === first && before.end === end && before.shiftPx === shiftPx
          ? before
          : { first: Math.min(first, end), end, shiftPx },
      );
    };
    measure();
    document.addEventListener("scroll", measure, { capture: true, passive: true });
    window.addEventListener("resize", measure);
    return () => {
      document.removeEventListener("scroll", measure, { capture: true });
      window.removeEventListener("resize", measure);
    };
  }, [rowCount, rowHeightPx]);

  return {
    first: Math.min(rows.first, rowCount),
    end: Math.min(rows.end, rowCount),
    topOf: (row) => row * rowHeightPx + rows.shiftPx,
  };
}

/** Scrolls so that a row is in view, also one that is not drawn yet. */
export function revealRow(
  list: HTMLElement | null,
  row: number,
  rowHeightPx: number,
  rowCount: number,
): void {
  if (list === null) {
    return;
  }
  if (rowCount * rowHeightPx > highestPx) {
    revealFast(list, row, rowHeightPx, rowCount);
    return;
  }
  const probe = document.createElement("div");
  probe.className = "row-probe";
  probe.style.top = `${row * rowHeightPx}px`;
  probe.style.height = `${rowHeightPx}px`;
  list.append(probe);
  probe.scrollIntoView({ block: "nearest" });
  probe.remove();
}

/** In a list whose rows go by faster than it is scrolled. */
function revealFast(list: HTMLElement, row: number, rowHeightPx: number, rowCount: number): void {
  const { topRow } = placesIn(list, rowCount, rowHeightPx);
  const rowsInView = window.innerHeight / rowHeightPx;
  const margin = rowsInView / 3;
  if (row > topRow + margin && row < topRow + rowsInView - margin) {
    return;
  }
  const share = Math.max(0, row - rowsInView / 2) / lastTopRow(rowCount, rowHeightPx);
  const wantedPx = Math.min(1, share) * (highestPx - window.innerHeight);
  const scrolled = scrollParent(list);
  scrolled.scrollTop += wantedPx + list.getBoundingClientRect().top;
}

function scrollParent(element: HTMLElement): Element {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === "auto" || overflowY === "scroll") && at.scrollHeight > at.clientHeight) {
      return at;
    }
  }
  return document.documentElement;
}
