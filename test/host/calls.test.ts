// Calls that go well, or fail as their author meant: every kind of method, through the real host process.

import assert from "node:assert/strict";
import { mkdtemp, readFile, realpath, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { onPosix } from "../support/windows.ts";
import { allCalls, inArena, method, plugin, types } from "./fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "./harness.ts";

describe("calls through the host", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library = "";

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("calls");
    test = await TestRunner.create();
  });
  after(() => test.dispose());

  it("calls a sync method by its slot in the impl block, and reports times and sizes", async () => {
    const phases: string[] = [];
    const outcome = await test.call(
      library,
      allCalls,
      "add",
      { left: -2, right: 44 },
      { onPhase: (phase) => phases.push(phase) },
    );
    assert.equal(valueOf(outcome), 42);
    assert.deepEqual(phases, ["loading", "calling"]);
    const { measurements } = outcome;
    assert.equal(measurements.inputBytes, 8);
    assert.equal(measurements.outputBytes, 4);
    assert.ok((measurements.loadMs ?? 0) > 0);
    assert.ok((measurements.callMs ?? 0) > 0);
    assert.ok(measurements.totalMs >= (measurements.loadMs ?? 0));

    const warm = await test.call(library, allCalls, "add", { left: 1, right: 1 });
    assert.equal(warm.measurements.loadMs, undefined);
    assert.equal(warm.measurements.hostPid, measurements.hostPid);
  });

  it("calls a method without arguments and result: no null pointer, nothing freed", async () => {
    const outcome = await test.call(library, allCalls, "nothing");
    assert.equal(valueOf(outcome), null);
    assert.equal(outcome.measurements.inputBytes, 0);
    assert.equal(outcome.measurements.outputBytes, 0);
  });

  it("calls async methods", async () => {
    const sum = await test.call(library, allCalls, "add_later", {
      left: "9007199254740993",
      right: "2",
    });
    assert.equal(valueOf(sum), "9007199254740995");
    const divided = await test.call(library, allCalls, "divide_later", { dividend: 1, divisor: 0 });
    const { error } = resultOf(divided, "pluginError");
    assert.equal(error?.message, "cannot divide by zero later");
  });

  it("gives the Ok value and the PluginError of a Result", async () => {
    const quotient = await test.call(library, allCalls, "divide", { dividend: 7, divisor: 2 });
    assert.equal(valueOf(quotient), 3);
    const failed = await test.call(library, allCalls, "divide", { dividend: 7, divisor: 0 });
    assert.deepEqual(resultOf(failed, "pluginError").error, {
      code: "DIVISION",
      message: "cannot divide by zero",
      details: null,
    });
  });

  it("gives an error of another type as its value", async () => {
    const outcome = await test.call(library, allCalls, "refuse", { size: 11 });
    const result = resultOf(outcome, "pluginError");
    assert.equal(result.error, undefined);
    assert.deepEqual(result.value, { TooLarge: { limit: 10 } });
  });

  it("passes raw bytes unframed, also none", async () => {
    const reversed = await test.call(library, allCalls, "reverse", { bytes: "hex:010203" });
    assert.equal(valueOf(reversed), "hex:030201");
    const nothing = await test.call(library, allCalls, "reverse", { bytes: "hex:" });
    assert.equal(valueOf(nothing), "hex:");
    const refused = await test.call(library, allCalls, "checked", { bytes: "hex:" });
    assert.equal(resultOf(refused, "pluginError").error?.code, "EMPTY");
  });

  it("calls an optional method that the build has", async () => {
    assert.equal(valueOf(await test.call(library, allCalls, "extra")), 1);
  });

  it("takes results of any size", async () => {
    for (const size of [1, 4096, 70_000, 1_500_000]) {
      const text = "é".repeat(size);
      const outcome = await test.call(library, allCalls, "echo_text", { text });
      assert.equal(valueOf(outcome), text);
      assert.equal(outcome.measurements.outputBytes, 8 + size * 2);
    }
  });

  it("captures what each call prints, apart", async () => {
    const first = await test.call(library, allCalls, "print", {
      to_stdout: "out 1 ü",
      to_stderr: "err 1",
    });
    const second = await test.call(library, allCalls, "print", {
      to_stdout: "out 2",
      to_stderr: "err 2",
    });
    assert.deepEqual(first.output, { stdout: "out 1 ü\n", stderr: "err 1\n", droppedBytes: 0 });
    assert.deepEqual(second.output, { stdout: "out 2\n", stderr: "err 2\n", droppedBytes: 0 });
  });

  onPosix("a shell, and /proc, which shows descriptors", () => {
    it("programs that the plugin starts have stdin, stdout and stderr, and print what is the plugin's output", async () => {
      const folder = await mkdtemp(join(tmpdir(), "fidius-children-"));
      try {
        const script = [
          "echo out || exit 41",
          "echo err >&2 || exit 42",
          // An empty stdin, which is at its end.
          "cat || exit 43",
          // A file that a program opens gets none of the three descriptors.
          "exec 9> kept; echo late; echo later >&2",
          "for each in 0 1 2; do [ -e /proc/self/fd/$each ] || exit 44; done",
          "exit 3",
        ].join("\n");
        const options = { workingDirectory: folder };
        const outcome = await test.call(library, allCalls, "shell", { script }, options);
        assert.equal(valueOf(outcome), 3);
        assert.deepEqual(outcome.output, {
          stdout: "out\nlate\n",
          stderr: "err\nlater\n",
          droppedBytes: 0,
        });
        assert.equal(await readFile(join(folder, "kept"), "utf8"), "");
        // Nothing else of the host is theirs.
        const listed = await test.call(library, allCalls, "shell", { script: "ls /proc/self/fd" });
        const inherited = listed.output.stdout.trim().split("\n").map(Number);
        assert.ok(
          [0, 1, 2].every((each) => inherited.includes(each)) && !inherited.includes(200),
          listed.output.stdout,
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  it("shows output as it comes to whoever listens", async () => {
    const seen = { stdout: "", stderr: "" };
    const other = await TestRunner.create({
      onOutput: (stream, chunk) => {
        seen[stream] += Buffer.from(chunk).toString("utf8");
      },
    });
    await other.call(library, allCalls, "print", { to_stdout: "live", to_stderr: "too" });
    await other.dispose();
    assert.deepEqual(seen, { stdout: "live\n", stderr: "too\n" });
  });

  it("runs in the package's folder, with the environment that was asked for and without the editor's", async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "fidius-cwd-")));
    const options = { workingDirectory: folder, environment: { FIDIUS_TEST_VALUE: "given" } };
    const directory = await test.call(library, allCalls, "working_directory", {}, options);
    assert.equal(valueOf(directory), folder);
    const value = async (name: string): Promise<unknown> =>
      valueOf(await test.call(library, allCalls, "variable", { name }, options));
    assert.equal(await value("FIDIUS_TEST_VALUE"), "given");
    process.env["VSCODE_FIDIUS_TEST"] = "leaked";
    process.env["NODE_OPTIONS"] = "--no-warnings";
    try {
      await test.runner.restart();
      assert.equal(await value("VSCODE_FIDIUS_TEST"), null);
      assert.equal(await value("NODE_OPTIONS"), null);
    } finally {
      delete process.env["VSCODE_FIDIUS_TEST"];
      delete process.env["NODE_OPTIONS"];
      await rm(folder, { recursive: true });
    }
  });

  it("leaves the package's folder free between calls: it can be moved away and back", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-moved-"));
    const options = { workingDirectory: folder };
    const directory = async (): Promise<unknown> =>
      valueOf(await test.call(library, allCalls, "working_directory", {}, options));
    const before = await directory();
    await rename(folder, `${folder}-away`);
    await rename(`${folder}-away`, folder);
    assert.equal(await directory(), before);
    await rm(folder, { recursive: true });
  });

  it("refuses a working directory that does not exist", async () => {
    const options = { workingDirectory: "/does/not/exist" };
    const outcome = await test.call(library, allCalls, "nothing", {}, options);
    assert.match(resultOf(outcome, "loadFailed").failure.message, /\/does\/not\/exist/);
  });

  it("sends nothing when arguments do not fit, and names every problem", async () => {
    const outcome = await test.call(library, allCalls, "add", { left: 3_000_000_000, up: 1 });
    const { problems } = resultOf(outcome, "invalidArguments");
    assert.deepEqual(problems.map((problem) => problem.pointer).sort(), ["/left", "/right", "/up"]);
    assert.equal(outcome.measurements.hostPid, undefined);
  });

  it("refuses what it cannot call yet, without starting anything", async () => {
    const stream = plugin("AllCalls", "Calls", [method("ticks", { slot: 0, stream: "server" })]);
    const streamed = await test.call(library, stream, "ticks");
    assert.match(resultOf(streamed, "unsupported").message, /streaming/);
  });

  it("tells a plugin that wants a configuration from the binary too", async () => {
    const greeter = plugin("ConfiguredGreeter", "Greeter", [
      method("greet", { slot: 0, arguments: { name: types.text }, returns: types.text }),
    ]);
    const outcome = await test.call(library, greeter, "greet", { name: "you" });
    assert.equal(resultOf(outcome, "loadFailed").failure.kind, "configurationRefused");
    assert.equal(valueOf(await test.call(library, allCalls, "nothing")), null);
  });

  describe("with an arena", () => {
    it("takes small and large results, and remembers the size", async () => {
      const small = await test.call(library, inArena, "repeat", { text: "ab", times: 3 });
      assert.equal(valueOf(small), "ababab");
      assert.deepEqual(small.notes, []);
      const large = await test.call(library, inArena, "repeat", { text: "ab", times: 100_000 });
      assert.equal(valueOf(large), "ab".repeat(100_000));
      assert.match(large.notes.join(), /ran 2 times/);
      const again = await test.call(library, inArena, "repeat", { text: "ab", times: 100_000 });
      assert.deepEqual(again.notes, []);
    });

    it("follows a result that grows with every run", async () => {
      const outcome = await test.call(library, inArena, "grow");
      assert.equal(outcome.measurements.outputBytes, 8 + 2_700_000);
      assert.match(outcome.notes.join(), /ran [3-9] times/);
    });

    it("takes an error that does not fit at first", async () => {
      const outcome = await test.call(library, inArena, "fail", { length: 400_000 });
      assert.equal(resultOf(outcome, "pluginError").error?.message.length, 400_000);
    });

    it("finds a panic's message on stderr, because the reply has none", async () => {
      const outcome = await test.call(library, inArena, "panic_now", { message: "in the arena" });
      const { panic } = resultOf(outcome, "panic");
      assert.equal(panic.message, "in the arena");
      // The sources are not found, so that the place is as the compiler wrote it.
      assert.match(panic.location?.file ?? "", /calls[/\\]src[/\\]lib\.rs$/);
    });
  });
});
