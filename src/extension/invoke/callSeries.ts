// Several calls of a method, one after the other, with other arguments each: the outcome of each, for a table. One that crashes leaves
// the others to a new process.

import { formatArguments } from "../../codec/json/formatJson.ts";
import { previewOf } from "../../history/callEntry.ts";
import { isGood, outcomeWords } from "../../history/outcomeWords.ts";
import { valueTextOf } from "../../history/valueText.ts";
import type { CallOutcome, SeriesCall } from "../../model/outcome.ts";
import type { JsonObject } from "../../model/value/value.ts";
import type { WorkspaceHistory } from "../history/workspaceHistory.ts";
import type { FoundMethod } from "../panel/panelState.ts";

/** Longer results are listed without a preview. */
const largestPreviewed = 64 * 1024;

interface SeriesPorts {
  readonly call: (values: JsonObject, done: number) => Promise<CallOutcome>;
  readonly history: WorkspaceHistory;
  readonly signal: AbortSignal;
}

/** Undefined without arguments to call with. */
export async function callSeries(
  found: FoundMethod,
  sets: readonly JsonObject[],
  { call, history, signal }: SeriesPorts,
): Promise<CallOutcome | undefined> {
  const series: SeriesCall[] = [];
  let shown: CallOutcome | undefined;
  for (const [done, values] of sets.entries()) {
    const outcome = await call(values, done);
    const id = history.stored(outcome, 0).call?.id ?? null;
    series.push(seriesCall(found, values, outcome, id));
    shown = shown === undefined || isGood(shown.result) ? outcome : shown;
    if (signal.aborted) {
      break;
    }
  }
  if (shown === undefined) {
    return undefined;
  }
  const whole = { ...shown, series };
  history.share(shown, whole);
  return whole;
}

function seriesCall(
  { plugin, method }: FoundMethod,
  values: JsonObject,
  { result, measurements }: CallOutcome,
  id: string | null,
): SeriesCall {
  const isShort = (measurements.outputBytes ?? 0) <= largestPreviewed;
  const text = isShort ? valueTextOf(result, { method, types: plugin.types }) : undefined;
  return {
    arguments: previewOf(formatArguments(method, plugin.types, values, 0)),
    kind: result.kind,
    outcome: outcomeWords(result),
    result: previewOf(text ?? ""),
    callMs: measurements.callMs ?? null,
    id,
  };
}
