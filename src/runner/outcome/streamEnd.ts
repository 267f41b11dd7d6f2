// How a stream ends, in words: from why the host stopped asking, or from what its init function returned.

import { statusCodes } from "../../abi/status.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { CallReply, OpenStreamReply, PullStreamReply } from "../../protocol/host.ts";
import { olderBinary } from "./interpretReply.ts";

/** What has crossed so far. */
export interface StreamCounts {
  readonly received: number;
  readonly sent: number;
  readonly receivedBytes: number;
}

/** The result that the end of pulling is; null when the stream goes on. */
export function describePullEnd(
  reply: PullStreamReply & { readonly why: Exclude<PullStreamReply["why"], "panicked"> },
  request: {
    readonly method: { readonly name: string };
    readonly outputLimit: number;
    readonly isCurrent?: boolean | undefined;
  },
  { received, sent }: StreamCounts,
): CallResult | null {
  const { outputLimit, isCurrent } = request;
  const { name } = request.method;
  const after = `after ${String(received)} ${received === 1 ? "item" : "items"}`;
  switch (reply.why) {
    case "asked":
      return null;
    case "ended":
      return { kind: "streamEnded", received, sent, isComplete: true };
    case "stuck":
      return {
        kind: "wireError",
        message: `${name}: an item could not be serialized (status -2) ${after}. The stream is stuck: Fidius keeps such an item and never goes on to the next one. Its Serialize refuses the value${isCurrent === true ? "" : ", or the plugin is older than its source: build it again"}.`,
      };
    case "tooLong":
      return {
        kind: "wireError",
        message: `${name}: an item takes ${String(reply.itemBytes)} bytes ${after}; the limit is ${String(outputLimit)}. Give less in one item.`,
      };
    case "badStatus":
    case "noStream":
      return {
        kind: "wireError",
        message: `${name} answered with status ${String(reply.status)} ${after}, which no stream answers with.${olderBinary(isCurrent, "build the plugin again.")}`,
      };
  }
}

const empty = new Uint8Array(0);

/** An init function's failure, as a call that returned the same. */
export function asCallReply(
  opened: Exclude<OpenStreamReply, { readonly kind: "opened" }>,
): CallReply {
  return opened.kind === "refused"
    ? opened
    : { ...opened, output: empty, runs: 1, arenaBytes: 0, status: initStatus(opened.status) };
}

/** Init functions know no other failures than -2 and -4 (reference 3.10). */
function initStatus(status: number): number {
  return status === statusCodes.pluginError ? statusCodes.invalidIndex : status;
}
