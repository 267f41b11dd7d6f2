// Host functions in real host processes: values, errors and modules as answers, from every thread that a plugin can call
// from, and what an outcome tells of it. Schemas come from the fixture's source.

import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import type { HostFunctionAnswer, HostFunctionSetup } from "../../src/model/hostFunctions.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { LoopWatch, resultOf, TestRunner, valueOf } from "./harness.ts";

const never = new AbortController().signal;

const everything: JsonObject = {
  yes: true,
  small: 255,
  big: "18446744073709551615",
  huge: "-170141183460469231731687303715884105728",
  ratio: 0.1,
  letter: "é",
  text: "a\u0000b",
  maybe: { $some: null },
  bytes: "hex:00ff10",
  shapes: ["Empty", { Circle: "NaN" }, { Label: { text: "x", size: 7 } }],
  pair: [4294967295, null],
  counts: { a: "-9223372036854775808" },
  by_number: [[7, "seven"]],
  outcome: { Err: "no" },
};

describe("host functions", function () {
  this.timeout(60_000);
  let model: ProjectModel;
  let library: string;
  let folder: string;
  let test: TestRunner;

  before(async function () {
    this.timeout(600_000);
    model = await loadProject(join(fixturesFolder, "hostcall"), nullLogger);
    library = await fixtureLibrary("hostcall");
    folder = await mkdtemp(join(tmpdir(), "fidius-test-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    test = await TestRunner.create();
  });
  afterEach(() => test.dispose());

  function plugin(name: string): PluginSchema {
    const found = model.plugins.find((schema) => schema.name === name);
    assert.ok(found !== undefined, `${name} was not found in the source`);
    return found;
  }

  function call(
    method: string,
    args: JsonObject,
    setup: HostFunctionSetup,
    options: { name?: string; timeoutMs?: number; key?: string } = {},
  ): Promise<CallOutcome> {
    const { name = "Asker", timeoutMs = 20_000, key } = options;
    const schema = plugin(name);
    return test.runner.call(
      {
        library,
        plugin: schema,
        method: methodOf(schema, method),
        arguments: args,
        hostFunctions: { interfaces: model.hostInterfaces, setup, folder },
        instance: key === undefined ? undefined : { id: key, name: key, configuration: key },
        timeoutMs,
        workingDirectory: tmpdir(),
        environment: {},
      },
      never,
    );
  }

  function store(functions: Readonly<Record<string, HostFunctionAnswer>>): HostFunctionSetup {
    return { Store: { functions } };
  }

  const value = (given: JsonValue): HostFunctionAnswer => ({ kind: "value", value: given });

  async function module(name: string, source: string): Promise<HostFunctionAnswer> {
    await writeFile(join(folder, name), source);
    return { kind: "module", module: name };
  }

  it("the interfaces of the source are those that the library imports", async () => {
    const report = await test.runner.inspect(library);
    assert.ok(report.ok);
    const imports = (report.value.hostImports ?? []).map((wanted) => ({ ...wanted }));
    const found = model.hostInterfaces.map(({ name, hash, version }) => ({
      interfaceName: name,
      interfaceHash: hash,
      interfaceVersion: version,
    }));
    const byName = (a: { interfaceName: string }, b: { interfaceName: string }): number =>
      a.interfaceName.localeCompare(b.interfaceName);
    assert.deepEqual(imports.sort(byName), found.sort(byName));
    assert.equal(found.length, 2);
  });

  it("a fixed value and a fixed error answer, and are logged with the arguments", async () => {
    const setup = store({ lookup: value("found"), length: value("18446744073709551615") });
    const outcome = await call("lookup", { key: "k" }, setup);
    assert.equal(valueOf(outcome), "found");
    const [logged, ...more] = outcome.hostFunctions?.calls ?? [];
    assert.deepEqual(more, []);
    assert.deepEqual(
      [logged?.order, logged?.interfaceName, logged?.functionName, logged?.arguments],
      [1, "Store", "lookup", { key: "k" }],
    );
    assert.deepEqual(logged?.reply, { kind: "value", value: "found" });
    assert.ok(logged.startMs >= 0 && logged.durationMs >= 0);
    const length = await call("length", { bytes: "hex:01" }, setup);
    assert.equal(valueOf(length), "ok 18446744073709551615");
    const error = { code: "NOT_FOUND", message: "no é", details: '{"a":1}' };
    const failing = store({ lookup: { kind: "error", error } });
    const failed = await call("lookup", { key: "k" }, failing);
    assert.deepEqual(resultOf(failed, "pluginError").error, error);
    assert.deepEqual(failed.hostFunctions?.calls[0]?.reply, { kind: "error", error });
  });

  it("answers of zero bytes, again and again", async () => {
    const setup = store({ note: value(null) });
    for (let count = 0; count < 3; count++) {
      assert.equal(valueOf(await call("note", { text: "t" }, setup)), "noted");
    }
  });

  it("a module sees JavaScript values and answers with them", async () => {
    const echo = await module(
      "echo.mjs",
      `export function echo(value) {
        console.log(Object.entries(value).map(([name, part]) =>
          name + ":" + (part?.constructor?.name ?? typeof part)).join(" "));
        return value;
      }`,
    );
    const outcome = await call("echo", { value: everything }, store({ echo }));
    const back = valueOf(outcome) as JsonObject;
    assert.deepEqual(back, everything);
    assert.equal(
      outcome.output.stdout.trim(),
      "yes:Boolean small:Number big:BigInt huge:BigInt ratio:Number letter:String text:String maybe:Object " +
        "bytes:Uint8Array shapes:Array pair:Array counts:Map by_number:Map outcome:Object",
    );
  });

  it("one module answers all functions of an interface; its errors are the functions' errors", async () => {
    await module(
      "store.mjs",
      `export default {
        lookup(key) { throw Object.assign(new Error("no " + key), { code: "GONE", details: { key } }); },
        length: (bytes) => BigInt(bytes.length),
        note() { throw new Error("not now"); },
        echo: (value) => ({ ...value, big: value.big - 1n, small: 300 }),
        async add(left, right) { return left + right; },
      };`,
    );
    const setup = { Store: { module: "store.mjs", functions: {} } };
    const failed = resultOf(await call("lookup", { key: "k" }, setup), "pluginError");
    assert.deepEqual(failed.error, { code: "GONE", message: "no k", details: '{"key":"k"}' });
    assert.equal(valueOf(await call("length", { bytes: "hex:01 02" }, setup)), "ok 2");
    const threw = await call("note", { text: "t" }, setup);
    assert.equal(valueOf(threw), "host function panicked: note threw: not now");
    assert.equal(threw.hostFunctions?.calls[0]?.reply.kind, "panic");
    const wrong = resultOf(await call("echo", { value: everything }, setup), "pluginError");
    assert.match(
      wrong.error?.message ?? "",
      /echo returned a value that is no Everything: \/small u8 takes/,
    );
    const promise = resultOf(await call("sum", { count: "1" }, setup), "pluginError");
    assert.match(promise.error?.message ?? "", /add returned a promise\..*cannot be async/);
  });

  it("an edited module answers anew, in the same process", async () => {
    const lookup = await module("edited.mjs", `export const lookup = () => "one";`);
    const first = await call("lookup", { key: "k" }, store({ lookup }));
    await module("edited.mjs", `export const lookup = () => "two";`);
    await utimes(join(folder, "edited.mjs"), new Date(), new Date(Date.now() + 5000));
    const second = await call("lookup", { key: "k" }, store({ lookup }));
    assert.deepEqual([valueOf(first), valueOf(second)], ["one", "two"]);
    assert.equal(first.measurements.hostPid, second.measurements.hostPid);
  });

  it("threads of the plugin call while the method waits for them", async () => {
    const add = await module("add.mjs", `export const add = (left, right) => left + right;`);
    const watch = new LoopWatch();
    const outcome = await call("from_threads", { threads: 4, calls: 25 }, store({ add }));
    const { ownMs } = watch.stop();
    assert.equal(valueOf(outcome), "100");
    assert.equal(outcome.hostFunctions?.calls.length, 100);
    assert.ok(ownMs < 50);
  });

  it("a thread that outlives the method is answered, and told with the next call", async () => {
    const setup = store({ note: value(null), lookup: value("x") });
    assert.equal(valueOf(await call("later", { text: "after" }, setup)), null);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const next = await call("lookup", { key: "k" }, setup);
    assert.deepEqual(
      next.hostFunctions?.calls.map(({ functionName, arguments: args }) => [functionName, args]),
      [
        ["note", { text: "after" }],
        ["lookup", { key: "k" }],
      ],
    );
    const [early] = next.hostFunctions.calls;
    assert.ok(early !== undefined && early.startMs < 0, "it came before the call");
  });

  it("async methods ask too, on the plugin's runtime", async () => {
    const setup = store({ lookup: value("async") });
    assert.equal(valueOf(await call("from_async", { key: "k" }, setup)), "async");
  });

  it("configure and Drop ask, from threads that they wait for", async () => {
    const setup = store({ lookup: value("made"), note: value(null) });
    const options = { name: "Ward", key: "k" };
    assert.equal(valueOf(await call("kept", {}, setup, options)), "made");
    const dropped = await test.runner.dropInstance({ plugin: plugin("Ward").id, instance: "k" });
    assert.equal(dropped.kind, "dropped");
    const next = await call("lookup", { key: "k" }, setup);
    assert.deepEqual(
      next.hostFunctions?.calls.map(({ arguments: args }) => args),
      [{ text: "dropped made" }, { key: "k" }],
    );
  });

  it("a panic after an answer is a panic, with the call in the log", async () => {
    const outcome = await call("panic_after", { key: "k" }, store({ lookup: value("v") }));
    assert.match(resultOf(outcome, "panic").panic.message, /after the host said Ok\("v"\)/);
    assert.equal(outcome.hostFunctions?.calls.length, 1);
  });

  it("an abort after an answer keeps the log", async () => {
    const outcome = await call("abort_after", { key: "last" }, store({ lookup: value("v") }));
    resultOf(outcome, "crashed");
    assert.deepEqual(outcome.hostFunctions?.calls[0]?.arguments, { key: "last" });
    assert.equal(valueOf(await call("lookup", { key: "k" }, store({ lookup: value("v") }))), "v");
  });

  it("a function that does not return is ended with the call, and named in the log", async () => {
    const lookup = await module("endless.mjs", `export function lookup() { for (;;) {} }`);
    const outcome = await call("lookup", { key: "k" }, store({ lookup }), { timeoutMs: 500 });
    resultOf(outcome, "timedOut");
    assert.deepEqual(
      outcome.hostFunctions?.calls.map(({ functionName, reply }) => [functionName, reply.kind]),
      [["lookup", "none"]],
    );
  });

  it("without a set-up the plugin finds nothing bound, and the outcome says what it asked for", async () => {
    assert.deepEqual(valueOf(await call("is_bound", {}, {})), [false, false]);
    const quiet = await call("is_bound", {}, {});
    assert.equal(quiet.hostFunctions, undefined, "an import that nobody calls is no news");
    const failed = await call("lookup", { key: "k" }, {});
    assert.match(resultOf(failed, "pluginError").error?.message ?? "", /'Store' is not bound/);
    assert.deepEqual(failed.hostFunctions?.unbound, ["Store"]);
    const panicked = await call("insist", {}, store({ lookup: value("x") }));
    resultOf(panicked, "panic");
    assert.deepEqual(panicked.hostFunctions?.unbound, ["Clock"]);
    const shown = await call("length", { bytes: "hex:" }, {});
    assert.deepEqual(shown.hostFunctions?.unbound, ["Store"], "found in the value too");
  });

  it("a function without answer in an interface that has others says so", async () => {
    const outcome = await call("note", { text: "t" }, store({ lookup: value("x") }));
    assert.match(String(valueOf(outcome)), /Store::note has no answer set up/);
  });

  it("interfaces are set up apart; taking one away takes a new process", async () => {
    const both = { ...store({ lookup: value("x") }), Clock: { functions: { now: value("7") } } };
    const first = await call("is_bound", {}, both);
    assert.deepEqual(valueOf(first), [true, true]);
    assert.equal(valueOf(await call("now", {}, both)), "7");
    const one = await call("is_bound", {}, store({ lookup: value("y") }));
    assert.deepEqual(valueOf(one), [true, false]);
    assert.notEqual(one.measurements.hostPid, first.measurements.hostPid);
    const other = await call("lookup", { key: "k" }, store({ lookup: value("z") }));
    assert.equal(valueOf(other), "z");
    assert.equal(other.measurements.hostPid, one.measurements.hostPid, "another answer does not");
  });

  it("nothing is called when an answer does not fit, and each problem has its place", async () => {
    const setup: HostFunctionSetup = {
      Store: {
        functions: {
          length: value("-1"),
          note: { kind: "error", error: { code: "E", message: "m", details: null } },
          lookup: { kind: "module", module: "missing.mjs" },
          unknown: value(1),
        },
      },
    };
    const { problems } = resultOf(await call("is_bound", {}, setup), "invalidHostFunctions");
    assert.deepEqual(problems.map(({ pointer }) => pointer).sort(), [
      "/Store/functions/length/value",
      "/Store/functions/lookup/module",
      "/Store/functions/note/error",
      "/Store/functions/unknown",
    ]);
    const empty = await module("empty.mjs", `export const other = 1;`);
    const missing = await call("is_bound", {}, store({ lookup: empty }));
    const [problem] = resultOf(missing, "invalidHostFunctions").problems;
    assert.match(problem?.message ?? "", /empty\.mjs has no function lookup/);
    const broken = await module("broken.mjs", `export const lookup = ;`);
    const unread = await call("is_bound", {}, store({ lookup: broken }));
    assert.match(
      resultOf(unread, "invalidHostFunctions").problems[0]?.message ?? "",
      /broken\.mjs could not be loaded: /,
    );
    assert.equal(valueOf(await call("lookup", { key: "k" }, store({ lookup: value("v") }))), "v");
  });

  it("an interface that changed since the build is not bound", async () => {
    const interfaces = model.hostInterfaces.map((schema) => ({ ...schema, hash: "0".repeat(16) }));
    const schema = plugin("Asker");
    const outcome = await test.runner.call(
      {
        library,
        plugin: schema,
        method: methodOf(schema, "is_bound"),
        arguments: {},
        hostFunctions: { interfaces, setup: store({ lookup: value("x") }), folder },
        timeoutMs: 20_000,
        workingDirectory: tmpdir(),
        environment: {},
      },
      never,
    );
    const { problems } = resultOf(outcome, "invalidHostFunctions");
    assert.match(problems[0]?.message ?? "", /Store has changed since the plugin was built/);
  });

  it("many calls: the log is bounded, memory and answers are not lost", async () => {
    const add = await module("add.mjs", `export const add = (left, right) => left + right;`);
    const outcome = await call("sum", { count: "5000" }, store({ add }));
    assert.equal(valueOf(outcome), "12502500");
    assert.equal(outcome.hostFunctions?.calls.length, 1000);
    assert.equal(outcome.hostFunctions.droppedCalls, 4000);
  });

  it("what is too long for the log is passed on whole", async () => {
    const bytes = `base64:${Buffer.alloc(300_000, 7).toString("base64")}`;
    const length = await module("length.mjs", `export const length = (bytes) => bytes.length;`);
    const outcome = await call("length", { bytes }, store({ length }));
    assert.equal(valueOf(outcome), "ok 300000");
    const [logged] = outcome.hostFunctions?.calls ?? [];
    assert.equal(logged?.arguments, null);
    assert.equal(logged.argumentBytes, 300_008);
  });

  it("a module may not end the process, nor fail it from a timer", async () => {
    const lookup = await module(
      "wild.mjs",
      `setTimeout(() => { throw new Error("in a timer"); }, 0);
       export function lookup(key) { if (key === "exit") { process.exit(3); } return key; }`,
    );
    const setup = store({ lookup });
    const failed = resultOf(await call("lookup", { key: "exit" }, setup), "pluginError");
    assert.match(failed.error?.message ?? "", /cannot end the host process/);
    assert.equal(valueOf(await call("lookup", { key: "on" }, setup)), "on");
  });

  it("deep recursion has the same room as without host functions", async () => {
    const setup = store({ lookup: value("x") });
    assert.equal(valueOf(await call("recurse", { depth: 100 }, setup)), 101);
  });
});
