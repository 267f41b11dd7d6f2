// What a stream's items cost: asked of the plugin inside the host, sent to the runner, decoded there; and input items, each of
// which the plugin asks for in the middle of its call. Fidius' own host takes items of the same release build.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { decodeItem } from "../../src/codec/method/streamItems.ts";
import { SlotCaller } from "../../src/host/call.ts";
import { createLibraryOpener } from "../../src/host/native/dylib.ts";
import type { NotificationWriter } from "../../src/host/process/frameChannel.ts";
import { constructInstance } from "../../src/host/instance.ts";
import { openNativeMemory } from "../../src/host/native/memory.ts";
import { readRegistry } from "../../src/host/registry.ts";
import { HostStreams } from "../../src/host/streams.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { StreamItem } from "../../src/model/stream.ts";
import { recordHeadSize } from "../../src/protocol/streamRecords.ts";
import { createCallRunner } from "../../src/runner/call/callRunner.ts";
import { method, plugin, types } from "../host/fixtureSchemas.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { print, time } from "./measure.ts";
import { buildNativeHost, measureNative, releaseFixture } from "./nativeHost.ts";

const root = resolve(import.meta.dirname, "../..");
const itemCount = 200_000;
const inputCount = 20_000;
const rounds = 5;

// Slots are positions in the fixture's impl block.
const count = method("count", {
  slot: 0,
  stream: "server",
  arguments: { limit: types.u64 },
  returns: types.u64,
});
const sum = method("sum", {
  slot: 17,
  stream: "client",
  arguments: { start: types.i64 },
  returns: types.i64,
  streamArgument: { name: "items", type: types.i64 },
});
const schema = plugin("AllStreams", "Streams", [count, sum]);

// Before anything else uses koffi, as in the host.
const opener = createLibraryOpener();
const memory = openNativeMemory();
const program = await buildNativeHost();
const library = await releaseFixture("streams");
const folder = await mkdtemp(join(tmpdir(), "fidius-bench-"));
const runner = createCallRunner({
  hostEntry: join(root, "dist", "host.cjs"),
  nodeExecutable: process.execPath,
  isElectron: false,
  stagingDirectory: folder,
  logger: nullLogger,
});

/** Takes items as the frame channel does, and drops them. */
function discard(): NotificationWriter {
  const body = Buffer.alloc(64 * 1024);
  const item = body.subarray(recordHeadSize);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  return { reserve: () => ({ view, item, itemCapacity: item.length }), send: () => undefined };
}

/** The best of the rounds, per item: what disturbs only makes it slower. */
function best(samples: readonly number[], items: number): number {
  return Math.min(...samples) / items;
}

function told(label: string, perItemMs: number, least: number | null): void {
  const rate = 1000 / perItemMs;
  const goal =
    least === null
      ? ""
      : ` (goal: at least ${least.toLocaleString("en")}, ${rate >= least ? "met" : "MISSED"})`;
  const text = Math.round(rate).toLocaleString("en");
  print(`${label} ${time(perItemMs)} an item, ${text} a second${goal}`);
}

function benchInside(): number {
  const opened = opener.open(library, "streams");
  assert.ok(opened.ok);
  const registry = readRegistry(opened.value.getRegistry(), memory);
  assert.ok(registry.ok);
  const [found] = registry.value;
  assert.ok(found !== undefined);
  const instance = constructInstance(found, new Uint8Array(0), memory);
  assert.ok(instance.ok);
  const writer = discard();
  const streams = new HostStreams(memory, new SlotCaller(memory), {
    askForItem: () => ({ kind: "finished" }),
    items: () => writer,
  });
  const limit = Buffer.alloc(8);
  limit.writeBigUInt64LE(BigInt(itemCount));
  const samples = Array.from({ length: rounds }, () => {
    const stream = streams.open(instance.value, { ...nowhere, slot: 0, arguments: limit });
    assert.equal(stream.kind, "opened");
    const start = performance.now();
    const { items } = streams.pull({ ...unlimited, stream: stream.stream, maxItems: itemCount });
    const elapsed = performance.now() - start;
    assert.equal(items, itemCount);
    streams.close(stream.stream);
    return elapsed;
  });
  return best(samples, itemCount);
}

const nowhere = { instance: 0, hasInput: false };
const unlimited = { sliceMs: 60_000, maxBytes: 2 ** 31, itemLimit: 2 ** 20 };

/** Time from the first item to the last, decoded as they come. */
async function benchThrough(): Promise<number> {
  let first = 0;
  let last = 0;
  let received = 0;
  class Decoding extends StreamRecorder {
    override item({ bytes }: StreamItem): void {
      first = received === 0 ? performance.now() : first;
      assert.ok(decodeItem(count, schema.types, bytes).ok);
      received += 1;
      last = performance.now();
    }
  }
  const user = new Decoding((control) => {
    control.run();
  });
  await call(count, { limit: String(itemCount) }, user);
  assert.equal(received, itemCount);
  return last - first;
}

async function benchInput(): Promise<number> {
  const bytes = new Uint8Array(8);
  const user = new StreamRecorder((control) => {
    for (let sent = 0; sent < inputCount; sent += 1) {
      void control.send(bytes);
    }
    control.finishInput();
  });
  await call(sum, { start: "0" }, user);
  assert.equal(user.items.length, inputCount);
  return (user.items.at(-1)?.atMs ?? 0) - (user.items[0]?.atMs ?? 0);
}

async function call(
  of: typeof count,
  args: Record<string, string>,
  stream: StreamRecorder,
): Promise<void> {
  const place = { library, plugin: schema, workingDirectory: folder, environment: {} };
  const { result } = await runner.call(
    { ...place, method: of, arguments: args, timeoutMs: 60_000, stream },
    new AbortController().signal,
  );
  assert.ok(result.kind === "streamEnded" || result.kind === "ok", JSON.stringify(result));
}

function ratio(one: number, other: number): string {
  return (one / other).toPrecision(3);
}

try {
  const native = (await measureNative(program, "stream", library)).get("item.best") ?? Number.NaN;
  told("stream item, Fidius' own host    ", native, null);
  const inside = benchInside();
  told("stream item inside our host      ", inside, 100_000);
  const [through, input]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    through.push(await benchThrough());
    input.push(await benchInput());
  }
  const decoded = best(through, itemCount);
  told("sent to the runner and decoded   ", decoded, 20_000);
  print(
    `ratios to Fidius' own host        ${ratio(inside, native)} inside, ${ratio(decoded, native)} sent`,
  );
  print(`ratio of sent to inside           ${ratio(decoded, inside)}`);
  told("input item, asked for by the plugin", best(input, inputCount), null);
} finally {
  runner.dispose();
  await runner.ended();
  await rm(folder, { recursive: true, force: true });
}
