// A remembered call as a line of the History view. Pure.

import { durationText } from "../../codec/text/measures.ts";
import { manyLines, oneLine } from "../../model/text/foreignText.ts";
import type { CallSummary } from "../../history/callEntry.ts";
import type { CallResultKind } from "../../model/outcome.ts";
import { isGood } from "../../history/outcomeWords.ts";

export interface CallItem {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Codicon, and the colour of it. */
  readonly icon: string;
  readonly color: string | undefined;
}

/** `ok · 0.14 ms`, as lists and lenses say it. */
function outcomeText({ outcome, callMs }: Pick<CallSummary, "outcome" | "callMs">): string {
  return callMs === null ? outcome : `${outcome} · ${durationText(callMs)}`;
}

export function callItem(entry: CallSummary, nowMs: number, isWatched = false): CallItem {
  const title = `${entry.interfaceName}::${entry.method}`;
  const when = whenText(entry.atMs, nowMs);
  const about = outcomeText(entry);
  const isFine = isGood(entry);
  return {
    label: oneLine(entry.name ?? title),
    description: oneLine([...(entry.name === null ? [] : [title]), about, when].join(" · ")),
    tooltip: manyLines(
      [
        `${title} of ${entry.pluginName}, ${new Date(entry.atMs).toLocaleString()}`,
        `${about}, profile ${entry.profile}`,
        entry.argumentsPreview,
        ...(entry.resultPreview === "" ? [] : [`→ ${entry.resultPreview}`]),
        ...(entry.resultBytes === 0 ? ["The result is not kept any more."] : []),
      ].join("\n\n"),
    ),
    spoken: oneLine(
      [
        ...(isWatched ? ["watched"] : entry.isPinned ? ["pinned"] : []),
        ...(entry.name === null ? [] : [entry.name]),
        title,
        about,
        when,
      ].join(", "),
    ),
    icon: isWatched ? "eye" : entry.isPinned ? "pinned" : iconOf(entry, isFine),
    color: isFine ? undefined : "list.errorForeground",
  };
}

const icons: Partial<Record<CallResultKind, string>> = {
  crashed: "zap",
  panic: "flame",
  timedOut: "watch",
  cancelled: "circle-slash",
};

function iconOf({ kind }: CallSummary, isFine: boolean): string {
  return isFine ? "pass" : (icons[kind] ?? "error");
}

/** The time of a call of today; the day, too, of an older one. */
function whenText(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return at.toDateString() === new Date(nowMs).toDateString()
    ? time
    : `${at.toLocaleDateString([], { month: "short", day: "numeric" })} ${time}`;
}
