// What has to go when there is too much: first results, then calls, the oldest first. What is pinned stays.

import type { CallSummary } from "./callEntry.ts";

export interface HistoryLimits {
  readonly entries: number;
  readonly bytes: number;
}

export interface Excess {
  /** Ids of entries whose results go. */
  readonly results: readonly string[];
  /** Ids of entries that go as a whole. */
  readonly entries: readonly string[];
}

/** `entries`: oldest first. */
export function excessOf(entries: readonly CallSummary[], limits: HistoryLimits): Excess {
  const loose = entries.filter(({ isPinned }) => !isPinned);
  const gone = new Set(loose.slice(0, Math.max(0, entries.length - limits.entries)));
  let bytes = 0;
  for (const entry of entries) {
    bytes += gone.has(entry) ? 0 : entry.detailBytes + entry.resultBytes;
  }
  const results: string[] = [];
  for (const entry of loose) {
    if (bytes <= limits.bytes) {
      break;
    }
    if (!gone.has(entry) && entry.resultBytes > 0) {
      bytes -= entry.resultBytes;
      results.push(entry.id);
    }
  }
  for (const entry of loose) {
    if (bytes <= limits.bytes) {
      break;
    }
    if (!gone.has(entry)) {
      bytes -= entry.detailBytes;
      gone.add(entry);
    }
  }
  const entriesGone = new Set([...gone].map(({ id }) => id));
  return { results: results.filter((id) => !entriesGone.has(id)), entries: [...entriesGone] };
}
