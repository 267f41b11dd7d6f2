// A stream that the plugin takes: a handle in our memory whose `next` and `drop_fn` are callbacks. The plugin calls `next` in
// the middle of its own method; the item is then asked of the runner over the same pipe, and the plugin waits for it
// (reference 3.10). The handle lives until the plugin drops it, which may be after the method returned.

import koffi from "koffi";
import { statusCodes } from "../abi/status.ts";
import type { NextInputReply } from "../protocol/host.ts";
import type { NativeMemory } from "./memory.ts";

/** Asks the runner for the next item; waits for the answer. */
export type AskForItem = () => NextInputReply;

const nextPrototype = koffi.proto("int32_t", ["void *", "void *", "uint32_t", "void *"]);
const dropPrototype = koffi.proto("void", ["void *"]);
const nextPointer = koffi.pointer(nextPrototype);
const dropPointer = koffi.pointer(dropPrototype);

/** `next` @0, `drop_fn` @8, opaque state @16, of which the plugin reads nothing. */
const handleSize = 24;

export class InputStream {
  /** The handle: its own memory, which does not move. */
  readonly handle = Buffer.allocUnsafeSlow(handleSize).fill(0);
  readonly #memory: NativeMemory;
  readonly #ask: AskForItem;
  readonly #callbacks: bigint[];
  readonly #length = Buffer.alloc(8).subarray(0, 4);
  /** An item that did not fit the plugin's buffer yet. */
  #pending: Uint8Array | null = null;
  #isFinished = false;
  #isDropped = false;

  constructor(memory: NativeMemory, ask: AskForItem) {
    this.#memory = memory;
    this.#ask = ask;
    const next = koffi.register(
      (_handle: unknown, buffer: bigint, capacity: number, outLength: bigint) =>
        this.#next(buffer, capacity, outLength),
      nextPointer,
    );
    const drop = koffi.register(() => {
      this.#isDropped = true;
    }, dropPointer);
    this.#callbacks = [next, drop];
    this.handle.writeBigUInt64LE(next, 0);
    this.handle.writeBigUInt64LE(drop, 8);
  }

  /** The plugin has dropped it. */
  get isDropped(): boolean {
    return this.#isDropped;
  }

  /** Gives the callbacks back; to be called when nothing can call them any more, and never inside of one. */
  release(): void {
    for (const callback of this.#callbacks.splice(0)) {
      koffi.unregister(callback);
    }
  }

  #next(buffer: bigint, capacity: number, outLength: bigint): number {
    if (this.#pending === null) {
      if (this.#isFinished) {
        return statusCodes.streamEnd;
      }
      const reply = this.#ask();
      if (reply.kind === "finished") {
        this.#isFinished = true;
        return statusCodes.streamEnd;
      }
      this.#pending = reply.bytes;
    }
    const item = this.#pending;
    this.#length.writeUInt32LE(item.length, 0);
    this.#memory.write(outLength, this.#length);
    if (item.length > capacity) {
      return statusCodes.bufferTooSmall;
    }
    this.#memory.write(buffer, item);
    this.#pending = null;
    return statusCodes.ok;
  }
}
