// What Fidius 0.5 does with streams into a plugin and both ways, with configured instances and with host functions: the same
// calls through its own host (test/native-host) and through ours give the same values, errors, panics and items.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { writeJsonWire } from "../../src/codec/debugJson/jsonWireWrite.ts";
import { decodeItem, encodeInputItem, outputItemType } from "../../src/codec/method/streamItems.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallResult } from "../../src/model/outcome.ts";
import type { PluginMethod, PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { CallRequest } from "../../src/runner/call/callRequest.ts";
import { methodOf } from "../host/fixtureSchemas.ts";
import { TestRunner } from "../host/harness.ts";
import {
  fixtureLibrary,
  fixturesFolder,
  repositoryRoot,
  testTargetFolder,
} from "../support/fixtureLibraries.ts";
import type { FixtureName } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";

const execute = promisify(execFile);
const never = new AbortController().signal;

/** One value or item, as JSON text: a JS number would lose digits. */
interface Line {
  readonly method: string;
  readonly kind: string;
  readonly value: string;
}

interface Fixture {
  readonly library: string;
  readonly model: ProjectModel;
}

const reading = (value: number): JsonObject => ({ sensor: "é", value, raw: "hex:00ff" });

/** Calls with items for the plugin, as the oracle makes them. */
const streamed: readonly (readonly [
  method: string,
  items: readonly JsonValue[],
  args: JsonObject,
])[] = [
  ["sum", ["-1", "2", "9007199254740992"], { start: "5" }],
  ["sum", [], { start: "-9223372036854775808" }],
  ["total_length", ["", "é", "\u{1f600}"], {}],
  ["first", [7, 8, 9], { count: 2 }],
  ["all_positive", ["1", "2"], {}],
  ["all_positive", ["1", "-2", "3"], {}],
  ["unlucky", [1, 13], {}],
  ["mean", [reading(0.5), reading(2)], {}],
  ["mean", [], {}],
  ["count_later", Array.from({ length: 300 }, () => 0), {}],
  ["scale", ["1", "-2", "1152921504606846976"], { factor: "3" }],
  ["twice", ["a", "é"], {}],
  ["only_one", [4, 5], {}],
  ["pairs", [1, 2, 3, 4, 5], {}],
];

/** Calls of the plugin that asks its host. */
const asked: readonly (readonly [method: string, args: JsonObject])[] = [
  ["lookup", { key: "a" }],
  ["lookup", { key: "missing" }],
  ["length", { bytes: `hex:${"00".repeat(70_000)}` }],
  ["note", { text: "é" }],
  ["sum", { count: "10" }],
  ["from_threads", { threads: 3, calls: 4 }],
  ["is_bound", {}],
  ["now", {}],
];

/** What the oracle's Shop does. */
const shop = `export default {
  lookup(key) {
    if (key === "missing") {
      throw Object.assign(new Error("no " + key), { code: "GONE" });
    }
    return key + " é";
  },
  length: (bytes) => BigInt(bytes.length),
  note() {},
  echo: (value) => value,
  add: (left, right) => left + right,
};`;

describe("Fidius 0.5 and its own host", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let folder: string;
  let expected: readonly Line[];
  const fixtures = new Map<FixtureName, Fixture>();

  before(async function () {
    this.timeout(900_000);
    folder = await mkdtemp(join(tmpdir(), "fidius-test-"));
    test = await TestRunner.create({ keepsSpare: false });
    for (const name of ["streams", "configured", "hostcall"] as const) {
      const model = await loadProject(join(fixturesFolder, name), nullLogger);
      fixtures.set(name, { library: await fixtureLibrary(name), model });
    }
    expected = await askOracle();
  });
  after(async () => {
    await test.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  function fixture(name: FixtureName): Fixture {
    return fixtures.get(name) ?? assert.fail(`${name} was not built`);
  }

  function schema(name: FixtureName, plugin: string): PluginSchema {
    const found = fixture(name).model.plugins.find((candidate) => candidate.name === plugin);
    return found ?? assert.fail(`${plugin} was not found in the source`);
  }

  async function askOracle(): Promise<readonly Line[]> {
    const manifest = join(repositoryRoot, "test", "native-host", "Cargo.toml");
    const target = testTargetFolder();
    const environment = { ...process.env, CARGO_TARGET_DIR: target };
    const build = ["build", "--locked", "--bin", "oracle", "--manifest-path", manifest];
    await execute("cargo", build, { env: environment });
    const methods = [
      ...schema("streams", "AllStreams").methods,
      ...schema("configured", "Greeter").methods,
      // One of these has the name of a stream.
      ...schema("hostcall", "Asker").methods.map(({ name, slot }) => ({
        name: name === "sum" ? "sum_of" : name,
        slot,
      })),
    ];
    const { stdout } = await execute(join(target, "debug", "oracle"), [
      ...(["streams", "configured", "hostcall"] as const).map((name) => fixture(name).library),
      ...methods.map(({ name, slot }) => `${name}=${String(slot)}`),
    ]);
    const lines = /^\{"method":"(\w+)","kind":"(\w+)","value":(.*)\}$/gm;
    return [...stdout.matchAll(lines)].map(([, method = "", kind = "", value = ""]) => ({
      method: method === "sum_of" ? "sum" : method,
      kind,
      value,
    }));
  }

  function call(
    name: FixtureName,
    plugin: PluginSchema,
    method: PluginMethod,
    args: JsonObject,
    more: Partial<CallRequest> = {},
  ): ReturnType<TestRunner["runner"]["call"]> {
    const place = { library: fixture(name).library, workingDirectory: folder, environment: {} };
    const what = { plugin, method, arguments: args, timeoutMs: 20_000 };
    return test.runner.call({ ...place, ...what, ...more }, never);
  }

  it("streams into the plugin and both ways give the same values, errors and items", async () => {
    const plugin = schema("streams", "AllStreams");
    const lines: Line[] = [];
    for (const [name, items, args] of streamed) {
      const method = methodOf(plugin, name);
      const encoded = items.map((item) => {
        const bytes = encodeInputItem(method, plugin.types, item);
        assert.ok(bytes.ok, JSON.stringify(bytes));
        return bytes.value;
      });
      const user = new StreamRecorder((control) => {
        for (const bytes of encoded) {
          void control.send(bytes);
        }
        control.finishInput();
        control.run();
      });
      const { result } = await call("streams", plugin, method, args, { stream: user });
      if (method.stream === "client") {
        lines.push(lineOf(plugin, method, result));
        continue;
      }
      assert.equal(result.kind, "streamEnded");
      for (const { bytes } of user.items.filter(({ direction }) => direction === "out")) {
        const decoded = decodeItem(method, plugin.types, bytes);
        assert.ok(decoded.ok);
        const value = jsonOf(outputItemType(method), plugin, decoded.value.value);
        lines.push({ method: name, kind: "ok", value });
      }
    }
    // A method that takes a stream replies without its panic's message; ours finds it on stderr.
    const withMessage = linesOf(streamed.map(([name]) => name)).map((line) =>
      line.value === '"unknown panic"' ? { ...line, value: '"thirteen after 1 items"' } : line,
    );
    assert.deepEqual(lines, withMessage);
  });

  it("configured instances give the same values, each of its own state", async () => {
    const plugin = schema("configured", "Greeter");
    const instance = (greeting: string, tone: JsonValue, serial: string) => ({
      id: greeting,
      name: greeting,
      configuration: { greeting, tone, serial, badge: "hex:0102" },
    });
    const loud = instance("Hi", { Loud: { marks: 3 } }, "18446744073709551615");
    const quoted = instance("é", { Quoted: "'" }, "7");
    const lines: Line[] = [];
    for (const chosen of [loud, quoted, loud]) {
      for (const [name, args] of [
        ["greet", { name: "Ada" }],
        ["serial", {}],
        ["calls", {}],
      ] as const) {
        const method = methodOf(plugin, name);
        const { result } = await call("configured", plugin, method, args, { instance: chosen });
        lines.push(lineOf(plugin, method, result));
      }
    }
    assert.deepEqual(lines, linesOf(["greet", "serial", "calls"]));
  });

  it("host functions of a module give the same values and errors", async () => {
    const plugin = schema("hostcall", "Asker");
    await writeFile(join(folder, "shop.mjs"), shop);
    const hostFunctions = {
      interfaces: fixture("hostcall").model.hostInterfaces,
      setup: { Store: { module: "shop.mjs", functions: {} } },
      folder,
    };
    const lines: Line[] = [];
    for (const [name, args] of asked) {
      const method = methodOf(plugin, name);
      const { result } = await call("hostcall", plugin, method, args, { hostFunctions });
      lines.push(lineOf(plugin, method, result));
    }
    assert.deepEqual(lines, expected.slice(-asked.length));
  });

  /** What the oracle says of some methods; those of host functions, its last ones, are left out. */
  function linesOf(names: readonly string[]): readonly Line[] {
    const others = expected.slice(0, -asked.length);
    const found = others.filter(({ method }) => names.includes(method));
    assert.ok(found.length >= names.length, `the oracle says too little of ${names.join(", ")}`);
    return found;
  }
});

function lineOf(plugin: PluginSchema, method: PluginMethod, result: CallResult): Line {
  const { returns, name } = method;
  if (result.kind === "ok") {
    const type = returns.kind === "result" ? returns.success : returns.type;
    return { method: name, kind: "ok", value: jsonOf(type, plugin, result.value) };
  }
  if (result.kind === "pluginError") {
    assert.ok(result.error !== undefined);
    const { code, message, details } = result.error;
    return { method: name, kind: "error", value: JSON.stringify({ code, details, message }) };
  }
  return result.kind === "panic"
    ? { method: name, kind: "panic", value: JSON.stringify(result.panic.message) }
    : { method: name, kind: result.kind, value: JSON.stringify(result) };
}

function jsonOf(type: TypeSchema, plugin: PluginSchema, value: JsonValue): string {
  const written = writeJsonWire(type, plugin.types, value);
  assert.ok(written.ok, JSON.stringify(written));
  return written.value;
}
