// The kept items of a stream as NDJSON: direction, times, size and value of each. The file is there as a whole or as it was
// before: lines are written beside it, in pieces, and take its place at the end.

import { lossyItemNote } from "../../calls/bridgedItems.ts";
import { bytesToHexText } from "../../codec/text/hex.ts";
import { writeWholeFile } from "../../files/wholeFile.ts";
import type { PanelItems } from "../bridge/streamItems.ts";
import type { KeptItem, StreamBuffer } from "./streamBuffer.ts";

/** The outcome of an export: how many items there are in the file, and of how many it has only bytes, or not all. */
export interface WrittenItems {
  readonly count: number;
  readonly problems: number;
  /** Of the first such item. */
  readonly firstProblem: string | null;
}

const pieceLength = 256 * 1024;

/** Writes all that are kept now; null when it was cancelled. */
export async function writeItems(
  file: string,
  stream: StreamBuffer,
  items: PanelItems,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<WrittenItems | null> {
  const written = await writeWholeFile(file, async (output): Promise<WrittenItems | undefined> => {
    const kept = stream.keptItems();
    const bridge = await items.open();
    let problems = 0;
    let firstProblem: string | null = null;
    let piece = "";
    for (const [index, item] of kept.entries()) {
      const { text, problem } =
        bridge !== undefined && items.isBridged(item.direction)
          ? await bridgedText(bridge, stream, item, signal)
          : sourceText(stream, item);
      if (signal.aborted) {
        return undefined;
      }
      if (problem !== null) {
        problems += 1;
        firstProblem ??= problem;
      }
      piece += lineOf(item, text, problem);
      if (piece.length >= pieceLength) {
        await output.write(piece);
        piece = "";
      }
      onProgress(index + 1, kept.length);
    }
    await output.write(piece);
    return { count: kept.length, problems, firstProblem };
  });
  return written ?? null;
}

interface ItemText {
  /** JSON. */
  readonly text: string;
  readonly problem: string | null;
}

async function bridgedText(
  bridge: NonNullable<Awaited<ReturnType<PanelItems["open"]>>>,
  stream: StreamBuffer,
  { direction, bytes }: KeptItem,
  signal: AbortSignal,
): Promise<ItemText> {
  const read = await bridge.read(direction, bytes, signal);
  return read.ok
    ? {
        text: stream.format(direction, { $serde: read.value.text }),
        problem: read.value.isLossless ? null : lossyItemNote,
      }
    : { text: rawText(bytes), problem: read.error };
}

function sourceText(stream: StreamBuffer, item: KeptItem): ItemText {
  const text = stream.textOf(item);
  return text.ok
    ? { text: text.value, problem: null }
    : { text: rawText(item.bytes), problem: text.error };
}

function rawText(bytes: Uint8Array): string {
  return JSON.stringify({ $raw: bytesToHexText(bytes, 0, bytes.length) });
}

function lineOf(
  { direction, index, atMs, bytes }: KeptItem,
  text: string,
  problem: string | null,
): string {
  const time = Math.round(atMs * 1000) / 1000;
  const head = JSON.stringify({ direction, index, atMs: time, bytes: bytes.length }).slice(0, -1);
  const tail = problem === null ? "" : `,"problem":${JSON.stringify(problem)}`;
  return `${head},"value":${text}${tail}}\n`;
}
