// What streams give: item by item, dropped half-read, cancelled, and broken in every way that Fidius allows.

import assert from "node:assert/strict";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { isRunning, LoopWatch, resultOf, valueOf } from "./harness.ts";
import { runningRecorder, useStreamingPlugin } from "./streamingPlugin.ts";

const third = { code: "THIRD", message: "item 2 is a third one", details: null };

describe("streams from the plugin", function () {
  this.timeout(60_000);
  const { hosts, renewHosts, start, countOpen, outputs } = useStreamingPlugin();

  it("gives all items, in order, and says that it ended", async () => {
    const recorder = runningRecorder();
    const outcome = await start("count", { limit: "3000" }, recorder);
    assert.deepEqual(resultOf(outcome, "streamEnded"), {
      kind: "streamEnded",
      received: 3000,
      sent: 0,
      isComplete: true,
    });
    assert.deepEqual(
      outputs("count", recorder),
      Array.from({ length: 3000 }, (_, index) => String(index)),
    );
    assert.deepEqual(
      recorder.items.map(({ index }) => index),
      Array.from({ length: 3000 }, (_, index) => index),
    );
    const times = recorder.items.map(({ atMs }) => atMs);
    assert.deepEqual(
      times,
      times.toSorted((left, right) => left - right),
    );
    assert.match(outcome.output.stderr, /stream dropped 1\n$/);
  });

  it("asks for nothing that nobody asked for", async () => {
    const recorder = new StreamRecorder();
    const running = start("endless", {}, recorder);
    await recorder.until(({ wait }) => wait === "user");
    assert.equal(recorder.items.length, 0);
    recorder.control.next(1);
    await recorder.until(({ items, wait }) => items.length === 1 && wait === "user");
    recorder.control.next(10);
    await recorder.until(({ items, wait }) => items.length === 11 && wait === "user");
    recorder.control.close();
    const outcome = await running;
    const { received, isComplete } = resultOf(outcome, "streamEnded");
    assert.deepEqual({ received, isComplete }, { received: 11, isComplete: false });
    // Dropped half-read, once.
    assert.equal(outcome.output.stderr, "stream dropped 1\n");
  });

  it("runs, pauses, and runs again without a gap", async () => {
    const recorder = runningRecorder();
    const outcome = start("endless", {}, recorder);
    await recorder.until(({ items }) => items.length > 2000);
    recorder.control.pause();
    await recorder.until(({ wait }) => wait === "user");
    const paused = recorder.items.length;
    recorder.control.run();
    await recorder.until(({ items }) => items.length > paused + 2000);
    recorder.control.pause();
    recorder.control.close();
    await outcome;
    const values = outputs("endless", recorder);
    assert.deepEqual(
      values,
      Array.from(values, (_, index) => String(index)),
    );
  });

  for (const [name, args, expected] of [
    ["nothing", {}, []],
    ["units", { count: 3 }, [null, null, null]],
    ["results", { count: 3 }, [{ Ok: 0 }, { Ok: 1 }, { Err: third }]],
    ["texts", { lengths: [0, 3] }, ["", "xxx"]],
    [
      "readings",
      { count: 2 },
      [
        { sensor: "sensor 0", value: 0, raw: null },
        { sensor: "sensor 1", value: 0.25, raw: "hex:01010101" },
      ],
    ],
  ] as const) {
    it(`gives the items of ${name}`, async () => {
      const recorder = runningRecorder();
      const outcome = await start(name, args, recorder);
      assert.equal(resultOf(outcome, "streamEnded").received, expected.length);
      assert.deepEqual(outputs(name, recorder), expected);
    });
  }

  it("gives items of any size", async () => {
    const lengths = [16 * 1024 * 1024, 1, 20_000, 100_000, 0, 3_000_000];
    const recorder = runningRecorder();
    await start("texts", { lengths }, recorder);
    assert.deepEqual(
      recorder.items.map(({ bytes }) => bytes.length - 8),
      lengths,
    );
  });

  it("refuses an item over the limit and keeps those before it", async () => {
    await renewHosts({ bodyLimit: 1024 * 1024 });
    const recorder = runningRecorder();
    const outcome = await start("texts", { lengths: [10, 2_000_000] }, recorder);
    assert.match(resultOf(outcome, "wireError").message, /takes 2000008 bytes after 1 item/);
    assert.equal(recorder.items.length, 1);
  });

  it("shows a panic, waits, and goes on with later items", async () => {
    const recorder = runningRecorder();
    const ending = start("panics", { at: 2, count: 5 }, recorder);
    await recorder.until(({ panics, wait }) => panics.length === 1 && wait === "user");
    const [panic] = recorder.panics;
    assert.equal(panic?.message, "no item 2 here");
    assert.match(panic.location?.file ?? "", /streams\/src\/lib\.rs$/);
    assert.deepEqual(outputs("panics", recorder), [0, 1]);
    recorder.control.run();
    assert.equal(resultOf(await ending, "streamEnded").received, 4);
    assert.deepEqual(outputs("panics", recorder), [0, 1, 3, 4]);
  });

  it("closed after a panic, its outcome is the panic", async () => {
    const recorder = runningRecorder();
    const outcome = start("panics", { at: 0, count: 5 }, recorder);
    await recorder.until(({ panics }) => panics.length === 1);
    recorder.control.close();
    assert.equal(resultOf(await outcome, "panic").panic.message, "no item 0 here");
  });

  it("says that an item which does not serialize is the end", async () => {
    const recorder = runningRecorder();
    const outcome = await start("no_three", {}, recorder);
    assert.match(resultOf(outcome, "wireError").message, /status -2\) after 3 items.*stuck/);
    assert.equal(recorder.items.length, 3);
  });

  it("has every item from before a crash", async () => {
    const recorder = runningRecorder();
    const outcome = await start("aborts", { at: 1234 }, recorder);
    assert.equal(resultOf(outcome, "crashed").death.kind, "abort");
    assert.equal(recorder.items.length, 1234);
    assert.match(outcome.output.stderr, /about to abort/);
    // The next call, in the lane's own host, works.
    assert.equal(valueOf(await countOpen()), "0");
  });

  it("Cancel ends one that blocks for ever and keeps its items", async () => {
    const recorder = runningRecorder();
    const abort = new AbortController();
    const ending = start("stalls", { count: 3 }, recorder, { signal: abort.signal });
    await recorder.until(({ items }) => items.length === 3);
    const [pid] = hosts().runner.hostPids;
    abort.abort();
    const outcome = await ending;
    resultOf(outcome, "cancelled");
    assert.ok(pid !== undefined && !isRunning(pid));
    assert.deepEqual(outputs("stalls", recorder), [0, 1, 2]);
  });

  it("Cancel drops one that waits for its user, in peace", async () => {
    const recorder = new StreamRecorder((control) => {
      control.next(2);
    });
    const abort = new AbortController();
    const ending = start("endless", {}, recorder, { signal: abort.signal });
    await recorder.until(({ items, wait }) => items.length === 2 && wait === "user");
    abort.abort();
    const outcome = await ending;
    resultOf(outcome, "cancelled");
    assert.equal(outcome.output.stderr, "stream dropped 1\n");
  });

  it("the time limit is of each item, not of the stream", async () => {
    const recorder = new StreamRecorder((control) => {
      control.next(8);
    });
    const first = start("ticks", { milliseconds: 100 }, recorder, { timeoutMs: 600 });
    await recorder.until(({ items, wait }) => items.length === 8 && wait === "user");
    recorder.control.close();
    resultOf(await first, "streamEnded");
    const stalled = runningRecorder();
    const outcome = await start("stalls", { count: 3 }, stalled, { timeoutMs: 300 });
    assert.equal(resultOf(outcome, "timedOut").afterMs, 300);
    assert.equal(stalled.items.length, 3);
  });

  it("a user who is slow to take them slows the plugin", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    class SlowRecorder extends StreamRecorder {
      settled(): Promise<void> | undefined {
        return this.items.length === 0 ? undefined : held;
      }
    }
    const recorder = new SlowRecorder((control) => {
      control.run();
    });
    const abort = new AbortController();
    const outcome = start("endless", {}, recorder, { signal: abort.signal });
    await recorder.until(({ items }) => items.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const lookAhead = recorder.items.length;
    assert.ok(lookAhead <= 1024, `${String(lookAhead)} items were taken ahead`);
    abort.abort();
    release();
    resultOf(await outcome, "cancelled");
  });

  it("an init function that panics or never returns is a call that does", async () => {
    const panicked = await start("panics_at_once", {}, runningRecorder());
    assert.equal(resultOf(panicked, "panic").panic.message, "no stream today");
    const outcome = await start("never_opens", {}, runningRecorder(), { timeoutMs: 200 });
    resultOf(outcome, "timedOut");
  });

  it("a drop that panics is the crash that it is; one that hangs is ended", async () => {
    const crashed = await start("drop_panics", {}, runningRecorder());
    const { death } = resultOf(crashed, "crashed");
    assert.equal(death.kind, "abort", JSON.stringify(death));
    assert.match(crashed.notes.join(), /while the stream was dropped/);
    const hung = await start("drop_hangs", {}, runningRecorder());
    assert.equal(resultOf(hung, "streamEnded").received, 3);
    assert.match(hung.notes.join(), /Dropping the stream had not returned/);
  });

  it("other calls of the plugin go on while it is open", async () => {
    const recorder = new StreamRecorder();
    const ending = start("endless", {}, recorder);
    await recorder.until(({ wait }) => wait === "user");
    assert.equal(valueOf(await countOpen()), "1");
    recorder.control.close();
    await ending;
  });

  it("a restart of the hosts ends it", async () => {
    const recorder = new StreamRecorder();
    const ending = start("endless", {}, recorder);
    await recorder.until(({ wait }) => wait === "user");
    await hosts().runner.restart();
    resultOf(await ending, "cancelled");
  });

  it("takes a million items in bounded memory, without blocking this process", async function () {
    this.timeout(120_000);
    let count = 0;
    let bytes = 0;
    class Counter extends StreamRecorder {
      override item({ bytes: item }: { bytes: Uint8Array }): void {
        count += 1;
        bytes += item.length;
      }
    }
    const recorder = new Counter((control) => {
      control.run();
    });
    const watch = new LoopWatch();
    const heapBefore = process.memoryUsage().rss;
    const outcome = await start("count", { limit: "1000000" }, recorder);
    const { ownMs } = watch.stop();
    assert.equal(resultOf(outcome, "streamEnded").received, 1_000_000);
    assert.deepEqual({ count, bytes }, { count: 1_000_000, bytes: 8_000_000 });
    const grownMiB = (process.memoryUsage().rss - heapBefore) / 1024 / 1024;
    assert.ok(grownMiB < 200, `this process grew by ${String(grownMiB)} MiB`);
    assert.ok(ownMs < 50, `the event loop was blocked for ${String(ownMs)} ms`);
  });

  it("streams and calls run whenever they are asked for, however often streams crashed", async () => {
    for (let crash = 0; crash < 4; crash += 1) {
      resultOf(await start("aborts", { at: 0 }, runningRecorder()), "crashed");
    }
    resultOf(await start("count", { limit: "1" }, runningRecorder()), "streamEnded");
    resultOf(await countOpen(), "ok");
  });
});
