// Every exit code by a real process, with the JSON line that says why; those of usage are in usage.test.ts.

import assert from "node:assert/strict";
import { watch } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildFixture, fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import {
  cacheOfProcesses,
  descendantsOf,
  isAlive,
  removeCache,
  runCli,
  type CliOptions,
} from "./cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "./temporaryWorkspace.ts";

/** Calls a method of the fixture plugin that misbehaves on request. */
const misbehave = (fault: string, amount = 0, ...more: string[]) =>
  runCli(["call", "Misbehaving.cause", "--args", JSON.stringify([fault, amount]), ...more], {
    cwd: fixturesFolder,
  });

/** The package has another plugin of that name under a feature. */
const revisionMethod = "fixture_revision::current::Revised as Revision.scale";
const revision = (library: string, options: CliOptions = {}) =>
  runCli(["call", revisionMethod, "--args", "[1]", "--library", library], {
    cwd: join(fixturesFolder, "revision"),
    ...options,
  });

describe("exit codes of fidius-call", function () {
  this.timeout(600_000);
  after(removeCache);

  describe("0: ok", () => {
    for (const args of [["--help"], ["--version"], ["call", "--help"]]) {
      it(args.join(" "), async () => {
        const { exitCode, stdout } = await runCli(args);
        assert.equal(exitCode, 0);
        assert.match(stdout, /\S/);
      });
    }
  });

  describe("2: build failed", () => {
    let workspace: TemporaryWorkspace;

    before(async () => {
      workspace = await TemporaryWorkspace.create({
        "Cargo.toml": pluginManifest("broken", "\n[workspace]\n"),
        "src/lib.rs": pluginSource("Broken", "fn hello(&self) -> u8 { missing() }"),
      });
    });
    after(() => workspace.dispose());

    it("compile errors, with their places", async () => {
      const { exitCode, stderr, error } = await runCli(["call", "Broken.hello"], {
        cwd: workspace.folder,
      });
      assert.equal(exitCode, 2);
      assert.equal(error?.kind, "buildFailed");
      assert.equal(error["reason"], "compileErrors");
      const [first] = error["errors"] as { message: string; file: string; line: number }[];
      assert.match(first?.message ?? "", /cannot find function `missing`/);
      assert.equal(first?.file, join(workspace.folder, "src/lib.rs"));
      assert.equal(first.line, 12);
      assert.match(stderr, /error\[E0425\]/);
    });

    it("no cargo", async () => {
      const { exitCode, error } = await runCli(["call", "Broken.hello"], {
        cwd: workspace.folder,
        environment: { PATH: "", CARGO_HOME: await cacheOfProcesses() },
      });
      assert.equal(exitCode, 2);
      assert.equal(error?.["reason"], "cargoNotFound");
      assert.match(error.message, /cargo was not found on PATH/);
    });

    it("a package that makes no dynamic library", async () => {
      const plain = await TemporaryWorkspace.create({
        "Cargo.toml": pluginManifest("plain", "\n[workspace]\n").replace('"cdylib"', '"rlib"'),
        "src/lib.rs": pluginSource("Plain", "fn hello(&self) -> u8 { 1 }"),
      });
      try {
        const { exitCode, error } = await runCli(["call", "Plain.hello"], { cwd: plain.folder });
        assert.equal(exitCode, 2);
        assert.equal(error?.["reason"], "noLibrary");
        assert.match(error.message, /crate-type = \["cdylib"\]/);
      } finally {
        await plain.dispose();
      }
    });
  });

  describe("3: load, ABI, hash", () => {
    it("a library that is not there", async () => {
      const { exitCode, error } = await revision("gone.so");
      assert.equal(exitCode, 3);
      assert.equal(error?.kind, "loadFailed");
      assert.equal(error["reason"], "notFound");
    });

    it("a file that is no library", async () => {
      const file = join(await cacheOfProcesses(), "no-library.so");
      await writeFile(file, "not at all");
      const { exitCode, error } = await revision(file);
      assert.equal(exitCode, 3);
      assert.match(String(error?.["reason"]), /notALibrary|truncated/);
    });

    it("a library without Fidius", async () => {
      const { exitCode, error } = await revision(await fixtureLibrary("plain"));
      assert.equal(exitCode, 3);
      assert.equal(error?.["reason"], "noSymbol");
    });

    it("a library of another interface: both hashes, and the lines that differ", async () => {
      const library = await buildFixture("revision", { features: ["next"] });
      const { exitCode, stderr, error } = await revision(library);
      assert.equal(exitCode, 3);
      assert.equal(error?.kind, "interfaceChanged");
      assert.notEqual(error["sourceHash"], error["binaryHash"]);
      assert.deepEqual(error["sourceSignatures"], ["revision:->String", "scale:u32->u32"]);
      assert.match(stderr, /^ {2}removed: reset\n {4}in the library: reset:->$/m);
      assert.match(
        stderr,
        /^ {2}changed: scale\n {4}in the library: scale:u64->u64\n {4}in the source: {2}scale:u32->u32$/m,
      );
    });
  });

  it("4: a PluginError, with code, message and details", async () => {
    const { exitCode, error } = await runCli(["call", "BasicCalculator.divide", "--args", "[1,0]"]);
    assert.equal(exitCode, 4);
    assert.equal(error?.kind, "pluginError");
    assert.equal(error["code"], "DIVISION_BY_ZERO");
    assert.equal(error["pluginMessage"], "cannot divide 1 by zero");
  });

  it("4: an error of the plugin's own type", async () => {
    const { exitCode, error } = await runCli(["call", "Tour.check_age", "--args", "[200]"]);
    assert.equal(exitCode, 4);
    assert.equal(error?.kind, "pluginError");
    assert.ok("value" in error);
  });

  it("5: a panic, with its message and place", async () => {
    const { exitCode, error } = await misbehave("panic", 3);
    assert.equal(exitCode, 5);
    assert.equal(error?.kind, "panic");
    assert.equal(error["panicMessage"], "it went wrong: 3");
    assert.match((error["location"] as { file: string }).file, /faults.src.lib\.rs$/);
  });

  it("5: a panic's own frames, when RUST_BACKTRACE asks for them", async () => {
    const { exitCode, stderr, error } = await runCli(
      ["call", "Misbehaving.cause", "--args", '["panic", 3]'],
      { cwd: fixturesFolder, environment: { RUST_BACKTRACE: "1" } },
    );
    assert.equal(exitCode, 5);
    assert.match(stderr, /Your frames:\n {2}fixture_faults::cause at faults.src.lib\.rs:\d+:\d+\n/);
    const frames = error?.["frames"] as readonly { readonly function: string }[];
    assert.equal(frames[0]?.function, "fixture_faults::cause");
    assert.ok(frames.every((frame) => frame.function.includes("fixture_faults")));
  });

  it("6: memory beyond --memory-limit", async () => {
    const { exitCode, error } = await misbehave("eatMemory", 2 ** 32, "--memory-limit", "300MiB");
    assert.equal(exitCode, 6);
    assert.equal(error?.["reason"], "outOfMemory");
  });

  it("6: a panic that could not unwind is told with the crash", async () => {
    const { exitCode, stderr, error } = await misbehave("panicInDrop");
    assert.equal(exitCode, 6);
    assert.match(stderr, /Before that it panicked at faults.src.lib\.rs:\d+:\d+: panic while/);
    assert.equal(
      (error?.["panic"] as { panicMessage: string }).panicMessage,
      "panic while dropping",
    );
  });

  describe("6: a crash", () => {
    for (const [fault, amount, reason] of [
      ["abort", 0, "abort"],
      ["segfault", 0, "memoryFault"],
      ["exit", 0, "exited"],
      ["exit", 3, "exited"],
    ] as const) {
      it(`${fault} ${amount}`, async () => {
        const { exitCode, error } = await misbehave(fault, amount);
        assert.equal(exitCode, 6);
        assert.equal(error?.kind, "crashed");
        assert.equal(error["reason"], reason);
      });
    }
  });

  it("7: a time-out, after which the plugin is gone", async () => {
    const { exitCode, error } = await misbehave("loop", 0, "--timeout", "200ms");
    assert.equal(exitCode, 7);
    assert.equal(error?.kind, "timedOut");
    assert.ok(Number(error["afterMs"]) >= 200);
  });

  it("8: an expectation that is not met, with both values and the place", async () => {
    const { exitCode, stdout, stderr, error } = await runCli([
      "call",
      "BasicCalculator.add_all",
      "--args",
      '[[{"value":2,"unit":"Metre","scale":null}]]',
      "--expect",
      '{"count":1,"total_in_metres":3,"longest_in_metres":null}',
    ]);
    assert.equal(exitCode, 8);
    assert.match(stdout, /"total_in_metres": 2/);
    assert.equal(error?.kind, "expectationFailed");
    assert.deepEqual(error["differences"], [
      { path: "/total_in_metres", expected: 3, actual: 2 },
      { path: "/longest_in_metres", expected: null, actual: 2 },
    ]);
    assert.match(stderr, /\/total_in_metres: expected 3, got 2/);
  });

  describe("130: Ctrl+C, which leaves no process", () => {
    it("during a call", async () => {
      let below: Promise<readonly number[]> | undefined;
      const { exitCode, error } = await runCli(
        [
          "call",
          "Misbehaving.cause",
          "--args",
          '["grandchildAndLoop",0]',
          "--library",
          await fixtureLibrary("faults"),
        ],
        {
          cwd: fixturesFolder,
          onStderr: (text, child) => {
            if (below === undefined && text.includes("grandchild")) {
              below = descendantsOf(child.pid ?? 0).then((pids) => {
                child.kill("SIGINT");
                return pids;
              });
            }
          },
        },
      );
      assert.equal(exitCode, 130);
      assert.equal(error?.kind, "cancelled");
      assert.ok(((await below) ?? []).length >= 2, "host and grandchild were running");
      assert.deepEqual(await stillAlive(await below), []);
    });

    it("during a build", async () => {
      const workspace = await TemporaryWorkspace.create({
        "Cargo.toml": pluginManifest("slow-build", "\n[workspace]\n"),
        "src/lib.rs": pluginSource("Slow", "fn hello(&self) -> u8 { 1 }"),
        "build.rs": `fn main() {
          std::fs::write("started.tmp", std::process::id().to_string()).unwrap();
          std::fs::rename("started.tmp", "started").unwrap();
          std::thread::sleep(std::time::Duration::from_secs(600));
        }`,
      });
      try {
        let below: Promise<readonly number[]> | undefined;
        let script = 0;
        const { exitCode, error } = await runCli(["call", "Slow.hello"], {
          cwd: workspace.folder,
          onSpawn: (child) => {
            const watcher = watch(workspace.folder, (_event, name) => {
              if (name === "started") {
                watcher.close();
                below = descendantsOf(child.pid ?? 0).then(async (pids) => {
                  script = Number(await readFile(join(workspace.folder, "started"), "utf8"));
                  child.kill("SIGINT");
                  return pids;
                });
              }
            });
          },
        });
        assert.equal(exitCode, 130);
        assert.equal(error?.kind, "cancelled");
        assert.ok((await below)?.includes(script), "the build script was running");
        assert.deepEqual(await stillAlive(await below), []);
      } finally {
        await workspace.dispose();
      }
    });
  });
});

async function stillAlive(pids: readonly number[] = []): Promise<readonly number[]> {
  const alive = await Promise.all(pids.map(isAlive));
  return pids.filter((_pid, index) => alive[index]);
}
