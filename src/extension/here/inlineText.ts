// The outcome of a call in a line behind the method's name. Pure.

import { durationText } from "../../codec/text/measures.ts";
import { isGood, outcomeWords } from "../../history/outcomeWords.ts";
import { valueTextOf, type ResultTypes } from "../../history/valueText.ts";
import { oneLine } from "../../model/text/foreignText.ts";
import { shortText } from "../../model/text/shortText.ts";
import type { CallOutcome, CallResult } from "../../model/outcome.ts";
import { buildFailureMessage } from "../platform/messages.ts";

const longestLine = 120;
/** Making the text of a larger value would be felt. */
const largestShown = 256 * 1024;

export interface InlineText {
  /** `⇒ 42 · 0.14 ms`, `✗ panicked: no such unit`. */
  readonly line: string;
  /** The same for the status bar, with no value: `ok 0.14 ms`. */
  readonly short: string;
  readonly isGood: boolean;
}

/** `before`: the value that the same call gave last, when it is another one now. */
export function inlineText(
  { result, measurements }: CallOutcome,
  typed: ResultTypes,
  packageName: string,
  before?: string,
): InlineText {
  const time = measurements.callMs === undefined ? "" : durationText(measurements.callMs);
  const isFine = isGood(result);
  const isShort = (measurements.outputBytes ?? 0) <= largestShown;
  const words = outcomeWords(result);
  const value = isFine && isShort ? valueTextOf(result, typed) : undefined;
  const reason = isFine ? undefined : reasonOf(result, packageName);
  const told = value ?? (reason === undefined ? words : `${words}: ${reason}`);
  const was = before === undefined ? "" : ` (was ${shortText(oneLine(before), 40)})`;
  return {
    line: [`${isFine ? "⇒" : "✗"} ${shortText(oneLine(told), longestLine)}${was}`, time]
      .filter(Boolean)
      .join(" · "),
    short: [oneLine(words), time].filter(Boolean).join(isFine ? " " : " · "),
    isGood: isFine,
  };
}

/** What a failure says beside its kind. */
function reasonOf(result: CallResult, packageName: string): string | undefined {
  switch (result.kind) {
    case "pluginError":
      return result.error?.message ?? JSON.stringify(result.value);
    case "panic":
      return result.panic.message;
    case "crashed":
      return result.death.message;
    case "buildFailed":
      return buildFailureMessage(packageName, result.failure);
    case "loadFailed":
      return result.failure.message;
    case "invalidArguments":
    case "invalidConfiguration":
    case "invalidHostFunctions":
      return result.problems[0]?.message;
    case "wireError":
    case "notImplemented":
    case "unsupported":
    case "busy":
      return result.message;
    case "cancelled":
    case "instanceBuilt":
    case "interfaceChanged":
    case "ok":
    case "streamEnded":
    case "timedOut":
      return undefined;
  }
}
