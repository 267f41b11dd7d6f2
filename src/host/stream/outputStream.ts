// A stream that the plugin gives: its handle's `next` is asked for one item at a time, its `drop_fn` runs exactly once
// (reference 3.10). Items are written straight into the frame that takes them to the runner, and are on their way before the
// next one is asked for: after a crash none is missing.

import { performance } from "node:perf_hooks";
import koffi from "koffi";
import { statusCodes } from "../../abi/status.ts";
import type { PullStreamParams, PullStreamReply } from "../../protocol/host.ts";
import { recordHeadSize, writeRecordHead } from "../../protocol/streamRecords.ts";
import type { NotificationWriter } from "../process/frameChannel.ts";
import { readAddresses } from "../native/memory.ts";
import type { NativeMemory } from "../native/memory.ts";
import { functionsOf } from "../native/nativeFunctions.ts";

type NextFunction = (
  handle: bigint,
  buffer: Uint8Array,
  capacity: number,
  outLength: Uint8Array,
) => number;
type DropFunction = (handle: bigint) => void;

const nextOf = functionsOf<NextFunction>(
  koffi.proto("int32_t", ["void *", "void *", "uint32_t", "void *"]),
);
const dropOf = functionsOf<DropFunction>(koffi.proto("void", ["void *"]));

/** `next` @0, `drop_fn` @8, opaque state @16. */
const handleSize = 24;

/** How often an item may say that it does not fit: one that grows at every call never would. */
const mostGrowths = 12;

/** Room for an item at first. */
const firstItemBytes = 16 * 1024;

type PullEnd = Omit<PullStreamReply, "changes" | "items">;

export class OutputStream {
  readonly #handle: bigint;
  readonly #next: NextFunction;
  readonly #drop: DropFunction;
  readonly #openedAt = performance.now();
  readonly #outLength = Buffer.alloc(8).subarray(0, 4);
  #isDropped = false;

  constructor(handle: bigint, next: NextFunction, drop: DropFunction) {
    this.#handle = handle;
    this.#next = next;
    this.#drop = drop;
  }

  /** Asks for items until there is a reason to stop; each goes to `writer` at once. */
  pull(params: PullStreamParams, writer: NotificationWriter): Omit<PullStreamReply, "changes"> {
    const { maxItems, maxBytes, sliceMs, itemLimit } = params;
    const deadline = performance.now() + sliceMs;
    let items = 0;
    let bytes = 0;
    let growths = 0;
    let space = writer.reserve(recordHeadSize + firstItemBytes);
    while (items < maxItems) {
      const status = this.#next(this.#handle, space.item, space.itemCapacity, this.#outLength);
      const length = this.#outLength.readUInt32LE(0);
      if (status === statusCodes.ok) {
        if (length > space.itemCapacity) {
          return { why: "badStatus", items, status, itemBytes: length };
        }
        const now = performance.now();
        writeRecordHead(space.view, 0, now - this.#openedAt, length);
        writer.send(recordHeadSize + length);
        items += 1;
        bytes += length;
        growths = 0;
        if (now >= deadline || bytes >= maxBytes) {
          break;
        }
      } else if (status === statusCodes.bufferTooSmall && growths < mostGrowths) {
        if (length > itemLimit) {
          return { why: "tooLong", items, status, itemBytes: length };
        }
        growths += 1;
        const wanted = Math.min(Math.max(length, space.itemCapacity * 2), itemLimit);
        space = writer.reserve(recordHeadSize + Math.max(wanted, length));
      } else {
        return { ...endOf(status), items };
      }
    }
    return { why: "asked", items, status: statusCodes.ok, itemBytes: 0 };
  }

  /** Lets the plugin drop the stream; only the first time. Plugin code runs. */
  drop(): void {
    if (!this.#isDropped) {
      this.#isDropped = true;
      this.#drop(this.#handle);
    }
  }
}

/** The stream behind a handle; undefined when the handle is none. */
export function openOutputStream(handle: bigint, memory: NativeMemory): OutputStream | undefined {
  if (handle === 0n) {
    return undefined;
  }
  const [next = 0n, drop = 0n] = readAddresses(memory.copy(handle, handleSize));
  if (next === 0n || drop === 0n) {
    return undefined;
  }
  return new OutputStream(handle, nextOf(next), dropOf(drop));
}

function endOf(status: number): PullEnd {
  switch (status) {
    case statusCodes.streamEnd:
      return { why: "ended", status, itemBytes: 0 };
    case statusCodes.panic:
      return { why: "panicked", status, itemBytes: 0 };
    case statusCodes.serializationError:
      return { why: "stuck", status, itemBytes: 0 };
    default:
      return { why: "badStatus", status, itemBytes: 0 };
  }
}
