// Streams that the plugin takes: handles in our memory whose `next` and `drop_fn` are callbacks. The plugin calls `next` in the
// middle of its own method; the item is then asked of the runner over the same pipe, and the plugin waits for it
// (reference 3.10). A handle lives until the plugin drops it, which may be after the method returned.

import koffi from "koffi";
import { statusCodes } from "../../abi/status.ts";
import type { NextInputReply } from "../../protocol/host.ts";
import type { NativeMemory } from "../native/memory.ts";

/** Asks the runner for the next item; waits for the answer. */
export type AskForItem = () => NextInputReply;

const nextPrototype = koffi.proto("int32_t", ["void *", "void *", "uint32_t", "void *"]);
const dropPrototype = koffi.proto("void", ["void *"]);

/** `next` @0, `drop_fn` @8, opaque state @16, of which the plugin reads nothing. */
const handleSize = 24;

/** All streams that plugins have and did not drop yet. They share two callbacks: koffi does not give back all that one takes. */
export class InputStreams {
  readonly #memory: NativeMemory;
  readonly #ask: AskForItem;
  readonly #open = new Map<bigint, InputStream>();
  #callbacks: { readonly next: bigint; readonly drop: bigint } | null = null;

  constructor(memory: NativeMemory, ask: AskForItem) {
    this.#memory = memory;
    this.#ask = ask;
  }

  /** A stream for one call; it stays until the plugin drops it or {@link release}. */
  create(): InputStream {
    this.#callbacks ??= this.#register();
    const handle = Buffer.allocUnsafeSlow(handleSize).fill(0);
    handle.writeBigUInt64LE(this.#callbacks.next, 0);
    handle.writeBigUInt64LE(this.#callbacks.drop, 8);
    const stream = new InputStream(handle, this.#memory, this.#ask);
    this.#open.set(stream.address, stream);
    return stream;
  }

  /** Gives a stream back that the plugin never took (reference 3.7). */
  release(stream: InputStream): void {
    this.#open.delete(stream.address);
  }

  #register(): { readonly next: bigint; readonly drop: bigint } {
    return {
      next: koffi.register(
        (handle: bigint, buffer: bigint, capacity: number, outLength: bigint) =>
          this.#open.get(handle)?.next(buffer, capacity, outLength) ?? statusCodes.streamEnd,
        koffi.pointer(nextPrototype),
      ),
      drop: koffi.register((handle: bigint) => {
        this.#open.delete(handle);
      }, koffi.pointer(dropPrototype)),
    };
  }
}

/** A stream that the plugin takes. */
export class InputStream {
  /** The handle: its own memory, which does not move. */
  readonly handle: Buffer;
  readonly address: bigint;
  readonly #memory: NativeMemory;
  readonly #ask: AskForItem;
  readonly #length = Buffer.alloc(8).subarray(0, 4);
  /** An item that did not fit the plugin's buffer yet. */
  #pending: Uint8Array | null = null;
  #isFinished = false;
  #isAnswered = false;

  constructor(handle: Buffer, memory: NativeMemory, ask: AskForItem) {
    this.handle = handle;
    this.address = koffi.address(handle);
    this.#memory = memory;
    this.#ask = ask;
  }

  /**
   * Does what may ask for items. A plugin that keeps the stream and asks in the middle of another call, or when its own is over,
   * finds the stream at its end: nobody is there to give it anything.
   */
  answering<T>(work: () => T): T {
    this.#isAnswered = true;
    try {
      return work();
    } finally {
      this.#isAnswered = false;
    }
  }

  /** Answers the plugin's `next`. */
  next(buffer: bigint, capacity: number, outLength: bigint): number {
    if (this.#pending === null) {
      if (this.#isFinished || !this.#isAnswered) {
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
