// Streams that plugins take, alone and with one that they give: fed as they ask, finished, cancelled, left over.

import assert from "node:assert/strict";
import type { JsonValue } from "../../src/model/value/value.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { resultOf, valueOf } from "./harness.ts";
import { runningRecorder, useStreamingPlugin } from "./streamingPlugin.ts";

describe("streams into the plugin", function () {
  this.timeout(60_000);
  const { start, outputs, send } = useStreamingPlugin();

  describe("that give a result", () => {
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

  describe("that give a stream", () => {
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
      const twice = runningRecorder();
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

      const pairs = runningRecorder();
      const second = start("pairs", {}, pairs);
      await pairs.until(({ wait }) => wait === "input");
      [1, 2, 3, 4, 5].forEach((value) => void send("pairs", pairs.control, value));
      pairs.control.finishInput();
      assert.equal(resultOf(await second, "streamEnded").sent, 5);
      assert.deepEqual(outputs("pairs", pairs), [3, 7]);

      const one = runningRecorder();
      const third = start("only_one", {}, one);
      await one.until(({ wait }) => wait === "input");
      const sent = [8, 9].map((value) => send("only_one", one.control, value));
      assert.equal(resultOf(await third, "streamEnded").received, 1);
      assert.deepEqual(await Promise.all(sent), [true, false]);
    });

    it("Cancel while it waits for input, and a close before anything", async () => {
      const recorder = runningRecorder();
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
});
