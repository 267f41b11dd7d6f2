// The same release builds called by Fidius' own host, by ours inside its process, and through the whole chain: one run, so that
// the ratios hold on a busy machine too.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { SlotCaller } from "../../src/host/call.ts";
import { createLibraryOpener } from "../../src/host/native/dylib.ts";
import { constructInstance } from "../../src/host/instance.ts";
import { openNativeMemory } from "../../src/host/native/memory.ts";
import { readRegistry } from "../../src/host/registry.ts";
import { allCalls, methodOf } from "../host/fixtureSchemas.ts";
import { goal, median, percentile, print, time } from "./measure.ts";
import { buildNativeHost, measureNative, releaseFixture } from "./nativeHost.ts";
import { PipeEcho } from "./pipeEcho.ts";
import { BenchRunner } from "./runners.ts";

const mebibyte = 1024 * 1024;
const sizes = [
  { name: "1MB", bytes: mebibyte, rounds: 50, mostMs: 5 },
  { name: "64MB", bytes: 64 * mebibyte, rounds: 7, mostMs: 300 },
] as const;
const smallCalls = 20_000;
/** About what a small call's request takes. */
const smallFrameBytes = 160;
const starts = 15;

// Before anything else uses koffi, as in the host.
const opener = createLibraryOpener();
const memory = openNativeMemory();

function samplesOf(rounds: number, work: (round: number) => void): readonly number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    work(round);
    return performance.now() - start;
  });
}

/** Times inside the host's own process: koffi, checks, the copy. */
function measureInside(library: string): ReadonlyMap<string, number> {
  const opened = opener.open(library, "calls");
  assert.ok(opened.ok);
  const registry = readRegistry(opened.value.getRegistry(), memory);
  assert.ok(registry.ok);
  const plugin = registry.value.find(({ report }) => report.name === allCalls.name);
  assert.ok(plugin !== undefined);
  const constructed = constructInstance(plugin, new Uint8Array(0), memory);
  assert.ok(constructed.ok);
  const instance = constructed.value;
  const caller = new SlotCaller(memory);
  const slotOf = (name: string): ReturnType<SlotCaller["prepare"]> =>
    caller.prepare(instance, methodOf(allCalls, name).slot);
  const [add, checked] = [slotOf("add"), slotOf("checked")];
  const input = Buffer.alloc(8);
  // Many at a time: one alone is shorter than the clock is exact.
  const batch = 100;
  const small = samplesOf(smallCalls / batch, () => {
    for (let count = 0; count < batch; count += 1) {
      add(input, mebibyte);
    }
  });
  const times = new Map([["small", median(small) / batch]]);
  for (const { name, bytes, rounds } of sizes) {
    const large = new Uint8Array(bytes).fill(0x5a);
    const samples = samplesOf(rounds, () => {
      const result = checked(large, bytes);
      assert.ok(result.kind === "returned" && result.output.length === bytes);
    });
    times.set(name, median(samples));
  }
  return times;
}

interface ChainTimes {
  readonly chain: readonly number[];
  /** A bare pipe there and back with as many bytes, in turns with the calls. */
  readonly pipe: readonly number[];
}

/** Times from arguments to the decoded result, through the host process. */
async function measureChain(library: string): Promise<ReadonlyMap<string, ChainTimes>> {
  await using bench = await BenchRunner.create();
  await using echo = new PipeEcho();
  const kinds = [
    { name: "small", bytes: smallFrameBytes, rounds: smallCalls },
    ...sizes.map(({ name, bytes, rounds }) => ({ name, bytes, rounds })),
  ];
  const times = new Map<string, ChainTimes>();
  for (const { name, bytes, rounds } of kinds) {
    const [chain, pipe]: [number[], number[]] = [[], []];
    const payload = new Uint8Array(bytes);
    const value = name === "small" ? "" : `hex:${"5a".repeat(bytes)}`;
    for (let round = 0; round < rounds; round += 1) {
      const { result, measurements } =
        name === "small"
          ? await bench.call(library, allCalls, "add", { left: round, right: 1 })
          : await bench.call(library, allCalls, "checked", { bytes: value });
      assert.equal(result.kind, "ok");
      chain.push(measurements.totalMs);
      pipe.push(await echo.send(payload));
    }
    const warm = Math.ceil(rounds / 10);
    times.set(name, { chain: chain.slice(warm), pipe: pipe.slice(warm) });
  }
  return times;
}

function row(label: string, native: number, ours: number, note = ""): void {
  const ratio = (ours / native).toPrecision(3);
  print(`  ${label.padEnd(34)} ${time(ours)}, native ${time(native)}, ratio ${ratio}${note}`);
}

async function benchCalls(program: string, library: string): Promise<void> {
  const native = await measureNative(program, "calls", library);
  // First, while this process is what a caller's is: none of its own has a library or large buffers of one.
  const chain = await measureChain(library);
  const inside = measureInside(library);
  const again = await measureNative(program, "calls", library);
  /** The better one: what disturbs only makes it slower. */
  const nativeOf = (name: string): number =>
    Math.min(native.get(name) ?? Number.NaN, again.get(name) ?? Number.NaN);
  const none: ChainTimes = { chain: [], pipe: [] };
  const small = chain.get("small") ?? none;
  const [nativeSmall, insideSmall] = [nativeOf("small.p50"), inside.get("small") ?? Number.NaN];
  print("A small call");
  const share = insideSmall - nativeSmall;
  row("inside the host", nativeSmall, insideSmall);
  print(`    koffi's and our share            ${time(share)} (${goal(share, 0.001)})`);
  for (const [name, fraction, mostMs] of [
    ["p50", 0.5, 0.3],
    ["p99", 0.99, 2],
  ] as const) {
    const whole = percentile(small.chain, fraction);
    row(`whole chain, ${name}`, nativeOf(`small.${name}`), whole, ` (${goal(whole, mostMs)})`);
    pipeRow(percentile(small.pipe, fraction), whole);
  }
  for (const { name, bytes, mostMs } of sizes) {
    print(`${name} there and back`);
    const insideMs = inside.get(name) ?? Number.NaN;
    const rate = bytes / insideMs / 1e6;
    const told = `, ${rate.toFixed(1)} GB/s (goal: at least 2, ${rate >= 2 ? "met" : "MISSED"})`;
    row("inside the host", nativeOf(`${name}.p50`), insideMs, name === "1MB" ? told : "");
    const { chain: samples, pipe } = chain.get(name) ?? none;
    const whole = median(samples);
    row("whole chain, p50", nativeOf(`${name}.p50`), whole, ` (${goal(whole, mostMs)})`);
    pipeRow(median(pipe), whole);
  }
}

function pipeRow(bareMs: number, wholeMs: number): void {
  const ratio = (wholeMs / bareMs).toPrecision(3);
  print(`    a bare pipe's share              ${time(bareMs)}, ratio ${ratio}`);
}

function timeOf(program: string, args: readonly string[]): number {
  const start = performance.now();
  execFileSync(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  return performance.now() - start;
}

async function benchStart(program: string, library: string): Promise<void> {
  const [bare, native, cold, warm]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < starts; round += 1) {
    bare.push(timeOf(process.execPath, ["-e", "0"]));
    native.push(timeOf(program, ["first", library]));
    await using bench = await BenchRunner.create({ keepsSpare: false });
    const first = await bench.call(library, allCalls, "add", { left: 20, right: 22 });
    cold.push(first.measurements.totalMs);
    await using ready = await BenchRunner.create();
    ready.runner.warmUp({});
    await pause(200);
    const spared = await ready.call(library, allCalls, "add", { left: 20, right: 22 });
    warm.push(spared.measurements.totalMs);
  }
  print("From nothing to the first result (p50)");
  print(`  bare node -e 0                     ${time(median(bare))}`);
  row("host started for it", median(native), median(cold));
  print(`    of bare node -e 0                ratio ${(median(cold) / median(bare)).toFixed(2)}`);
  row("host started ahead", median(native), median(warm));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const program = await buildNativeHost();
const library = await releaseFixture("calls");
await benchCalls(program, library);
await benchStart(program, library);
