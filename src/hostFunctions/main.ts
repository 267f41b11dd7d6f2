// Entry of the thread in the host process that answers host functions. It has an event loop of its own, so that a plugin may
// call from any thread while the host's main thread waits in the plugin, or for the runner. It gets its instructions over a
// port, tells that they are done through shared memory, and never writes to the channel of the main thread.

import { writeSync } from "node:fs";
import { isMainThread, workerData } from "node:worker_threads";
import { openNativeMemory } from "../host/native/memory.ts";
import type { InterfaceInstructions } from "../protocol/hostFunctions.ts";
import { Dispatcher, openAllocator } from "./dispatch.ts";
import { prepareAnswers } from "./prepareAnswers.ts";
import { RecordWriter } from "./recordWriter.ts";
import type { PreparedInterface, ThreadData } from "./thread.ts";

if (isMainThread) {
  throw new Error("this file runs in a thread of the host");
}

const { port, signal, recordDescriptor } = workerData as ThreadData;
const memory = openNativeMemory();
const allocator = openAllocator();
const records = new RecordWriter(recordDescriptor);
const dispatchers = new Map<string, Dispatcher>();
const decoder = new TextDecoder();

// What a module prints would wait for the main thread, which waits in the plugin.
for (const [stream, descriptor] of [
  [process.stdout, 1],
  [process.stderr, 2],
] as const) {
  stream.write = (chunk: string | Uint8Array): boolean => {
    writeSync(descriptor, Buffer.from(chunk));
    return true;
  };
}

// A module that fails outside of a call, such as in a timer, may not take this thread with it: the plugin would wait for ever.
const tell = (error: unknown): void => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`A module of host functions failed outside of a call: ${text}\n`);
};
process.on("uncaughtException", tell);
process.on("unhandledRejection", tell);
process.exit = (): never => {
  throw new Error("a module of host functions cannot end the host process");
};

async function prepare(text: Uint8Array): Promise<PreparedInterface> {
  const instructions = JSON.parse(decoder.decode(text)) as InterfaceInstructions;
  const { functions, problems } = await prepareAnswers(instructions);
  const { interfaceName } = instructions;
  let dispatcher = dispatchers.get(interfaceName);
  if (dispatcher === undefined) {
    dispatcher = new Dispatcher(interfaceName, memory, allocator, records);
    dispatchers.set(interfaceName, dispatcher);
  }
  if (problems.length === 0) {
    dispatcher.setFunctions(functions);
  }
  return { dispatch: dispatcher.address, freeBuffer: allocator.freeAddress, problems };
}

function done(prepared: PreparedInterface): void {
  port.postMessage(prepared);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}

port.on("message", (text: Uint8Array) => {
  prepare(text).then(done, (error: unknown) => {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    done({ dispatch: 0n, freeBuffer: 0n, problems: [problem] });
  });
});
