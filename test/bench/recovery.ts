// What a bad plugin costs: from its crash to the next result, from Cancel or the time limit to the end of its process, and how
// long the thread that stands for the editor's was kept from turning meanwhile, beside an idle time of the same length.

import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { CallOutcome } from "../../src/model/outcome.ts";
import { isRunning } from "../host/harness.ts";
import { faults, method, plugin, types } from "../host/fixtureSchemas.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { goal, median, percentile, print, time } from "./measure.ts";
import { releaseFixture } from "./nativeHost.ts";
import { BenchRunner } from "./runners.ts";

const rounds = 20;
const timeoutMs = 100;
/** Long enough for a spare to be up. */
const spareMs = 400;
const floodBytes = 100_000_000;
const loopResolutionMs = 5;

const library = await releaseFixture("faults");
const streamLibrary = await releaseFixture("streams");

/** A stream whose plugin never gives its second item. Its slot is its position in the fixture's impl block. */
const stalls = method("stalls", {
  slot: 8,
  stream: "server",
  arguments: { count: types.u32 },
  returns: types.u32,
});
const streams = plugin("AllStreams", "Streams", [stalls]);

function cause(
  bench: BenchRunner,
  fault: string,
  amount: number,
  limit: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<CallOutcome> {
  return bench.call(library, faults, "cause", { fault, amount: String(amount) }, limit);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function prosper(bench: BenchRunner): Promise<number> {
  const start = performance.now();
  const outcome = await cause(bench, "none", 0);
  assert.equal(outcome.result.kind, "ok", JSON.stringify(outcome.result));
  return performance.now() - start;
}

/** Times of the first call after a crash, each with a library that is loaded anew. */
async function afterCrash(keepsSpare: boolean): Promise<readonly number[]> {
  await using bench = await BenchRunner.create({ keepsSpare });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await prosper(bench);
    await pause(keepsSpare ? spareMs : 0);
    assert.equal(
      (await cause(bench, round % 2 === 0 ? "abort" : "segfault", 0)).result.kind,
      "crashed",
    );
    samples.push(await prosper(bench));
    // Forgets the crash: the third would be refused.
    await bench.runner.restart();
  }
  return samples;
}

/** Cancels a call in which the plugin hangs; the time until its process has ended. */
async function timeToEnd(
  bench: BenchRunner,
  cancel: AbortController,
  call: Promise<CallOutcome>,
): Promise<number> {
  await pause(50);
  const [pid = 0] = bench.runner.hostPids;
  const start = performance.now();
  cancel.abort();
  assert.equal((await call).result.kind, "cancelled");
  const lasted = performance.now() - start;
  assert.ok(!isRunning(pid), "the process still runs");
  return lasted;
}

/** Times from Cancel to the end of the process. */
async function afterCancel(): Promise<readonly number[]> {
  await using bench = await BenchRunner.create();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await prosper(bench);
    const cancel = new AbortController();
    const call = cause(bench, "loop", 0, { signal: cancel.signal });
    samples.push(await timeToEnd(bench, cancel, call));
  }
  return samples;
}

/** The same for a stream whose plugin does not answer: it had time to let go of the stream in peace. */
async function afterStreamCancel(): Promise<readonly number[]> {
  await using bench = await BenchRunner.create();
  const place = {
    library: streamLibrary,
    plugin: streams,
    workingDirectory: process.cwd(),
    environment: {},
  };
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cancel = new AbortController();
    const stream = new StreamRecorder((control) => {
      control.run();
    });
    const what = { method: stalls, arguments: { count: 1 }, timeoutMs: 60_000, stream };
    const call = bench.runner.call({ ...place, ...what }, cancel.signal);
    await stream.until(({ items }) => items.length === 1);
    samples.push(await timeToEnd(bench, cancel, call));
  }
  return samples;
}

/** Times from the end of the time limit to the end of the process. */
async function afterTimeout(): Promise<readonly number[]> {
  await using bench = await BenchRunner.create();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await prosper(bench);
    const start = performance.now();
    assert.equal((await cause(bench, "loop", 0, { timeoutMs })).result.kind, "timedOut");
    samples.push(performance.now() - start - timeoutMs);
  }
  return samples;
}

interface Delays {
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
}

/** How long the event loop waited while `work` went on. */
async function delaysDuring(work: () => Promise<void>): Promise<Delays> {
  const histogram = monitorEventLoopDelay({ resolution: loopResolutionMs });
  histogram.enable();
  await work();
  histogram.disable();
  const beyond = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - loopResolutionMs);
  return {
    p95: beyond(histogram.percentile(95)),
    p99: beyond(histogram.percentile(99)),
    longest: beyond(histogram.max),
  };
}

function told(label: string, samples: readonly number[], most: number): void {
  const p95 = percentile(samples, 0.95);
  print(`${label} p50 ${time(median(samples))}, p95 ${time(p95)} (${goal(p95, most)})`);
}

function toldDelays(label: string, { p95, p99, longest }: Delays, note: string): void {
  print(`${label} p95 ${time(p95)}, p99 ${time(p99)}, longest ${time(longest)}${note}`);
}

let [spared, alone]: [readonly number[], readonly number[]] = [[], []];
let [cancelled, streamCancelled]: [readonly number[], readonly number[]] = [[], []];
let timedOut: readonly number[] = [];
let lastedMs = 0;
const busy = await delaysDuring(async () => {
  const start = performance.now();
  spared = await afterCrash(true);
  alone = await afterCrash(false);
  cancelled = await afterCancel();
  streamCancelled = await afterStreamCancel();
  timedOut = await afterTimeout();
  await using bench = await BenchRunner.create();
  const flood = await cause(bench, "flood", floodBytes);
  assert.equal(flood.result.kind, "ok");
  assert.ok(flood.output.droppedBytes > floodBytes / 2);
  lastedMs = performance.now() - start;
});
const idle = await delaysDuring(() => pause(Math.min(lastedMs, 10_000)));

told("next result after a crash, spare host   ", spared, 25);
told("next result after a crash, no spare     ", alone, 300);
told("Cancel to the end of the process        ", cancelled, 100);
told("Cancel of a stream that does not answer ", streamCancelled, 100);
told("time limit to the end of the process    ", timedOut, 100);
toldDelays("event loop during all that, 100 MB printed ", busy, ` (${goal(busy.longest, 50)})`);
toldDelays("event loop of an idle process on this machine", idle, "");
