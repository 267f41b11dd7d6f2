// The items of a stream as they are remembered with its call: the last ones, as text.

import type { KeptItems } from "../../history/callEntry.ts";
import type { StreamUser } from "../../model/stream.ts";
import { StreamBuffer } from "../panel/streamBuffer.ts";

/** A line of JSON for each; more of them are exported, not remembered. */
const mostCharacters = 256 * 1024;

/** Null for a call without a stream of the panel. */
export function storedItems(stream: StreamUser | undefined): KeptItems | null {
  if (!(stream instanceof StreamBuffer)) {
    return null;
  }
  const kept = stream.keptItems();
  const lines: string[] = [];
  let left = mostCharacters;
  for (const item of [...kept].reverse()) {
    const text = stream.textOf(item);
    const { direction, index, atMs } = item;
    const head = JSON.stringify({ direction, index, atMs: Math.round(atMs * 1000) / 1000 });
    const value = text.ok ? text.value : JSON.stringify({ problem: text.error });
    const line = `${head.slice(0, -1)},"value":${value}}`;
    left -= line.length;
    if (left < 0) {
      break;
    }
    lines.push(line);
  }
  return { lines: lines.reverse(), dropped: kept.length - lines.length };
}
