// Streams on instances that live, beside calls and other streams in the same process: one state, turns between pulls, and
// instances that outlive nobody. The plugin counts what is open and dropped.

import assert from "node:assert/strict";
import { appendFile, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { descriptorsOf, residentMebibytes, threadsOf } from "../soak/footprint.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { onPosix } from "../support/windows.ts";
import { resultOf, untilReaped, valueOf } from "./harness.ts";
import { a, b, useStatefulPlugin } from "./statefulPlugin.ts";

describe("streams on living instances", function () {
  this.timeout(60_000);
  const { hosts, renewHosts, built, call, on, open, run, next, outputs, send, valueIn } =
    useStatefulPlugin();

  it("a stream sees what calls left, each item what they leave meanwhile, and leaves its own", async () => {
    assert.equal(await valueIn(a), "5");
    await on(a, "set", { value: "7" });
    const { recorder, ending } = await open("values", {}, { instance: a });
    await next(recorder);
    await on(a, "set", { value: "8" });
    await next(recorder);
    await on(b, "set", { value: "9" });
    await next(recorder);
    assert.deepEqual(outputs(recorder, "values"), ["7", "8", "8"]);
    recorder.control.close();
    const outcome = await ending;
    assert.deepEqual(outcome.notes, []);
    assert.equal(outcome.measurements.hostPid, (await on(a, "get")).measurements.hostPid);
    resultOf(await run("raise", { count: 3 }, { instance: a }), "streamEnded");
    assert.deepEqual([await valueIn(a), await valueIn(b)], ["11", "9"]);
  });

  it("the first that is wanted of an instance may be a stream, which constructs it", async () => {
    resultOf(await run("raise", { count: 2 }, { instance: a }), "streamEnded");
    assert.deepEqual(
      hosts().runner.instances.map(({ instance }) => instance),
      ["id of a"],
    );
    assert.equal(await valueIn(a), "7");
  });

  it("a plugin without configuration has one state too", async () => {
    const single = { plugin: "Memory" };
    await call("set", { value: "5" }, single);
    const { recorder, ending } = await open("values", {}, single);
    await next(recorder);
    await call("set", { value: "6" }, single);
    await next(recorder);
    assert.deepEqual(outputs(recorder, "values", "Memory"), ["5", "6"]);
    recorder.control.close();
    await ending;
    const adding = await open("add_all", {}, single);
    await send(adding.recorder, "add_all", "4", "Memory");
    adding.recorder.control.finishInput();
    assert.equal(valueOf(await adding.ending), "10");
    assert.equal(valueOf(await call("get", {}, single)), "10");
  });

  it("items that go in change the state between calls, and both ways", async () => {
    const total = await open("running_total", {}, { instance: a });
    const taken = send(total.recorder, "running_total", "10");
    total.recorder.control.next(1);
    assert.equal(await taken, true);
    await total.recorder.until(({ items, wait }) => items.length === 2 && wait === "user");
    await on(a, "set", { value: "1" });
    void send(total.recorder, "running_total", "2");
    total.recorder.control.next(1);
    await total.recorder.until(({ items, wait }) => items.length === 4 && wait === "user");
    assert.deepEqual(outputs(total.recorder, "running_total"), ["15", "3"]);
    total.recorder.control.close();
    await total.ending;
    assert.equal(await valueIn(a), "3");
  });

  it("several are open side by side, on one instance and on another, and take turns", async () => {
    const streams = [
      await open("raise", { count: 100 }, { instance: a }),
      await open("raise", { count: 100 }, { instance: a }),
      await open("raise", { count: 100 }, { instance: b }),
    ] as const;
    assert.equal(valueOf(await on(a, "open_streams")), 3);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(streams.map(({ recorder }) => next(recorder)));
    }
    const [first, second, other] = streams.map(({ recorder }) => outputs(recorder, "raise"));
    const together = [...(first ?? []), ...(second ?? [])].map(Number);
    assert.deepEqual(
      together.toSorted((left, right) => left - right),
      [6, 7, 8, 9, 10, 11],
    );
    assert.deepEqual(other, ["101", "102", "103"]);
    streams.forEach(({ recorder }) => {
      recorder.control.close();
    });
    await Promise.all(streams.map(({ ending }) => ending));
    assert.equal(valueOf(await on(a, "open_streams")), 0);
  });

  it("a call gets its turn while a stream runs without end", async () => {
    const { recorder, ending } = await open("values", {}, { instance: a });
    recorder.control.run();
    await recorder.until(({ items }) => items.length > 0);
    for (const value of ["1", "2", "3"]) {
      await on(a, "set", { value });
    }
    const before = recorder.items.length;
    await recorder.until(({ items }) => items.length > before + 2048);
    recorder.control.close();
    resultOf(await ending, "streamEnded");
    assert.equal(outputs(recorder, "values").at(-1), "3");
  });

  it("what is printed belongs to the one that printed it", async () => {
    const { recorder, ending } = await open("talks", {}, { instance: a });
    await next(recorder);
    const said = await on(a, "says", { text: "a call" });
    await next(recorder);
    recorder.control.close();
    assert.equal(said.output.stdout, "a call\n");
    assert.equal((await ending).output.stdout, "item 0\nitem 1\n");
  });

  describe("while the plugin waits for input", () => {
    it("a call says so, calls nothing, and is possible afterwards", async () => {
      const { recorder, ending } = await open("add_all", {}, { instance: a });
      for (const instance of [a, b]) {
        const { message } = resultOf(await on(instance, "get"), "busy");
        assert.match(
          message,
          new RegExp(
            `^\`get\` of \`${instance.name}\` was not called: the stream \`add_all\` of \`a\``,
            "u",
          ),
        );
        assert.match(message, /Send it one, finish its input, or cancel it; then call again\.$/u);
      }
      await send(recorder, "add_all", "37");
      recorder.control.finishInput();
      assert.equal(valueOf(await ending), "42");
      assert.equal(await valueIn(a), "42");
    });

    it("another stream is refused like a call, and one that is open waits its turn", async () => {
      const values = await open("values", {}, { instance: a });
      const adding = await open("add_all", {}, { instance: a });
      resultOf(await run("raise", { count: 1 }, { instance: a }), "busy");
      values.recorder.control.next(1);
      await values.recorder.until(({ wait }) => wait === "turn");
      await send(adding.recorder, "add_all", "1");
      adding.recorder.control.finishInput();
      assert.equal(valueOf(await adding.ending), "6");
      await values.recorder.until(({ items, wait }) => items.length === 1 && wait === "user");
      assert.deepEqual(outputs(values.recorder, "values"), ["6"]);
      values.recorder.control.close();
      await values.ending;
    });

    it("a call that its user does not wait for is called back", async () => {
      const { recorder, ending } = await open("add_all", {}, { instance: a });
      const abort = new AbortController();
      const waiting = on(a, "get", {}, { signal: abort.signal });
      abort.abort();
      resultOf(await waiting, "cancelled");
      recorder.control.finishInput();
      assert.equal(valueOf(await ending), "5");
    });

    it("a file of items is no reason to turn calls away", async () => {
      const { recorder, ending } = await open("add_all", {}, { instance: a });
      const called = on(a, "get");
      for (let item = 0; item < 200; item += 1) {
        await send(recorder, "add_all", "1");
      }
      recorder.control.finishInput();
      assert.equal(valueOf(await ending), "205");
      assert.equal(valueOf(await called), "205");
    });

    it("a stream that is cancelled then is dropped when it can be, and says so", async () => {
      const abort = new AbortController();
      const values = await open("values", {}, { instance: a, signal: abort.signal });
      const adding = await open("add_all", {}, { instance: a });
      abort.abort();
      const outcome = await values.ending;
      resultOf(outcome, "cancelled");
      assert.match(outcome.notes.join(), /dropped as soon as `add_all` of `a`/u);
      adding.recorder.control.finishInput();
      await adding.ending;
      assert.equal(valueOf(await on(a, "open_streams")), 0);
    });
  });

  it("an input that the plugin keeps is at its end in other calls, and when its own is over", async () => {
    const { recorder, ending } = await open("keeps", {}, { instance: a });
    await send(recorder, "keeps", "1");
    assert.equal(valueOf(await ending), "1");
    assert.equal(valueOf(await on(a, "kept")), null);
    const both = await open("keeps_both", {}, { instance: a });
    void send(both.recorder, "keeps_both", "2");
    void send(both.recorder, "keeps_both", "3");
    both.recorder.control.next(1);
    await both.recorder.until(({ items, wait }) => items.length === 2 && wait === "user");
    assert.equal(valueOf(await on(a, "kept")), null);
    both.recorder.control.next(1);
    await both.recorder.until(({ items, wait }) => items.length === 4 && wait === "user");
    both.recorder.control.close();
    resultOf(await both.ending, "streamEnded");
    assert.equal(valueOf(await on(a, "kept")), null);
    assert.equal(await valueIn(a), "5");
  });

  it("a new build leaves an open stream in the build that it began in", async () => {
    const library = join(hosts().staging, "libstateful.so");
    await copyFile(built(), library);
    await on(a, "set", { value: "30" }, { library });
    const { recorder, ending } = await open("values", {}, { instance: a, library });
    await next(recorder);
    const [pid] = hosts().runner.hostPids;
    // Another file: the same code with bytes behind it, which no loader reads.
    await copyFile(built(), library);
    await appendFile(library, "another build");
    const called = await on(a, "get", {}, { library });
    assert.equal(valueOf(called), "5");
    assert.match(called.notes.join(), /because the plugin was built anew/u);
    assert.notEqual(called.measurements.hostPid, pid);
    await next(recorder);
    assert.deepEqual(outputs(recorder, "values"), ["30", "30"]);
    resultOf(await on(b, "crash", {}, { library }), "crashed");
    await next(recorder);
    recorder.control.close();
    const outcome = await ending;
    assert.equal(resultOf(outcome, "streamEnded").received, 3);
    assert.deepEqual(outcome.notes, [
      "The plugin was built anew while the stream was open; the stream stayed with the build that it began in.",
    ]);
    await untilReaped(pid ?? assert.fail());
  });

  it("an idle host is kept for an open stream, and ended after it", async () => {
    await renewHosts({ idleMs: 50, warmHosts: 0 });
    const { recorder, ending } = await open("values", {}, { instance: a });
    await on(a, "set", { value: "3" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await next(recorder);
    assert.deepEqual(outputs(recorder, "values"), ["3"]);
    recorder.control.close();
    await ending;
    while (hosts().runner.hostPids.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  onPosix("/proc, which shows what a process holds", () => {
    it("a thousand streams that are dropped half-read leave nothing", async function () {
      this.timeout(120_000);
      const { measurements } = await on(a, "get");
      const pid = measurements.hostPid ?? assert.fail();
      const halves = async (count: number): Promise<void> => {
        for (let stream = 0; stream < count; stream += 1) {
          const method = stream % 2 === 0 ? "values" : "running_total";
          const recorder = new StreamRecorder((control) => {
            if (method === "running_total") {
              void send(recorder, method, "1");
            }
            control.next(1);
          });
          const ending = call(method, {}, { instance: a, stream: recorder });
          await recorder.until(
            ({ items, wait }) =>
              items.some(({ direction }) => direction === "out") && wait === "user",
          );
          recorder.control.close();
          resultOf(await ending, "streamEnded");
        }
      };
      await halves(200);
      const before = [descriptorsOf(pid), threadsOf(pid)];
      const residentBefore = residentMebibytes(pid);
      await halves(1000);
      assert.deepEqual([descriptorsOf(pid), threadsOf(pid)], before);
      const grown = residentMebibytes(pid) - residentBefore;
      assert.ok(grown < 16, `the host grew by ${String(grown)} MiB`);
      assert.equal(valueOf(await on(a, "open_streams")), 0);
    });
  });
});
