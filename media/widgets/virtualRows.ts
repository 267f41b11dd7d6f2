// Which rows of a long list of equally high rows are in view, in whatever scrolls around it: only those are drawn.

import { useLayoutEffect, useState } from "preact/hooks";

const spareRows = 12;

export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Follows scrolling and resizing of everything around `list`. */
export function useRowWindow(
  list: { readonly current: HTMLElement | null },
  rowCount: number,
  rowHeightPx: number,
): RowWindow {
  const [rows, setRows] = useState<RowWindow>({ first: 0, end: Math.min(rowCount, 100) });

  useLayoutEffect(() => {
    const measure = () => {
      const element = list.current;
      if (element === null) {
        return;
      }
      const top = element.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(-top / rowHeightPx) - spareRows);
      const inView = Math.ceil(window.innerHeight / rowHeightPx) + 2 * spareRows;
      const end = Math.min(rowCount, first + inView);
      setRows((before) =>
        before.first === first && before.end === end
          ? before
          : { first: Math.min(first, end), end },
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

  return { first: Math.min(rows.first, rowCount), end: Math.min(rows.end, rowCount) };
}

/** Scrolls so that a row is in view, also one that is not drawn yet. */
export function revealRow(list: HTMLElement | null, row: number, rowHeightPx: number): void {
  if (list !== null) {
    const probe = document.createElement("div");
    probe.className = "row-probe";
    probe.style.top = `${row * rowHeightPx}px`;
    probe.style.height = `${rowHeightPx}px`;
    list.append(probe);
    probe.scrollIntoView({ block: "nearest" });
    probe.remove();
  }
}
