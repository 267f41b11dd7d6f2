// The function that a plugin calls (reference 3.11): one for each interface, a callback of koffi that belongs to this thread.
// koffi runs it here for callers on any thread, and lets the caller wait. It never throws.

import { performance } from "node:perf_hooks";
import koffi from "koffi";
import { statusCodes } from "../abi/status.ts";
import type { NativeMemory } from "../host/native/memory.ts";
import { encodePanic } from "./answers.ts";
import type { Answer } from "./answers.ts";
import type { AnsweredFunction } from "./prepareAnswers.ts";
import type { RecordWriter } from "./recordWriter.ts";

/** C's memory, in which answers lie until the plugin gives them back to `free`. */
export interface Allocator {
  allocate(length: number): bigint;
  /** Address of `free`. */
  readonly freeAddress: bigint;
}

const dispatchType = koffi.pointer(
  koffi.proto("int32_t", ["void *", "uint32_t", "void *", "uint32_t", "void *", "void *"]),
);

/** Takes koffi's allocator of the process: the same library that has `free`. */
export function openAllocator(): Allocator {
  const libc = koffi.load(process.platform === "win32" ? "msvcrt.dll" : null);
  const malloc = libc.func("malloc", "void *", ["size_t"]) as (length: number) => bigint | null;
  return {
    allocate: (length) => {
      const address = malloc(Math.max(length, 1));
      if (address === null || address === 0n) {
        throw new RangeError(`there is no memory for an answer of ${String(length)} bytes`);
      }
      return address;
    },
    // `void free(void *)` in the place of `void (u8 *, usize)`: every C convention lets a callee ignore the rest.
    freeAddress: libc.symbol("free") as bigint,
  };
}

/** One bound interface; what answers its functions may change at any time. */
export class Dispatcher {
  readonly #interfaceName: string;
  readonly #memory: NativeMemory;
  readonly #allocator: Allocator;
  readonly #records: RecordWriter;
  readonly #out = Buffer.alloc(16);
  /** Where an empty answer points: nobody reads or frees it. */
  readonly #nothing: bigint;
  #functions: readonly AnsweredFunction[] = [];
  /** Address of the callback; it lives as long as the process. */
  readonly address: bigint;

  constructor(
    interfaceName: string,
    memory: NativeMemory,
    allocator: Allocator,
    records: RecordWriter,
  ) {
    this.#interfaceName = interfaceName;
    this.#memory = memory;
    this.#allocator = allocator;
    this.#records = records;
    this.#nothing = allocator.allocate(1);
    this.address = koffi.register(
      (
        _context: unknown,
        index: number,
        input: bigint,
        inputLength: number,
        outPointer: bigint,
        outLength: bigint,
      ) => this.#dispatch(index, input, inputLength, outPointer, outLength),
      dispatchType,
    );
  }

  setFunctions(functions: readonly AnsweredFunction[]): void {
    this.#functions = functions;
  }

  #dispatch(
    index: number,
    input: bigint,
    inputLength: number,
    outPointer: bigint,
    outLength: bigint,
  ): number {
    try {
      const bytes = this.#memory.copy(input, inputLength);
      const answer = this.#answer(index, bytes);
      this.#give(answer.bytes, outPointer, outLength);
      return answer.status;
    } catch {
      // An answer that could not be given.
      return statusCodes.serializationError;
    }
  }

  #answer(index: number, input: Uint8Array): Answer {
    const called = this.#functions[index];
    const name = called?.name ?? `function ${String(index)}`;
    const order = this.#records.called(this.#interfaceName, name, input);
    const start = performance.now();
    const answer = called === undefined ? invalidIndex(index) : attempt(called, input);
    this.#records.answered(order, performance.now() - start, answer);
    return answer;
  }

  #give(bytes: Uint8Array, outPointer: bigint, outLength: bigint): void {
    let address = this.#nothing;
    if (bytes.length > 0) {
      address = this.#allocator.allocate(bytes.length);
      this.#memory.write(address, bytes);
    }
    this.#out.writeBigUInt64LE(address, 0);
    this.#out.writeUInt32LE(bytes.length, 8);
    this.#memory.write(outPointer, this.#out.subarray(0, 8));
    this.#memory.write(outLength, this.#out.subarray(8, 12));
  }
}

function invalidIndex(index: number): Answer {
  return {
    status: statusCodes.invalidIndex,
    bytes: new Uint8Array(0),
    problem: `The interface has no function number ${String(index)}.`,
  };
}

function attempt(called: AnsweredFunction, input: Uint8Array): Answer {
  try {
    return called.answer(input);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return encodePanic(`${called.name} could not be answered: ${message}`);
  }
}
