// Streams of a real plugin, all three shapes: item by item, fed, dropped half-read, cancelled, and broken in every way that
// Fidius allows.

import assert from "node:assert/strict";
import { join } from "node:path";
import { loadProject } from "../../src/cli/loadProject.ts";
import { decodeItem, encodeInputItem } from "../../src/codec/streamItems.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { StreamControl } from "../../src/model/stream.ts";
import type { JsonObject, JsonValue } from "../../src/model/value.ts";
import { fixtureLibrary, fixturesFolder, repositoryRoot } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { isRunning, LoopWatch, resultOf, TestRunner, valueOf } from "./harness.ts";
import type { CallOptions } from "./harness.ts";

const third = { code: "THIRD", message: "item 2 is a third one", details: null };

describe("streams", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library: string;
  let schema: PluginSchema;

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("streams");
    const dist = process.env["FIDIUS_TEST_DIST"] ?? join(repositoryRoot, "dist");
    const model = await loadProject(fixturesFolder, dist, nullLogger);
    const found = model.plugins.find(({ name }) => name === "AllStreams");
    assert.ok(found !== undefined);
    schema = found;
  });
  beforeEach(async () => {
    test = await TestRunner.create({ keepsSpare: false });
  });
  afterEach(() => test.dispose());

  function start(
    name: string,
    args: JsonObject,
    stream: StreamRecorder,
    options: CallOptions = {},
  ): Promise<CallOutcome> {
    return test.call(library, schema, name, args, { ...options, stream });
  }

  function outputs(name: string, recorder: StreamRecorder): readonly JsonValue[] {
    return recorder.items
      .filter(({ direction }) => direction === "out")
      .map(({ bytes }) => {
        const decoded = decodeItem(methodOf(schema, name), schema.types, bytes);
        assert.ok(decoded.ok, JSON.stringify(decoded));
        return decoded.value.value;
      });
  }

  function send(name: string, control: StreamControl, value: JsonValue): Promise<boolean> {
    const bytes = encodeInputItem(methodOf(schema, name), schema.types, value);
    assert.ok(bytes.ok, JSON.stringify(bytes));
    return control.send(bytes.value);
  }

  const running = (): StreamRecorder =>
    new StreamRecorder((control) => {
      control.run();
    });

  describe("from the plugin", () => {
    it("gives all items, in order, and says that it ended", async () => {
      const recorder = running();
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
      const recorder = running();
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
        const recorder = running();
        const outcome = await start(name, args, recorder);
        assert.equal(resultOf(outcome, "streamEnded").received, expected.length);
        assert.deepEqual(outputs(name, recorder), expected);
      });
    }

    it("gives items of any size", async () => {
      const lengths = [16 * 1024 * 1024, 1, 20_000, 100_000, 0, 3_000_000];
      const recorder = running();
      await start("texts", { lengths }, recorder);
      assert.deepEqual(
        recorder.items.map(({ bytes }) => bytes.length - 8),
        lengths,
      );
    });

    it("refuses an item over the limit and keeps those before it", async () => {
      await test.dispose();
      test = await TestRunner.create({ keepsSpare: false, bodyLimit: 1024 * 1024 });
      const recorder = running();
      const outcome = await start("texts", { lengths: [10, 2_000_000] }, recorder);
      assert.match(resultOf(outcome, "wireError").message, /takes 2000008 bytes after 1 item/);
      assert.equal(recorder.items.length, 1);
    });

    it("shows a panic, waits, and goes on with later items", async () => {
      const recorder = running();
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
      const recorder = running();
      const outcome = start("panics", { at: 0, count: 5 }, recorder);
      await recorder.until(({ panics }) => panics.length === 1);
      recorder.control.close();
      assert.equal(resultOf(await outcome, "panic").panic.message, "no item 0 here");
    });

    it("says that an item which does not serialize is the end", async () => {
      const recorder = running();
      const outcome = await start("no_three", {}, recorder);
      assert.match(resultOf(outcome, "wireError").message, /status -2\) after 3 items.*stuck/);
      assert.equal(recorder.items.length, 3);
    });

    it("has every item from before a crash", async () => {
      const recorder = running();
      const outcome = await start("aborts", { at: 1234 }, recorder);
      assert.equal(resultOf(outcome, "crashed").death.kind, "abort");
      assert.equal(recorder.items.length, 1234);
      assert.match(outcome.output.stderr, /about to abort/);
      // The next call, in the lane's own host, works.
      assert.equal(valueOf(await test.call(library, schema, "live")), "0");
    });

    it("Cancel ends one that blocks for ever and keeps its items", async () => {
      const recorder = running();
      const abort = new AbortController();
      const ending = start("stalls", { count: 3 }, recorder, { signal: abort.signal });
      await recorder.until(({ items }) => items.length === 3);
      const [pid] = test.runner.hostPids;
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
      const stalled = running();
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
      const panicked = await start("panics_at_once", {}, running());
      assert.equal(resultOf(panicked, "panic").panic.message, "no stream today");
      const outcome = await start("never_opens", {}, running(), { timeoutMs: 200 });
      resultOf(outcome, "timedOut");
    });

    it("a drop that panics is the crash that it is; one that hangs is ended", async () => {
      const crashed = await start("drop_panics", {}, running());
      assert.equal(resultOf(crashed, "crashed").death.kind, "abort");
      assert.match(crashed.notes.join(), /while the stream was dropped/);
      const hung = await start("drop_hangs", {}, running());
      assert.equal(resultOf(hung, "streamEnded").received, 3);
      assert.match(hung.notes.join(), /Dropping the stream had not returned/);
    });

    it("other calls of the plugin go on while it is open", async () => {
      const recorder = new StreamRecorder();
      const ending = start("endless", {}, recorder);
      await recorder.until(({ wait }) => wait === "user");
      assert.equal(valueOf(await test.call(library, schema, "live")), "1");
      recorder.control.close();
      await ending;
    });

    it("a restart of the hosts ends it", async () => {
      const recorder = new StreamRecorder();
      const ending = start("endless", {}, recorder);
      await recorder.until(({ wait }) => wait === "user");
      await test.runner.restart();
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
  });

  describe("into the plugin", () => {
    it("feeds items until the input is finished", async () => {
      const recorder = new StreamRecorder();
      const outcome = start("sum", { start: "100" }, recorder);
      await recorder.until(({ wait }) => wait === "input");
      assert.equal(recorder.items.length, 0);
      assert.equal(await send("sum", recorder.control, "5"), true);
      await recorder.until(({ wait, items }) => wait === "input" && items.length === 1);
      assert.equal(await send("sum", recorder.control, "-7"), true);
      recorder.control.finishInput();
      assert.equal(valueOf(await outcome), "98");
      assert.deepEqual(
        recorder.items.map(({ direction, index }) => [direction, index]),
        [
          ["in", 0],
          ["in", 1],
        ],
      );
      assert.equal(await send("sum", recorder.control, "1"), false);
    });

    it("takes items of any size", async () => {
      const recorder = new StreamRecorder((control) => {
        for (const length of [0, 255, 256, 257, 70_000, 16 * 1024 * 1024]) {
          void send("total_length", control, "y".repeat(length));
        }
        control.finishInput();
      });
      const total = 255 + 256 + 257 + 70_000 + 16 * 1024 * 1024;
      assert.equal(valueOf(await start("total_length", {}, recorder)), String(total));
    });

    it("takes thousands of items, and records", async () => {
      const recorder = new StreamRecorder((control) => {
        for (let number = 0; number < 5000; number += 1) {
          void send("mean", control, { sensor: "s", value: number, raw: null });
        }
        control.finishInput();
      });
      assert.equal(valueOf(await start("mean", {}, recorder)), 2499.5);
    });

    it("tells that items are not taken any more", async () => {
      const recorder = new StreamRecorder();
      const outcome = start("first", { count: 1 }, recorder);
      await recorder.until(({ wait }) => wait === "input");
      const sent = [1, 2].map((value) => send("first", recorder.control, value));
      assert.deepEqual(valueOf(await outcome), [1]);
      assert.deepEqual(await Promise.all(sent), [true, false]);
    });

    it("gives the plugin's error, its panic, and a result without any input", async () => {
      const feed = (name: string, values: readonly JsonValue[]): StreamRecorder =>
        new StreamRecorder((control) => {
          values.forEach((value) => void send(name, control, value));
          control.finishInput();
        });
      const failed = await start("all_positive", {}, feed("all_positive", ["1", "2", "-3"]));
      assert.equal(resultOf(failed, "pluginError").error?.message, "item 2 is -3");
      const panicked = await start("unlucky", {}, feed("unlucky", [1, 13, 2]));
      assert.equal(resultOf(panicked, "panic").panic.message, "thirteen after 1 items");
      assert.equal(valueOf(await start("ignores", {}, feed("ignores", []))), 7);
      assert.equal(valueOf(await start("count_later", {}, feed("count_later", [1, 2, 3]))), "3");
      assert.equal(valueOf(await start("mean", {}, feed("mean", []))), null);
    });

    it("the time limit stands still while the plugin waits for input", async () => {
      const recorder = new StreamRecorder();
      const outcome = start("sum", { start: "0" }, recorder, { timeoutMs: 250 });
      await recorder.until(({ wait }) => wait === "input");
      await new Promise((resolve) => setTimeout(resolve, 500));
      await send("sum", recorder.control, "4");
      recorder.control.finishInput();
      assert.equal(valueOf(await outcome), "4");
    });

    it("Cancel is not the end of the input", async () => {
      const recorder = new StreamRecorder();
      const abort = new AbortController();
      const outcome = start("sum", { start: "0" }, recorder, { signal: abort.signal });
      await recorder.until(({ wait }) => wait === "input");
      abort.abort();
      resultOf(await outcome, "cancelled");
    });
  });

  describe("both ways", () => {
    it("pulls input only when an output item needs it", async () => {
      const recorder = new StreamRecorder();
      const outcome = start("scale", { factor: "3" }, recorder);
      await recorder.until(({ wait }) => wait === "user");
      const sent = send("scale", recorder.control, "2");
      assert.equal(recorder.items.length, 0);
      recorder.control.next(1);
      assert.equal(await sent, true);
      await recorder.until(({ items, wait }) => items.length === 2 && wait === "user");
      assert.deepEqual(outputs("scale", recorder), ["6"]);
      recorder.control.run();
      await recorder.until(({ wait }) => wait === "input");
      recorder.control.finishInput();
      const { received, sent: count } = resultOf(await outcome, "streamEnded");
      assert.deepEqual({ received, count }, { received: 1, count: 1 });
      assert.match((await outcome).output.stderr, /stream dropped 1/);
    });

    it("two outputs for one input, two inputs for one output, input left over", async () => {
      const twice = running();
      const first = start("twice", {}, twice);
      await twice.until(({ wait }) => wait === "input");
      await send("twice", twice.control, "a");
      await send("twice", twice.control, "b");
      twice.control.finishInput();
      resultOf(await first, "streamEnded");
      assert.deepEqual(outputs("twice", twice), ["a", "a", "b", "b"]);
      assert.deepEqual(
        twice.items.map(({ direction }) => direction),
        ["in", "out", "out", "in", "out", "out"],
      );

      const pairs = running();
      const second = start("pairs", {}, pairs);
      await pairs.until(({ wait }) => wait === "input");
      [1, 2, 3, 4, 5].forEach((value) => void send("pairs", pairs.control, value));
      pairs.control.finishInput();
      assert.equal(resultOf(await second, "streamEnded").sent, 5);
      assert.deepEqual(outputs("pairs", pairs), [3, 7]);

      const one = running();
      const third = start("only_one", {}, one);
      await one.until(({ wait }) => wait === "input");
      const sent = [8, 9].map((value) => send("only_one", one.control, value));
      assert.equal(resultOf(await third, "streamEnded").received, 1);
      assert.deepEqual(await Promise.all(sent), [true, false]);
    });

    it("Cancel while it waits for input, and a close before anything", async () => {
      const recorder = running();
      const abort = new AbortController();
      const outcome = start("scale", { factor: "1" }, recorder, { signal: abort.signal });
      await recorder.until(({ wait }) => wait === "input");
      abort.abort();
      resultOf(await outcome, "cancelled");
      const closed = new StreamRecorder((control) => {
        control.close();
      });
      const second = await start("scale", { factor: "1" }, closed);
      assert.equal(resultOf(second, "streamEnded").isComplete, false);
      assert.match(second.output.stderr, /stream dropped 1/);
    });
  });

  it("three crashes of streams stop the starting of hosts, like those of calls", async () => {
    for (let crash = 0; crash < 3; crash += 1) {
      resultOf(await start("aborts", { at: 0 }, running()), "crashed");
    }
    resultOf(await start("count", { limit: "1" }, running()), "hostRefused");
    resultOf(await test.call(library, schema, "live"), "hostRefused");
  });
});
