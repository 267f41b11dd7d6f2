// One call of one slot: checks, the native call, the output copied and freed (reference 3.5 to 3.7). Statuses are passed on
// as they are; what they mean to a method is the runner's business. Nothing is allocated per call but the reply.

import { hasPayload } from "../abi/status.ts";
import type { CallRefusal } from "../protocol/host.ts";
import { callArena } from "./arena.ts";
import type { PluginInstance } from "./instance.ts";
import type { NativeMemory } from "./native/memory.ts";
import type { NativeCallResult } from "./nativeCallResult.ts";
import type { AllocatedFunction, ArenaFunction } from "./native/prototypes.ts";
import { findSlot } from "./slots.ts";

/** Longest length that the ABI's u32 can say (R15): koffi would wrap it around silently. */
const longestInput = 0xffff_ffff;

/** Result buffers up to this size are kept and used again. */
const keptBufferBytes = 64 * 1024 * 1024;

const empty = new Uint8Array(0);

/** A slot made ready for calls: resolving addresses once is most of what a call would cost otherwise. */
export type SlotFunction = (input: Uint8Array, outputLimit: number) => NativeCallResult;

/** Makes the functions that call an instance's slots. */
export class SlotCaller {
  readonly #memory: NativeMemory;
  /** Out pointer (8 bytes) and out length (4). */
  readonly #out = Buffer.alloc(16);
  readonly #outPointer = this.#out.subarray(0, 8);
  readonly #outLength = this.#out.subarray(8, 12);
  /** Given for an empty input: a non-null address of which nothing is read. */
  readonly #nonEmpty = Buffer.alloc(1);
  #kept: Uint8Array = Buffer.allocUnsafeSlow(64 * 1024);

  constructor(memory: NativeMemory) {
    this.#memory = memory;
  }

  /** The function for a slot, or why there is none. */
  prepare(instance: PluginInstance, slot: number): SlotFunction {
    const found = findSlot(instance, slot);
    if (!found.ok) {
      return () => refused("noSlot", found.error);
    }
    const address = found.value;
    return instance.plugin.descriptor.bufferStrategy === "Arena"
      ? this.#prepareArena(instance, slot, instance.functions.arena(address))
      : this.prepareAllocated(instance, instance.functions.allocated(address));
  }

  /** The function for a native function that allocates its output, whatever else it takes. */
  prepareAllocated(instance: PluginInstance, call: AllocatedFunction): SlotFunction {
    const out = this.#out;
    return (input, outputLimit) => {
      if (input.length > longestInput) {
        return inputTooLong();
      }
      out.fill(0);
      const status = call(
        instance.address,
        input.length === 0 ? this.#nonEmpty : input,
        input.length,
        this.#outPointer,
        this.#outLength,
      );
      if (!hasPayload(status)) {
        return { kind: "returned", status, output: empty, runs: 1, arenaBytes: 0 };
      }
      const length = out.readUInt32LE(8);
      if (length === 0) {
        // The pointer of an empty output dangles (reference 3.6): nothing to read, nothing to free.
        return { kind: "returned", status, output: empty, runs: 1, arenaBytes: 0 };
      }
      return this.#takeOutput(instance, status, out.readBigUInt64LE(0), length, outputLimit);
    };
  }

  #takeOutput(
    instance: PluginInstance,
    status: number,
    address: bigint,
    length: number,
    outputLimit: number,
  ): NativeCallResult {
    if (address === 0n) {
      return refused(
        "badOutput",
        `The plugin returned a null pointer as ${String(length)} bytes of result. Its vtable does not fit the method: build it again.`,
      );
    }
    if (length > outputLimit) {
      if (length < longestInput / 2) {
        instance.free?.(address, length);
      }
      return refused(
        "outputTooLong",
        `The result takes ${String(length)} bytes; the limit is ${String(outputLimit)}. Return less at a time.`,
      );
    }
    const target = this.#tryBuffer(length);
    if (target === null) {
      instance.free?.(address, length);
      return refused(
        "outputTooLong",
        `There is no memory left to copy the ${String(length)} bytes of the result. Return less at a time, or raise fidius.host.memoryLimit.`,
      );
    }
    this.#memory.copyInto(target, address, length);
    instance.free?.(address, length);
    return { kind: "returned", status, output: target.subarray(0, length), runs: 1, arenaBytes: 0 };
  }

  #prepareArena(instance: PluginInstance, slot: number, call: ArenaFunction): SlotFunction {
    return (input, outputLimit) => {
      if (input.length > longestInput) {
        return inputTooLong();
      }
      const bytes = input.length === 0 ? this.#nonEmpty : input;
      return callArena(
        (arena) => {
          this.#out.fill(0);
          const status = call(
            instance.address,
            bytes,
            input.length,
            arena,
            arena.length,
            this.#outPointer,
            this.#outLength,
          );
          const [offset, length] = [this.#out.readUInt32LE(0), this.#out.readUInt32LE(8)];
          return { status, offset, length };
        },
        (length) => this.#buffer(length).subarray(0, length),
        instance.arenaBytes,
        slot,
        outputLimit,
      );
    };
  }

  #tryBuffer(length: number): Uint8Array | null {
    try {
      return this.#buffer(length);
    } catch {
      return null;
    }
  }

  /** A buffer of at least `length` bytes: the kept one, which grows, or a new one for a very large result. */
  #buffer(length: number): Uint8Array {
    if (length <= this.#kept.length) {
      return this.#kept;
    }
    if (length > keptBufferBytes) {
      return Buffer.allocUnsafeSlow(length);
    }
    this.#kept = Buffer.allocUnsafeSlow(Math.min(keptBufferBytes, length * 2));
    return this.#kept;
  }
}

function refused(reason: CallRefusal, message: string): NativeCallResult {
  return { kind: "refused", reason, message };
}

function inputTooLong(): NativeCallResult {
  return refused("badOutput", "The arguments take more than 4 GiB, the most that Fidius can pass.");
}
