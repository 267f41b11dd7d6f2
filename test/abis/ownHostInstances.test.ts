// Streams on configured instances beside calls of them: the same steps through Fidius' own host (test/native-host) and through
// ours see the same state. What differs is told: its host destroys an instance under an open stream, ours does not.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { decodeItem, encodeInputItem } from "../../src/codec/method/streamItems.ts";
import type { ConfiguredInstance } from "../../src/model/instance.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { methodOf } from "../host/fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "../host/harness.ts";
import {
  fixtureLibrary,
  fixturesFolder,
  repositoryRoot,
  testTargetFolder,
} from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";

const execute = promisify(execFile);
const never = new AbortController().signal;

describe("Fidius 0.5's own host and streams on instances", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library: string;
  let schema: PluginSchema;
  let expected: readonly string[];

  const keeper = (name: string, value: string): ConfiguredInstance => ({
    id: name,
    name,
    configuration: { value },
  });
  const [first, second] = [keeper("first", "5"), keeper("second", "100")];

  before(async function () {
    this.timeout(900_000);
    test = await TestRunner.create({ keepsSpare: false });
    const model = await loadProject(join(fixturesFolder, "stateful"), nullLogger);
    schema = model.plugins.find(({ name }) => name === "Keeper") ?? assert.fail();
    library = await fixtureLibrary("stateful");
    const manifest = join(repositoryRoot, "test", "native-host", "Cargo.toml");
    const target = testTargetFolder();
    const build = ["build", "--locked", "--bin", "instance_streams", "--manifest-path", manifest];
    await execute("cargo", build, { env: { ...process.env, CARGO_TARGET_DIR: target } });
    const slots = schema.methods.map(({ name, slot }) => `${name}=${String(slot)}`);
    const { stdout } = await execute(join(target, "debug", "instance_streams"), [
      library,
      ...slots,
    ]);
    expected = stdout.trimEnd().split("\n");
  });
  after(() => test.dispose());

  function call(
    instance: ConfiguredInstance,
    name: string,
    args: JsonObject = {},
    stream?: StreamRecorder,
  ): Promise<CallOutcome> {
    const place = { library, workingDirectory: tmpdir(), environment: {} };
    const what = { plugin: schema, method: methodOf(schema, name), arguments: args, instance };
    return test.runner.call({ ...place, ...what, timeoutMs: 20_000, stream }, never);
  }

  const value = async (instance: ConfiguredInstance, name: string): Promise<string> =>
    String(valueOf(await call(instance, name)));

  const states = async (): Promise<string> =>
    `then ${await value(first, "get")} and ${await value(second, "get")}`;

  function send(recorder: StreamRecorder, name: string, item: string): void {
    const bytes = encodeInputItem(methodOf(schema, name), schema.types, item);
    void recorder.control.send(bytes.ok ? bytes.value : assert.fail(JSON.stringify(bytes)));
  }

  function outputs(recorder: StreamRecorder, name: string): readonly string[] {
    return recorder.items
      .filter(({ direction }) => direction === "out")
      .map(({ bytes }) => {
        const item = decodeItem(methodOf(schema, name), schema.types, bytes);
        return item.ok ? JSON.stringify(item.value.value).replaceAll('"', "") : assert.fail();
      });
  }

  it("see the same state in calls and streams", async () => {
    const lines: string[] = [];
    await call(first, "get");
    await call(second, "get");
    await call(first, "set", { value: "7" });
    const raise = new StreamRecorder((control) => {
      control.run();
    });
    resultOf(await call(first, "raise", { count: 3 }, raise), "streamEnded");
    lines.push(`raised [${outputs(raise, "raise").join(", ")}], ${await states()}`);

    const total = new StreamRecorder();
    const ending = call(first, "running_total", {}, total);
    const add = async (item: string): Promise<string> => {
      await total.until(({ wait }) => wait === "user");
      const count = outputs(total, "running_total").length;
      send(total, "running_total", item);
      total.control.next(1);
      await total.until(
        ({ wait }) => wait === "user" && outputs(total, "running_total").length > count,
      );
      return outputs(total, "running_total").at(-1) ?? "";
    };
    const one = await add("10");
    await call(first, "set", { value: "1" });
    lines.push(`totals [${one}, ${await add("2")}], ${await states()}`);

    // Fidius destroys the instance and the stream goes on; ours refuses that, and the stream goes on too.
    const dropped = { plugin: schema.id, instance: first.id };
    assert.equal((await test.runner.dropInstance(dropped)).kind, "inUse");
    assert.ok(expected.includes("dropped under 1 streams") && expected.includes("drops 1"));
    assert.equal(await value(second, "drops"), "0");
    lines.push(`after its instance ${await add("4")}`);
    lines.push(`open ${await value(second, "open_streams")}`);
    total.control.close();
    resultOf(await ending, "streamEnded");
    assert.equal((await test.runner.dropInstance(dropped)).kind, "dropped");
    assert.equal(await value(second, "drops"), "1");

    const adding = new StreamRecorder((control) => {
      send(adding, "add_all", "1");
      send(adding, "add_all", "2");
      control.finishInput();
    });
    const added = String(valueOf(await call(second, "add_all", {}, adding)));
    lines.push(`added ${added}, then ${await value(second, "get")}`);
    assert.deepEqual(
      lines,
      expected.filter((line) => !line.startsWith("drop")),
    );
  });
});
