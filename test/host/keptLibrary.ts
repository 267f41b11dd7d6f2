// A program that holds nothing of a library but the functions made of it, collects all garbage, and calls on: koffi unloads a
// library with its object, and a call would then end this process. Also the lengths that the ABI cannot say. Run with
// --expose-gc; arguments: the calls library. Prints "kept" at the end.

import assert from "node:assert/strict";
import { SlotCaller } from "../../src/host/call.ts";
import type { SlotFunction } from "../../src/host/call.ts";
import { createLibraryOpener } from "../../src/host/native/dylib.ts";
import { constructInstance } from "../../src/host/instance.ts";
import { openNativeMemory } from "../../src/host/native/memory.ts";
import { readRegistry } from "../../src/host/registry.ts";
import { allCalls, methodOf } from "./fixtureSchemas.ts";

const [library = ""] = process.argv.slice(2);
const opener = createLibraryOpener();
const memory = openNativeMemory();

/** Everything on the way to the function goes out of reach. */
function openAdd(): SlotFunction {
  const opened = opener.open(library, "calls");
  assert.ok(opened.ok);
  const registry = readRegistry(opened.value.getRegistry(), memory);
  assert.ok(registry.ok);
  const plugin = registry.value.find(({ report }) => report.name === allCalls.name);
  assert.ok(plugin !== undefined);
  const instance = constructInstance(plugin, new Uint8Array(0), memory);
  assert.ok(instance.ok);
  return new SlotCaller(memory).prepare(instance.value, methodOf(allCalls, "add").slot);
}

const add = openAdd();
const sum = (): number => {
  const input = Buffer.alloc(8);
  input.writeInt32LE(40, 0);
  input.writeInt32LE(2, 4);
  const result = add(input, 1024);
  assert.ok(result.kind === "returned" && result.status === 0, JSON.stringify(result));
  return Buffer.from(result.output).readInt32LE();
};

for (let round = 0; round < 5; round += 1) {
  assert.equal(sum(), 42);
  assert.ok(globalThis.gc !== undefined, "run with --expose-gc");
  globalThis.gc();
  // What was found unreachable is finalized a turn later.
  await new Promise((resolve) => setImmediate(resolve));
}

// Pages that nobody touches take no memory.
const tooLong = add(new Uint8Array(2 ** 32), 1024);
assert.ok(tooLong.kind === "refused", "a length that wraps around was passed on");
assert.match(tooLong.message, /more than 4 GiB/);
const result = add(Buffer.alloc(8), 3);
assert.ok(result.kind === "refused" && result.reason === "outputTooLong");
assert.equal(sum(), 42);
process.stdout.write("kept\n");
