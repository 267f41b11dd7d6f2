// Streams on living instances that do not come to their end: cancelled, too slow, in a process that crashes, on an instance
// that is dropped. What is told of each, and what goes on.

import assert from "node:assert/strict";
import { isRunning, resultOf, valueOf } from "./harness.ts";
import { a, b, keeper, useStatefulPlugin } from "./statefulPlugin.ts";

describe("streams on living instances, cut short", function () {
  this.timeout(60_000);
  const { hosts, on, open, run, next, outputs, send, drop, valueIn } = useStatefulPlugin();

  describe("Cancel", () => {
    it("between two items, or while they come, leaves the instance as it is", async () => {
      const { measurements } = await on(a, "set", { value: "50" });
      const idle = new AbortController();
      const waiting = await open("values", {}, { instance: a, signal: idle.signal });
      await next(waiting.recorder);
      idle.abort();
      const busy = new AbortController();
      const running = await open(
        "raise_slowly",
        { milliseconds: 5 },
        { instance: a, signal: busy.signal },
      );
      running.recorder.control.run();
      await running.recorder.until(({ items }) => items.length > 3);
      busy.abort();
      for (const outcome of [await waiting.ending, await running.ending]) {
        resultOf(outcome, "cancelled");
        assert.deepEqual(outcome.notes, []);
      }
      const after = await on(a, "get");
      assert.equal(valueOf(after), String(50 + running.recorder.items.length));
      assert.equal(after.measurements.hostPid, measurements.hostPid);
      assert.equal(valueOf(await on(a, "open_streams")), 0);
    });

    it("of one that does not answer ends the process and names the instances in it", async () => {
      await on(b, "get");
      for (const [method, args, count] of [
        ["stalls", { at: 1 }, 1],
        ["add_all", {}, 0],
      ] as const) {
        const abort = new AbortController();
        const { recorder, ending } = await open(method, args, {
          instance: a,
          signal: abort.signal,
        });
        const { hostPid } = { hostPid: hosts().runner.hostPids[0] ?? assert.fail() };
        if (count > 0) {
          recorder.control.run();
          await recorder.until(({ items }) => items.length === count);
        }
        abort.abort();
        const outcome = await ending;
        resultOf(outcome, "cancelled");
        assert.match(outcome.notes.join(), /^Instances? .*`a` ended with the process\./u);
        assert.ok(!isRunning(hostPid));
        const again = await on(a, "get");
        assert.equal(valueOf(again), "5");
        assert.match(again.notes.join(), /^Instance `a` was built again/u);
      }
    });
  });

  it("a time limit ends the process, names the instances, and other streams are told", async () => {
    const other = await open("values", {}, { instance: b });
    const stalled = await open("stalls", { at: 1 }, { instance: a, timeoutMs: 300 });
    stalled.recorder.control.run();
    const outcome = await stalled.ending;
    assert.equal(resultOf(outcome, "timedOut").afterMs, 300);
    assert.match(outcome.notes.join(), /^Instances `b` and `a` ended with the process/u);
    const ended = await other.ending;
    resultOf(ended, "cancelled");
    assert.match(
      ended.notes.join(),
      /ended with the process that it shared: `stalls` of `a` had not answered in its time/u,
    );
    assert.equal(await valueIn(b), "100");
  });

  describe("a crash", () => {
    it("in a pull names the instances that ended; the next call works and is not told twice", async () => {
      await on(b, "get");
      const outcome = await run("aborts", { at: 20 }, { instance: a });
      assert.equal(resultOf(outcome, "crashed").death.kind, "abort");
      assert.match(outcome.output.stderr, /about to abort/u);
      assert.deepEqual(outcome.notes, [
        "Instances `b` and `a` ended with the process. Each is built again from its configuration at the next call on it.",
      ]);
      const again = await on(a, "get");
      assert.equal(valueOf(again), "5");
      assert.deepEqual(again.notes, [
        "Instance `a` was built again from its configuration, because its process ended. What it had kept in memory is gone.",
      ]);
    });

    it("of a call ends the streams in its process, which say whose it was", async () => {
      const { recorder, ending } = await open("values", {}, { instance: a });
      await next(recorder);
      resultOf(await on(b, "crash"), "crashed");
      const outcome = await ending;
      resultOf(outcome, "crashed");
      assert.match(outcome.notes.join(), /it ended while `crash` of `b` ran in it/u);
      assert.equal(recorder.items.length, 1);
    });

    it("counts once, however many were in the process", async () => {
      for (let crash = 0; crash < 2; crash += 1) {
        const streams = [
          await open("values", {}, { instance: a }),
          await open("values", {}, { instance: a }),
        ];
        resultOf(await on(b, "crash"), "crashed");
        for (const { ending } of streams) {
          resultOf(await ending, "crashed");
        }
      }
      assert.equal(await valueIn(a), "5", "two crashes are not three");
    });

    it("by a call that is cancelled or too slow ends them too", async () => {
      const abort = new AbortController();
      const first = await open("values", {}, { instance: a });
      const blocked = on(b, "block", {}, { signal: abort.signal });
      await new Promise((resolve) => setTimeout(resolve, 100));
      abort.abort();
      resultOf(await blocked, "cancelled");
      assert.match((await first.ending).notes.join(), /`block` of `b` was cancelled/u);
      const second = await open("values", {}, { instance: a });
      resultOf(await on(b, "block", {}, { timeoutMs: 150 }), "timedOut");
      assert.match((await second.ending).notes.join(), /`block` of `b` had not answered/u);
    });

    it("a restart of the hosts ends them and says so", async () => {
      const { ending } = await open("values", {}, { instance: a });
      await hosts().runner.restart();
      const outcome = await ending;
      resultOf(outcome, "cancelled");
      assert.match(outcome.notes.join(), /the hosts were restarted/u);
    });
  });

  describe("dropping the instance", () => {
    it("is refused while a stream is open, or ends it first", async () => {
      const { recorder, ending } = await open("values", {}, { instance: a });
      await next(recorder);
      const refused = await drop(a);
      assert.equal(
        refused.kind === "inUse" && refused.message,
        "`a` was not dropped: the stream `values` is open on it. End it first.",
      );
      await next(recorder);
      assert.equal((await drop(a, true)).kind, "dropped");
      const outcome = await ending;
      assert.equal(resultOf(outcome, "streamEnded").isComplete, false);
      assert.equal(valueOf(await on(b, "drops")), 1);
      assert.deepEqual((await on(a, "get")).notes, []);
    });

    it("of one whose plugin waits for input says what to do, and loses nothing", async () => {
      const adding = await open("add_all", {}, { instance: a });
      const refused = await drop(a, true);
      assert.match(
        refused.kind === "inUse" ? refused.message : "",
        /the stream `add_all` of `a` .* waits for its next input item\. Finish its input or cancel it/u,
      );
      await send(adding.recorder, "add_all", "1");
      adding.recorder.control.finishInput();
      assert.equal(valueOf(await adding.ending), "6");
      assert.equal((await drop(a)).kind, "dropped");
    });

    it("by another configuration leaves the one before to its stream, then destroys it", async () => {
      const { recorder, ending } = await open("values", {}, { instance: a });
      await next(recorder);
      const changed = keeper("a", "70");
      const first = await on(changed, "get");
      assert.equal(valueOf(first), "70");
      await next(recorder);
      assert.deepEqual(outputs(recorder, "values"), ["5", "5"]);
      assert.equal(valueOf(await on(changed, "drops")), 0);
      recorder.control.close();
      const outcome = await ending;
      resultOf(outcome, "streamEnded");
      assert.equal(valueOf(await on(changed, "drops")), 1);
    });
  });
});
