// The server streams of Fidius 0.4, whose functions take no instance: the same items as with its own host, and dropped once.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { formatJson } from "../../src/codec/json/formatJson.ts";
import { decodeItem, outputItemType } from "../../src/codec/method/streamItems.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { methodOf } from "../host/fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "../host/harness.ts";
import { repositoryRoot } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { buildWorkspace } from "./lines.ts";

const folder = join(repositoryRoot, "test/fixtures-abis/streams-0.4");

describe("streams of Fidius 0.4", function () {
  this.timeout(600_000);
  let test: TestRunner;
  let schema: PluginSchema;
  let library: string;
  let oracle: string;

  before(async () => {
    const built = await buildWorkspace(folder, { hasHost: true, profile: "debug" });
    ({ library } = built);
    assert.ok(built.oracle !== undefined);
    ({ oracle } = built);
    const model = await loadProject(folder, nullLogger);
    const found = model.plugins.find(({ name }) => name === "OldStreams");
    assert.ok(found !== undefined);
    schema = found;
    test = await TestRunner.create({ keepsSpare: false });
  });
  after(() => test.dispose());

  async function run(
    name: string,
    args: JsonObject,
  ): Promise<{ readonly outcome: CallOutcome; readonly items: readonly string[] }> {
    const recorder = new StreamRecorder((control) => {
      control.run();
    });
    const running = test.call(library, schema, name, args, { stream: recorder });
    void recorder
      .until(({ panics }) => panics.length > 0)
      .then(() => {
        recorder.control.run();
      });
    const outcome = await running;
    const method = methodOf(schema, name);
    const items = recorder.items.map(({ bytes }) => {
      const decoded = decodeItem(method, schema.types, bytes);
      assert.ok(decoded.ok, JSON.stringify(decoded));
      return formatJson(outputItemType(method), schema.types, decoded.value.value, 0);
    });
    return { outcome, items };
  }

  it("give the items that Fidius' own host gets", async () => {
    const { stdout } = await promisify(execFile)(oracle, [library]);
    for (const [name, args] of [
      ["count", { limit: 5 }],
      ["readings", { count: 3, prefix: "é" }],
    ] as const) {
      const expected = [...stdout.matchAll(/^\{"method":"(\w+)","value":(.*)\}$/gm)]
        .filter(([, method]) => method === name)
        .map(([, , value]) => value);
      assert.ok(expected.length > 0);
      assert.deepEqual((await run(name, args)).items, expected);
    }
  });

  it("are dropped once, carry errors as items, and go on after a panic", async () => {
    const { outcome } = await run("count", { limit: 2 });
    assert.equal(outcome.output.stderr, "stream dropped\n");
    const { items } = await run("results", { count: 2 });
    assert.deepEqual(items, [
      '{"Ok":0}',
      '{"Err":{"code":"ODD","message":"1 is odd","details":null}}',
    ]);
    const panicking = await run("panics", { at: 1, count: 3 });
    assert.deepEqual(panicking.items, ["0", "2"]);
    assert.equal(resultOf(panicking.outcome, "streamEnded").received, 2);
    assert.equal(valueOf(await test.call(library, schema, "one")), 1);
  });
});
