// The last call of a method as its lens says it. Pure.

import { durationText } from "../../codec/text/measures.ts";
import type { CallSummary } from "../../history/callEntry.ts";
import { isGood } from "../../history/outcomeWords.ts";
import { labelText } from "../../model/text/foreignText.ts";

/** `Last: ok 0.14 ms`; a failure is told by its own words and an icon, because lenses have one colour. */
export function lastCallTitle(entry: Pick<CallSummary, "kind" | "outcome" | "callMs">): string {
  const outcome = labelText(entry.outcome);
  const time = entry.callMs === null ? "" : durationText(entry.callMs);
  return isGood(entry)
    ? `Last: ${[outcome, time].filter(Boolean).join(" ")}`
    : `$(error) Last: ${[outcome, time].filter(Boolean).join(" · ")}`;
}
