// The outcome of a call in a few words, for lists and lenses.

import { oneLine } from "../model/text/foreignText.ts";
import type { CallResult } from "../model/outcome.ts";
import { assertNever } from "../model/result.ts";
import { durationText } from "../codec/text/measures.ts";

export function outcomeWords(result: CallResult): string {
  switch (result.kind) {
    case "ok":
      return "ok";
    case "streamEnded": {
      const items = result.received === 1 ? "1 item" : `${result.received} items`;
      return `${result.isComplete ? "ended" : "dropped"} after ${items}`;
    }
    case "pluginError":
      return result.error === undefined ? "Err" : `PluginError ${oneLine(result.error.code)}`;
    case "panic":
      return "panicked";
    case "crashed":
      return result.death.signal === null ? "crashed" : `crashed: ${result.death.signal}`;
    case "timedOut":
      return `no result after ${durationText(result.afterMs)}`;
    case "cancelled":
      return "cancelled";
    case "loadFailed":
      return "not loaded";
    case "interfaceChanged":
      return "interface changed";
    case "wireError":
      return "result not decoded";
    case "notImplemented":
      return "not implemented";
    case "buildFailed":
      return "build failed";
    case "instanceBuilt":
      return "instance built";
    case "invalidArguments":
    case "invalidConfiguration":
    case "invalidHostFunctions":
    case "unsupported":
    case "busy":
      return "not invoked";
    default:
      return assertNever(result);
  }
}

/** Whether the outcome is what a caller hopes for; another one is shown as a failure. */
export function isGood({ kind }: Pick<CallResult, "kind">): boolean {
  return kind === "ok" || kind === "streamEnded";
}
