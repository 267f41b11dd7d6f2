// Configured instances in real host processes: two side by side, state kept apart, drops counted by the plugin itself, and
// what is said of those that end with their process. Schemas come from the fixture's source.

import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import type { ConfiguredInstance } from "../../src/model/instance.ts";
import { decodeItem, encodeInputItem } from "../../src/codec/method/streamItems.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { InstanceOutcome } from "../../src/runner/session/configuredInstances.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { resultOf, TestRunner, valueOf } from "./harness.ts";
import { methodOf } from "./fixtureSchemas.ts";

const never = new AbortController().signal;

describe("configured instances", function () {
  this.timeout(60_000);
  let model: ProjectModel;
  let library: string;
  let test: TestRunner;

  before(async function () {
    this.timeout(600_000);
    model = await loadProject(join(fixturesFolder, "configured"), nullLogger);
    library = await fixtureLibrary("configured");
  });
  beforeEach(async () => {
    test = await TestRunner.create();
  });
  afterEach(() => test.dispose());

  function plugin(name: string): PluginSchema {
    const found = model.plugins.find((schema) => schema.name === name);
    assert.ok(found !== undefined, `${name} was not found in the source`);
    return found;
  }

  function greeter(name: string, more: JsonObject = {}): ConfiguredInstance {
    const configuration = { greeting: name, tone: "Plain", serial: "1", badge: "hex:", ...more };
    return { id: `id of ${name}`, name, configuration };
  }

  function call(
    instance: ConfiguredInstance | undefined,
    method: string,
    args: JsonObject = {},
    name = "Greeter",
    timeoutMs = 20_000,
    stream?: StreamRecorder,
  ): Promise<CallOutcome> {
    const request = {
      library,
      plugin: plugin(name),
      method: methodOf(plugin(name), method),
      arguments: args,
      instance,
      timeoutMs,
      workingDirectory: tmpdir(),
      environment: {},
      ...(stream === undefined ? {} : { stream }),
    };
    return test.runner.call(request, never);
  }

  function build(
    instance: ConfiguredInstance,
    name = "Greeter",
    timeoutMs = 20_000,
  ): Promise<InstanceOutcome> {
    const request = {
      library,
      plugin: plugin(name),
      instance,
      timeoutMs,
      workingDirectory: tmpdir(),
      environment: {},
    };
    return test.runner.buildInstance(request, never);
  }

  function failureOf(outcome: InstanceOutcome): CallOutcome {
    assert.equal(outcome.kind, "failed");
    return outcome.outcome;
  }

  async function drop(name: string): Promise<string> {
    const instance = `id of ${name}`;
    return (await test.runner.dropInstance({ plugin: plugin("Greeter").id, instance })).kind;
  }

  it("two configurations live side by side in one process, each with its own state", async () => {
    const loud = greeter("Hi", { tone: { Loud: { marks: 3 } } });
    const quoted = greeter("Hello", { tone: { Quoted: "*" }, serial: "18446744073709551615" });
    const first = await call(loud, "greet", { name: "you" });
    const second = await call(quoted, "greet", { name: "you" });
    assert.equal(valueOf(first), "Hi, you!!!");
    assert.equal(valueOf(second), "*Hello, you*");
    assert.equal(first.measurements.hostPid, second.measurements.hostPid);
    assert.equal(valueOf(await call(loud, "calls")), 2);
    assert.equal(valueOf(await call(loud, "calls")), 3);
    assert.equal(valueOf(await call(quoted, "calls")), 2);
    assert.equal(valueOf(await call(quoted, "serial")), "18446744073709551615");
    assert.deepEqual(
      test.runner.instances.map(({ instance }) => instance),
      ["id of Hi", "id of Hello"],
    );
  });

  it("stream in both directions, each with the configuration that was meant", async () => {
    const [calm, loud] = [greeter("Good day"), greeter("HEY")];
    const method = methodOf(plugin("Greeter"), "greet_all");
    const { types } = plugin("Greeter");
    for (const instance of [calm, loud]) {
      const recorder = new StreamRecorder((control) => {
        control.run();
        for (const name of ["Ada", "Grace"]) {
          const item = encodeInputItem(method, types, name);
          assert.ok(item.ok);
          void control.send(item.value);
        }
        control.finishInput();
      });
      const outcome = await call(instance, "greet_all", {}, "Greeter", 20_000, recorder);
      resultOf(outcome, "streamEnded");
      assert.deepEqual(outcome.notes, []);
      const texts = recorder.items
        .filter(({ direction }) => direction === "out")
        .map(({ bytes }) => {
          const item = decodeItem(method, types, bytes);
          assert.ok(item.ok);
          return item.value.value;
        });
      assert.deepEqual(texts, [`${instance.name}, Ada`, `${instance.name}, Grace`]);
    }
    assert.equal(valueOf(await call(calm, "calls")), 2, "a stream is a call of the instance");
  });

  it("equal configurations are two instances when they have two names", async () => {
    const a = greeter("same");
    const b = { ...a, id: "another", name: "another" };
    assert.equal(valueOf(await call(a, "calls")), 1);
    assert.equal(valueOf(await call(b, "calls")), 1);
    assert.equal(valueOf(await call(a, "calls")), 2);
  });

  it("is built once, without a call, and found by later calls", async () => {
    const chatty = greeter("chatty", { badge: "hex:01 02 03" });
    const built = await build(chatty);
    assert.equal(built.kind === "built" && built.isNew, true);
    assert.equal(built.kind === "built" && built.output.stdout, "configured with 3 bytes\n");
    const again = await build(chatty);
    assert.equal(again.kind === "built" && again.isNew, false);
    const outcome = await call(chatty, "calls");
    assert.equal(valueOf(outcome), 1);
    assert.equal(outcome.output.stdout, "", "it was not configured again");
  });

  it("drops one, which runs its Drop, and leaves the others", async () => {
    const [a, b] = [greeter("a"), greeter("b")];
    await call(a, "calls");
    await call(b, "calls");
    assert.equal(await drop("a"), "dropped");
    assert.equal(await drop("a"), "notLive");
    assert.equal(valueOf(await call(b, "drops")), 1);
    assert.equal(valueOf(await call(b, "calls")), 2, "b still is the one it was");
    const rebuilt = await call(a, "calls");
    assert.equal(valueOf(rebuilt), 1, "a is a new one");
    assert.deepEqual(rebuilt.notes, [], "people dropped it, so nobody is surprised");
  });

  it("a changed configuration of an instance replaces it", async () => {
    const before = greeter("change");
    await call(before, "calls");
    const after = greeter("change", { serial: "2" });
    assert.equal(valueOf(await call(after, "serial")), "2");
    assert.equal(valueOf(await call(after, "drops")), 1);
    assert.equal(valueOf(await call(after, "calls")), 1);
  });

  it("a configuration of zero bytes, and a plugin without one", async () => {
    const nothing = { id: "n", name: "n", configuration: null };
    assert.equal(valueOf(await call(nothing, "count", {}, "Counter")), 1);
    const other = { ...nothing, id: "m" };
    assert.equal(valueOf(await call(other, "count", {}, "Counter")), 1);
    assert.equal(valueOf(await call(nothing, "count", {}, "Counter")), 2);
    assert.equal(valueOf(await call(undefined, "count", {}, "Single")), 1);
    assert.equal(valueOf(await call(undefined, "count", {}, "Single")), 2);
    assert.equal(test.runner.instances.length, 2, "the single one is no configured instance");
  });

  it("nothing is sent when the configuration is missing or does not fit", async () => {
    const missing = resultOf(await call(undefined, "calls"), "invalidConfiguration");
    assert.match(missing.problems[0]?.message ?? "", /takes a configuration \(GreeterConfig\)/);
    const wrong = greeter("x", { tone: { Loud: { marks: 256 } } });
    const refused = resultOf(await call(wrong, "calls"), "invalidConfiguration");
    assert.deepEqual(
      refused.problems.map(({ pointer }) => pointer),
      ["/tone/Loud/marks"],
    );
    assert.deepEqual(test.runner.hostPids, []);
  });

  it("a panic in configure is told with its place; the next call works", async () => {
    const outcome = failureOf(await build(greeter("boom")));
    const { failure } = resultOf(outcome, "loadFailed");
    assert.equal(failure.kind, "diedInConfigure");
    assert.match(
      failure.message,
      /Greeter::configure panicked at .*lib\.rs:\d+:\d+: no greeting like that\./,
    );
    assert.match(outcome.output.stderr, /no greeting like that/);
    assert.equal(valueOf(await call(greeter("fine"), "calls")), 1);
  });

  it("configure that does not return is ended by the call's limit", async () => {
    const outcome = failureOf(await build(greeter("slow"), "Greeter", 300));
    const { failure } = resultOf(outcome, "loadFailed");
    assert.equal(failure.kind, "timedOut");
    assert.match(failure.message, /Greeter::configure had not returned after 0\.3 s/);
  });

  it("bytes that do not decode as the binary's type are refused, not called", async () => {
    // A schema of another type than the binary's: as if the source was edited after the build.
    const schema = { ...plugin("Greeter"), config: { rustType: "u8", kind: "integer" } as const };
    const other: PluginSchema = { ...schema, config: { ...schema.config, bits: 8, signed: false } };
    const request = {
      library,
      plugin: other,
      instance: { id: "i", name: "i", configuration: 7 as JsonValue },
      timeoutMs: null,
      workingDirectory: tmpdir(),
      environment: {},
    };
    const outcome = failureOf(await test.runner.buildInstance(request, never));
    const { failure } = resultOf(outcome, "loadFailed");
    assert.equal(failure.kind, "configurationRefused");
    assert.match(failure.message, /the 1 bytes given do not decode/);
  });

  it("a crash names the instances that ended; each is built again when it is called", async () => {
    const [a, b] = [greeter("a"), greeter("b")];
    await call(a, "calls");
    await call(b, "calls");
    const crashed = await call(a, "crash");
    resultOf(crashed, "crashed");
    assert.deepEqual(crashed.notes, [
      "Instances `a` and `b` ended with the process. Each is built again from its configuration at the next call on it.",
    ]);
    assert.deepEqual(test.runner.instances, []);
    const again = await call(b, "calls");
    assert.equal(valueOf(again), 1);
    assert.deepEqual(again.notes, [
      "Instance `b` was built again from its configuration, because its process ended. What it had kept in memory is gone.",
    ]);
    assert.deepEqual((await call(b, "calls")).notes, [], "told once");
  });

  it("a time-out names them too", async () => {
    const a = greeter("a");
    await call(a, "calls");
    const outcome = await call(a, "block", {}, "Greeter", 200);
    resultOf(outcome, "timedOut");
    assert.match(outcome.notes.join(), /^Instance `a` ended with the process\. It is built again/);
  });

  it("a restart of the host ends them, and the next call says so", async () => {
    const a = greeter("a");
    await call(a, "calls");
    await test.runner.restart();
    assert.deepEqual(test.runner.instances, []);
    const outcome = await call(a, "calls");
    assert.match(outcome.notes.join(), /because the host was restarted/);
  });

  it("a panic in Drop ends the process and names those that went with it", async () => {
    const [sore, other] = [greeter("sore"), greeter("other")];
    await call(sore, "calls");
    await call(other, "calls");
    const instance = "id of sore";
    const outcome = await test.runner.dropInstance({ plugin: plugin("Greeter").id, instance });
    assert.equal(outcome.kind, "died");
    assert.match(outcome.message, /ended the process.*`other`.*drop hurts/s);
    assert.equal(valueOf(await call(other, "calls")), 1);
  });
});
