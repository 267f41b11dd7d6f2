// The result's bytes, 16 a row with their ASCII, 8 where 16 do not fit; the part selected in the tree is marked here, and a click on a byte
// selects the smallest part that it belongs to. Only the rows in view are drawn.

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ByteRange } from "../../src/model/outcome.ts";
import { usePanel } from "../panelStore.ts";
import { pointerLabel } from "../values/pointer.ts";
import type { BytePlaces } from "./bytePlaces.ts";
import { listHeightPx, revealRow, useRowWindow } from "../widgets/virtualRows.ts";
import { sizeText } from "../../src/codec/text/measures.ts";

const rowHeightPx = 20;
/** What responseDetails.css puts around and between the characters of a row. */
const gapPx = { column: 12, half: 8, byte: 6 };

interface HexViewProps {
  readonly bytes: Uint8Array;
  readonly places: BytePlaces;
  /** All bytes there were, when only the first ones are here. */
  readonly totalBytes: number;
  /** Marks one place, such as where decoding stopped. */
  readonly markedOffset?: number | undefined;
}

export function HexView({ bytes, places, totalBytes, markedOffset }: HexViewProps): JSX.Element {
  const { selectedPointer } = usePanel();
  const list = useRef<HTMLDivElement>(null);
  const columns = useColumns(list);
  const rowCount = Math.ceil(bytes.length / columns);
  const { first, end, topOf } = useRowWindow(list, rowCount, rowHeightPx);
  const selected = places.around(selectedPointer.value);
  const start = selected?.start ?? 0;
  useEffect(() => {
    if (start >= columns) {
      revealRow(list.current, Math.floor(start / columns), rowHeightPx, rowCount);
    }
  }, [start, columns]);

  if (bytes.length === 0) {
    return <p class="empty-note">No bytes: the value takes none on the wire.</p>;
  }
  return (
    <div class="hex-box">
      <p class="hint hex-caption" data-testid="hex-caption">
        {selected === undefined
          ? "Little endian. Click a byte to see which part it belongs to."
          : caption(selected)}
        {totalBytes > bytes.length
          ? ` The first ${sizeText(bytes.length)} of ${sizeText(totalBytes)}.`
          : ""}
      </p>
      <div
        class="hex"
        ref={list}
        tabIndex={0}
        role="img"
        aria-label={`${bytes.length} bytes in hexadecimal`}
        data-testid="hex"
        style={{ height: `${listHeightPx(rowCount, rowHeightPx)}px`, "--hex-columns": columns }}
        onClick={(event) => {
          const cell = event.target instanceof Element ? event.target.closest("[data-at]") : null;
          const at = Number(cell?.getAttribute("data-at") ?? "-1");
          const hit = at < 0 ? undefined : places.at(at);
          if (hit !== undefined) {
            selectedPointer.value = hit.pointer;
          }
        }}
      >
        {Array.from({ length: end - first }, (_, at) => (
          <HexRow
            key={first + at}
            bytes={bytes}
            row={first + at}
            top={topOf(first + at)}
            columns={columns}
            start={selected?.start ?? -1}
            end={selected?.end ?? -1}
            marked={markedOffset ?? -1}
          />
        ))}
      </div>
    </div>
  );
}

/** How many bytes of a row fit beside their ASCII. */
function useColumns(list: { readonly current: HTMLElement | null }): number {
  const [columns, setColumns] = useState(16);
  useLayoutEffect(() => {
    const element = list.current;
    const box = element?.parentElement ?? null;
    if (element === null || box === null) {
      return undefined;
    }
    const measure = () => {
      const offset = element.querySelector(".hex-offset")?.getBoundingClientRect().width ?? 0;
      const character = offset / 8;
      const gaps = 2 * gapPx.column + gapPx.half + 16 * gapPx.byte;
      setColumns(offset + 16 * 3 * character + gaps <= box.clientWidth ? 16 : 8);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, [list]);
  return columns;
}

function caption(range: ByteRange): string {
  const size = range.end - range.start;
  const name = range.pointer === "" ? "Whole value" : pointerLabel(range.pointer);
  return size === 0
    ? `${name}: no bytes, at offset ${range.start}.`
    : `${name}: ${size} ${size === 1 ? "byte" : "bytes"} from offset ${range.start}.`;
}

interface HexRowProps {
  readonly bytes: Uint8Array;
  readonly row: number;
  readonly top: number;
  readonly columns: number;
  readonly start: number;
  readonly end: number;
  readonly marked: number;
}

function HexRow({ bytes, row, top, columns, start, end, marked }: HexRowProps): JSX.Element {
  const offset = row * columns;
  const part = [...bytes.subarray(offset, offset + columns)];
  const cellClass = (at: number) =>
    `${at >= start && at < end ? "hex-selected" : ""} ${at === marked ? "hex-marked" : ""}`;
  return (
    <div class="hex-row" style={{ top: `${top}px` }}>
      <span class="hex-offset">{offset.toString(16).padStart(8, "0")}</span>
      <span class="hex-bytes">
        {part.map((byte, at) => (
          <span key={at} class={cellClass(offset + at)} data-at={offset + at}>
            {byte.toString(16).padStart(2, "0")}
          </span>
        ))}
      </span>
      <span class="hex-ascii">
        {part.map((byte, at) => (
          <span key={at} class={cellClass(offset + at)} data-at={offset + at}>
            {byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·"}
          </span>
        ))}
      </span>
    </div>
  );
}
