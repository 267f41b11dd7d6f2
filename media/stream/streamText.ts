// What is said of a stream: its header, its rows, and the summary for screen readers.

import type { StreamRow, StreamStatus } from "../../src/protocol/panelStream.ts";
import { durationText } from "../../src/codec/text/measures.ts";

export function countText(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** "128 items · 41/s · waiting for you (paused)". */
export function statusText(status: StreamStatus, waitedMs: number): string {
  const rate = Math.round(status.perSecond);
  return [
    itemsText(status),
    status.wait === "plugin" && rate > 0 ? `${rate.toLocaleString("en")}/s` : "",
    waitText(status, waitedMs),
    status.offered > 0 ? `${countText(status.offered, "item")} not taken yet` : "",
    keptText(status),
  ]
    .filter(Boolean)
    .join(" · ");
}

function itemsText({ hasInput, hasOutput, received, sent }: StreamStatus): string {
  if (hasInput && hasOutput) {
    return `${countText(received, "item")} received, ${sent.toLocaleString("en")} sent`;
  }
  return hasInput ? `${countText(sent, "item")} sent` : countText(received, "item");
}

function waitText({ wait, isInputFinished }: StreamStatus, waitedMs: number): string {
  switch (wait) {
    case "opening":
      return "opening";
    case "user":
      return "waiting for you (paused)";
    case "plugin":
      return waitedMs < 1000 ? "running" : `waiting for plugin ${durationText(waitedMs)}`;
    case "input":
      return isInputFinished ? "running" : "the plugin waits for your next item";
    case "turn":
      return "waiting for another call in its process";
    case "closing":
      return "closing";
    case "ended":
      return "over";
  }
}

function keptText({ kept, received, sent }: StreamStatus): string {
  const total = received + sent;
  return kept < total ? `kept ${kept.toLocaleString("en")} of ${total.toLocaleString("en")}` : "";
}

export const directionText = { out: "out", in: "in" } as const;

/** `+1.2 ms`, since the row before. */
export function sinceText(row: StreamRow, before: StreamRow | undefined): string {
  return before?.sequence === row.sequence - 1
    ? `+${durationText(Math.max(0, row.atMs - before.atMs))}`
    : "";
}
