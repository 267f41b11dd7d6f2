// Streams on instances that live, beside calls and other streams in the same process: one state, turns between pulls, what is
// told of each when the process ends, and instances that outlive nobody. The plugin counts what is open and dropped.

import assert from "node:assert/strict";
import { appendFile, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/cli/loadProject.ts";
import { decodeItem, encodeInputItem } from "../../src/codec/streamItems.ts";
import type { ConfiguredInstance } from "../../src/model/instance.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonObject, JsonValue } from "../../src/model/value.ts";
import type { DropOutcome } from "../../src/runner/configuredInstances.ts";
import { descriptorsOf, residentMebibytes, threadsOf } from "../soak/footprint.ts";
import { distFolder, fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { isRunning, resultOf, TestRunner, untilReaped, valueOf } from "./harness.ts";

interface Options {
  readonly instance?: ConfiguredInstance | undefined;
  readonly plugin?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly library?: string;
  readonly stream?: StreamRecorder;
}

describe("streams on living instances", function () {
  this.timeout(60_000);
  let model: ProjectModel;
  let built: string;
  let test: TestRunner;

  before(async function () {
    this.timeout(600_000);
    const dist = distFolder();
    model = await loadProject(join(fixturesFolder, "stateful"), dist, nullLogger);
    built = await fixtureLibrary("stateful");
  });
  beforeEach(async () => {
    test = await TestRunner.create({ keepsSpare: false });
  });
  afterEach(() => test.dispose());

  const keeper = (name: string, value = "0"): ConfiguredInstance => ({
    id: `id of ${name}`,
    name,
    configuration: { value },
  });
  const a = keeper("a", "5");
  const b = keeper("b", "100");

  function schema(name: string): PluginSchema {
    const found = model.plugins.find((plugin) => plugin.name === name);
    return found ?? assert.fail(`${name} was not found in the source`);
  }

  function call(method: string, args: JsonObject, options: Options): Promise<CallOutcome> {
    const plugin = schema(options.plugin ?? "Keeper");
    return test.runner.call(
      {
        library: options.library ?? built,
        plugin,
        method: methodOf(plugin, method),
        arguments: args,
        instance: options.instance,
        timeoutMs: options.timeoutMs ?? 20_000,
        workingDirectory: tmpdir(),
        environment: {},
        stream: options.stream,
      },
      options.signal ?? new AbortController().signal,
    );
  }

  const on = (instance: ConfiguredInstance, method: string, args: JsonObject = {}, more = {}) =>
    call(method, args, { instance, ...more });

  /** An open stream, waiting for its user or for input. */
  async function open(
    method: string,
    args: JsonObject,
    options: Options,
  ): Promise<{ readonly recorder: StreamRecorder; readonly ending: Promise<CallOutcome> }> {
    const recorder = new StreamRecorder();
    const ending = call(method, args, { ...options, stream: recorder });
    const isClient = methodOf(schema(options.plugin ?? "Keeper"), method).stream === "client";
    await recorder.until(({ wait }) => wait === (isClient ? "input" : "user"));
    return { recorder, ending };
  }

  /** A stream that runs to its end. */
  function run(method: string, args: JsonObject, options: Options): Promise<CallOutcome> {
    const recorder = new StreamRecorder((control) => {
      control.run();
    });
    return call(method, args, { ...options, stream: recorder });
  }

  async function next(recorder: StreamRecorder, count = 1): Promise<void> {
    const wanted = recorder.items.length + count;
    recorder.control.next(count);
    await recorder.until(({ items, wait }) => items.length === wanted && wait === "user");
  }

  function outputs(recorder: StreamRecorder, method: string, plugin = "Keeper"): JsonValue[] {
    return recorder.items
      .filter(({ direction }) => direction === "out")
      .map(({ bytes }) => {
        const item = decodeItem(methodOf(schema(plugin), method), schema(plugin).types, bytes);
        return item.ok ? item.value.value : assert.fail(JSON.stringify(item));
      });
  }

  function send(
    recorder: StreamRecorder,
    method: string,
    value: string,
    plugin = "Keeper",
  ): Promise<boolean> {
    const item = encodeInputItem(methodOf(schema(plugin), method), schema(plugin).types, value);
    return recorder.control.send(item.ok ? item.value : assert.fail(JSON.stringify(item)));
  }

  function drop(instance: ConfiguredInstance, endsStreams = false): Promise<DropOutcome> {
    const live = { plugin: schema("Keeper").id, instance: instance.id };
    return test.runner.dropInstance(live, endsStreams);
  }

  const valueIn = async (instance: ConfiguredInstance): Promise<unknown> =>
    valueOf(await on(instance, "get"));

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
      test.runner.instances.map(({ instance }) => instance),
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
        const { hostPid } = { hostPid: test.runner.hostPids[0] ?? assert.fail() };
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
      await test.runner.restart();
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
    const library = join(test.staging, "libstateful.so");
    await copyFile(built, library);
    await on(a, "set", { value: "30" }, { library });
    const { recorder, ending } = await open("values", {}, { instance: a, library });
    await next(recorder);
    const [pid] = test.runner.hostPids;
    // Another file: the same code with bytes behind it, which no loader reads.
    await copyFile(built, library);
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
    await test.dispose();
    test = await TestRunner.create({ keepsSpare: false, idleMs: 50, warmHosts: 0 });
    const { recorder, ending } = await open("values", {}, { instance: a });
    await on(a, "set", { value: "3" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await next(recorder);
    assert.deepEqual(outputs(recorder, "values"), ["3"]);
    recorder.control.close();
    await ending;
    while (test.runner.hostPids.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

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
