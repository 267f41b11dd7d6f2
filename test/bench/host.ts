// What the host costs, as ratios within one run: a warm call through the host process on top of the call itself, koffi's own
// share of a native call (the memcpy design), and large results both ways.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SlotCaller } from "../../src/host/call.ts";
import { createLibraryOpener } from "../../src/host/native/dylib.ts";
import { constructInstance } from "../../src/host/instance.ts";
import type { PluginInstance } from "../../src/host/instance.ts";
import { openNativeMemory } from "../../src/host/native/memory.ts";
import { readRegistry } from "../../src/host/registry.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import { createCallRunner } from "../../src/runner/call/callRunner.ts";
import { allCalls, malformed, methodOf } from "../host/fixtureSchemas.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { goal, median, percentile, print, time } from "./measure.ts";

const root = resolve(import.meta.dirname, "../..");
const warmCalls = 3000;
const nativeRounds = 40;
const callsPerRound = 5000;
const mebibyte = 1024 * 1024;

// Before anything else uses koffi, as in the host.
const opener = createLibraryOpener();
const memory = openNativeMemory();
const library = await fixtureLibrary("calls");
const folder = await mkdtemp(join(tmpdir(), "fidius-bench-"));
const runner = createCallRunner({
  hostEntry: join(root, "dist", "host.cjs"),
  nodeExecutable: process.execPath,
  isElectron: false,
  stagingDirectory: folder,
  logger: nullLogger,
});

function call(name: string, args: Record<string, string | number>): Promise<CallOutcome> {
  const request = {
    library,
    plugin: allCalls,
    method: methodOf(allCalls, name),
    arguments: args,
    timeoutMs: 60_000,
    workingDirectory: folder,
    environment: {},
  };
  return runner.call(request, new AbortController().signal);
}

/** Time of a call beyond the native call that the host measured. */
async function overhead(name: string, args: Record<string, string | number>): Promise<number> {
  const outcome = await call(name, args);
  assert.equal(outcome.result.kind, "ok");
  const { totalMs, callMs = 0 } = outcome.measurements;
  return totalMs - callMs;
}

async function benchWarmCalls(): Promise<void> {
  const first = await call("add", { left: 1, right: 2 });
  print(`first call, host started for it   ${time(first.measurements.totalMs)}`);
  const all: number[] = [];
  for (let count = 0; count < warmCalls; count += 1) {
    all.push(await overhead("add", { left: count, right: 1 }));
  }
  const samples = all.slice(warmCalls / 10);
  const [p50, p99] = [median(samples), percentile(samples, 0.99)];
  print(`warm call on top of itself, p50   ${time(p50)} (${goal(p50, 0.3)})`);
  print(`                            p99   ${time(p99)} (${goal(p99, 2)})`);
}

async function benchLargeResults(): Promise<void> {
  for (const size of [mebibyte, 16 * mebibyte]) {
    const bytes = `hex:${"5a".repeat(size)}`;
    const samples: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const outcome = await call("reverse", { bytes });
      assert.equal(outcome.measurements.outputBytes, size);
      const { totalMs, callMs = 0, encodeMs = 0 } = outcome.measurements;
      samples.push(totalMs - callMs - encodeMs);
    }
    const megabytes = String(size / mebibyte);
    print(`${megabytes} MiB there and back, host and decoding   ${time(median(samples))}`);
  }
}

/** Nanoseconds of one call of `work`, the best of many rounds: what disturbs only makes it slower. */
function nanoseconds(work: () => void): number {
  const rounds = Array.from({ length: nativeRounds }, () => {
    const start = performance.now();
    for (let count = 0; count < callsPerRound; count += 1) {
      work();
    }
    return ((performance.now() - start) * 1e6) / callsPerRound;
  });
  return Math.min(...rounds);
}

/** Opens a plugin in this process, without any of the host process around it. */
function openPlugin(file: string, name: string): { instance: PluginInstance; caller: SlotCaller } {
  const opened = opener.open(file, name);
  assert.ok(opened.ok);
  const registry = readRegistry(opened.value.getRegistry(), memory);
  assert.ok(registry.ok);
  const plugin = registry.value.find(({ report }) => report.name === name);
  assert.ok(plugin !== undefined);
  const instance = constructInstance(plugin, new Uint8Array(0), memory);
  assert.ok(instance.ok);
  return { instance: instance.value, caller: new SlotCaller(memory) };
}

/** koffi's share: a call of a function that does nothing but give one static byte, with the copy and the free. */
function benchKoffi(trivialLibrary: string): void {
  const trivial = openPlugin(trivialLibrary, malformed.name);
  const reply = trivial.caller.prepare(trivial.instance, methodOf(malformed, "reply").slot);
  const input = new Uint8Array(1);
  const share = nanoseconds(() => {
    reply(input, mebibyte);
  });
  print(`koffi's and our share of a call   ${time(share / 1e6)} (${goal(share / 1e6, 0.001)})`);

  const plugin = openPlugin(library, allCalls.name);
  const add = plugin.caller.prepare(plugin.instance, methodOf(allCalls, "add").slot);
  const arguments8 = new Uint8Array(8);
  const whole = nanoseconds(() => {
    add(arguments8, mebibyte);
  });
  print(
    `Calls::add of a debug build       ${time(whole / 1e6)}, ratio ${(whole / share).toFixed(1)}`,
  );
  const reverse = plugin.caller.prepare(plugin.instance, methodOf(allCalls, "reverse").slot);
  const large = new Uint8Array(mebibyte);
  const samples = Array.from({ length: 20 }, () => {
    const start = performance.now();
    reverse(large, mebibyte);
    return performance.now() - start;
  });
  print(`1 MiB raw there and back in it    ${time(median(samples))}`);
}

try {
  await benchWarmCalls();
  await benchLargeResults();
  benchKoffi(await fixtureLibrary("malformed"));
} finally {
  runner.dispose();
  await runner.ended();
  await rm(folder, { recursive: true, force: true });
}
