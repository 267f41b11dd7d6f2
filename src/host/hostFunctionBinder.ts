// Binds host interfaces: starts the thread that answers when it is first needed, hands it the instructions, and gives the
// library the table whose functions lead to that thread (reference 3.11). Binding happens once in the life of a process; what
// answers may change later. This thread waits for the other with its event loop standing still, as it does in a call.

import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import koffi from "koffi";
import { bindOk, encodeHostFunctionTable } from "../abi/hostFunctionTable.ts";
import type { BindParams, BindReply } from "../protocol/host.ts";
import type { HostImport } from "./hostImports.ts";
import type { NativeMemory } from "./native/memory.ts";

/** What the thread hands back; its other end is src/hostFunctions/thread.ts. */
interface PreparedInterface {
  readonly dispatch: bigint;
  readonly freeBuffer: bigint;
  readonly problems: readonly string[];
}

/** Beside host.cjs. */
const threadFile = "hostFunctions.cjs";

/** Longest time that a module of the user's may take to load. */
const prepareMs = 10_000;

const bindPrototype = koffi.proto("int32_t", ["void *"]);

export class HostFunctionBinder {
  readonly #memory: NativeMemory;
  readonly #recordDescriptor: number;
  readonly #bound = new Set<HostImport>();
  #thread: AnsweringThread | null = null;

  constructor(memory: NativeMemory, recordDescriptor: number) {
    this.#memory = memory;
    this.#recordDescriptor = recordDescriptor;
  }

  /** Gives the library functions for an import, or new answers for those that it has. */
  bind(wanted: HostImport, { functionCount, instructions }: BindParams): BindReply {
    this.#thread ??= new AnsweringThread(this.#recordDescriptor);
    const prepared = this.#thread.prepare(instructions);
    if (prepared.problems.length > 0) {
      return { status: null, problems: prepared.problems };
    }
    if (this.#bound.has(wanted)) {
      return { status: bindOk, problems: [] };
    }
    const status = this.#bindTable(wanted, functionCount, prepared);
    if (status === bindOk) {
      this.#bound.add(wanted);
    }
    return { status, problems: [] };
  }

  #bindTable(wanted: HostImport, functionCount: number, prepared: PreparedInterface): number {
    const { descriptor } = wanted;
    const table = encodeHostFunctionTable({
      abi: descriptor.abi,
      // The library's own text of the name: static, and equal.
      interfaceName: descriptor.interfaceName,
      context: 0n,
      dispatch: prepared.dispatch,
      freeBuffer: prepared.freeBuffer,
      interfaceHash: descriptor.interfaceHash,
      interfaceVersion: descriptor.interfaceVersion,
      functionCount,
    });
    // Never given back: the plugin may call for as long as the process lives.
    const address = koffi.alloc("uint8_t", table.length) as bigint;
    this.#memory.write(address, table);
    const bind = koffi.decode(descriptor.bind, bindPrototype) as (table: bigint) => number;
    return bind(address);
  }
}

class AnsweringThread {
  readonly #port: MessagePort;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));

  constructor(recordDescriptor: number) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData = { port: port2, signal: this.#signal, recordDescriptor };
    const worker = new Worker(join(__dirname, threadFile), { workerData, transferList: [port2] });
    worker.unref();
  }

  prepare(instructions: Uint8Array): PreparedInterface {
    Atomics.store(this.#signal, 0, 0);
    this.#port.postMessage(instructions);
    const hasAnswered = Atomics.wait(this.#signal, 0, 0, prepareMs) !== "timed-out";
    const received = hasAnswered ? receiveMessageOnPort(this.#port) : undefined;
    return received === undefined
      ? { dispatch: 0n, freeBuffer: 0n, problems: [describeSilence()] }
      : (received.message as PreparedInterface);
  }
}

function describeSilence(): string {
  return `A module of the host functions was not loaded after ${String(prepareMs / 1000)} s. Look for a top-level await or a loop in it that does not end.`;
}
