// Calls of `buffer = Arena` methods: the host gives the memory for the result. One that is too small makes the method run
// again (reference 4.4), so the first is generous, sizes are remembered per slot, and a growing result is followed.

import { hasPayload, statusCodes } from "../abi/status.ts";
import type { NativeCallResult } from "./nativeCallResult.ts";

/** What one run of an arena function wrote. */
export interface ArenaRun {
  readonly status: number;
  readonly offset: number;
  readonly length: number;
}

const firstArenaBytes = 64 * 1024;
const mostRuns = 12;
const empty = new Uint8Array(0);

/** Runs `call` with larger arenas until its result fits; `allocate` gives memory, `sizes` remembers by slot. */
export function callArena(
  call: (arena: Uint8Array) => ArenaRun,
  allocate: (length: number) => Uint8Array,
  sizes: Map<number, number>,
  slot: number,
  outputLimit: number,
): NativeCallResult {
  let capacity = sizes.get(slot) ?? firstArenaBytes;
  for (let runs = 1; runs <= mostRuns; runs += 1) {
    const arena = allocate(capacity);
    const { status, offset, length } = call(arena);
    if (status === statusCodes.bufferTooSmall) {
      if (length > outputLimit) {
        return {
          kind: "refused",
          reason: "outputTooLong",
          message: `The result takes ${String(length)} bytes; the limit is ${String(outputLimit)}. Return less at a time.`,
        };
      }
      capacity = Math.min(Math.max(length, capacity * 2), Math.max(outputLimit, firstArenaBytes));
      continue;
    }
    sizes.set(slot, capacity);
    const outcome = { kind: "returned", status, runs, arenaBytes: capacity } as const;
    if (!hasPayload(status) || length === 0) {
      return { ...outcome, output: empty };
    }
    if (offset + length > capacity) {
      return {
        kind: "refused",
        reason: "badOutput",
        message: `The plugin says its result is ${String(length)} bytes at ${String(offset)}, outside of the ${String(capacity)} bytes it was given. Build it again.`,
      };
    }
    return { ...outcome, output: arena.subarray(offset, offset + length) };
  }
  return {
    kind: "refused",
    reason: "arenaTooSmall",
    message: `The result grew at every one of ${String(mostRuns)} runs, so no arena was large enough. Use \`buffer = PluginAllocated\` for results whose size changes.`,
  };
}
