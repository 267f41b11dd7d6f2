// A reply of many bytes, for a runner that leaves such results unread: they are checked as decoding would check them, in pieces, so that
// nothing else in the process waits.

import { statusCodes } from "../../abi/status.ts";
import { longestRead, longResultOf, unreadValue } from "../../codec/long/longResult.ts";
import type { WireForm } from "../../codec/method/wireForm.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import { WorkPieces } from "../process/workPieces.ts";
import type { CallReply } from "../../protocol/host.ts";

/** The result with its value unread; undefined for a reply that is read as others are. */
export async function longResult(
  reply: CallReply,
  plugin: PluginSchema,
  method: PluginMethod,
  form: WireForm,
): Promise<CallResult | undefined> {
  if (
    reply.kind !== "returned" ||
    reply.status !== statusCodes.ok ||
    reply.output.length <= longestRead ||
    form.values !== "bincode" ||
    !form.splitsResults
  ) {
    return undefined;
  }
  const bytes = reply.output;
  const isValue = await isSound(longResultOf(method, plugin.types, bytes)?.measure());
  // What is no value is told by decoding it, with its place.
  return isValue ? { kind: "ok", value: unreadValue, bytes, ranges: [] } : undefined;
}

async function isSound(pieces: Generator<number, boolean> | undefined): Promise<boolean> {
  const work = new WorkPieces();
  for (let piece = pieces?.next(); piece !== undefined; piece = pieces?.next()) {
    if (piece.done === true) {
      return piece.value;
    }
    await work.next();
  }
  return false;
}
