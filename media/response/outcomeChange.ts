// Whether a call gave something else than the call before it.

import { isUnread } from "../../src/codec/long/longResult.ts";
import type { CallResult } from "../../src/model/outcome.ts";

export type OutcomeChange = "same" | "changed";

/** Larger results are not compared: nobody waits for that. */
const maximumBytes = 4 * 1024 * 1024;

/** Null where one of them says nothing about the method: a build that failed, a call that was cancelled. */
export function outcomeChange(before: CallResult, now: CallResult): OutcomeChange | null {
  const [left, right] = [answerOf(before), answerOf(now)];
  if (left === undefined || right === undefined) {
    return null;
  }
  if (left.kind !== right.kind || left.text !== right.text) {
    return "changed";
  }
  const { length } = left.bytes;
  if (length !== right.bytes.length) {
    return "changed";
  }
  if (length > maximumBytes) {
    return null;
  }
  return left.bytes.every((byte, index) => byte === right.bytes[index]) ? "same" : "changed";
}

interface Answer {
  readonly kind: string;
  readonly text: string;
  readonly bytes: Uint8Array;
}

const none = new Uint8Array();

function answerOf(result: CallResult): Answer | undefined {
  const { kind } = result;
  if (kind === "ok" && !isUnread(result.value)) {
    return { kind, text: "", bytes: result.bytes };
  }
  if (kind === "pluginError") {
    return { kind, text: JSON.stringify(result.error ?? null), bytes: none };
  }
  return kind === "panic" || kind === "crashed" ? { kind, text: "", bytes: none } : undefined;
}
