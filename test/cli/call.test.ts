// fidius-call call on the example workspace: values in and out with all their digits, where output goes, what --json says.

import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testTargetFolder } from "../support/fixtureLibraries.ts";
import { cacheOfProcesses, examplesFolder, removeCache, runCli } from "./cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "./temporaryWorkspace.ts";

interface Envelope {
  readonly outcome: string;
  readonly value?: unknown;
  readonly error?: { readonly kind: string; readonly code?: string };
  readonly timings: Readonly<Record<string, number>>;
  readonly sizes: { readonly inputBytes?: number; readonly outputBytes?: number };
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly notes: readonly string[];
}

const call = (method: string, ...args: string[]) => runCli(["call", method, ...args]);

describe("fidius-call call", function () {
  this.timeout(600_000);

  before(async () => {
    // Builds the workspace's plugins once.
    assert.equal((await call("BasicCalculator.add", "--args", "[1,2]")).exitCode, 0);
    assert.equal((await call("Tour.check_age", "--args", "[30]")).exitCode, 0);
  });
  after(removeCache);

  it("prints the bare result and nothing else", async () => {
    const { exitCode, stdout, stderr } = await call(
      "BasicCalculator.add",
      "--args",
      '{"a": 9223372036854775800, "b": 7}',
    );
    assert.equal(exitCode, 0);
    assert.equal(stdout, "9223372036854775807\n");
    assert.equal(stderr, "");
  });

  it("keeps 128 bits in and out", async () => {
    const least = "-170141183460469231731687303715884105728";
    const { stdout } = await call("BasicCalculator.divide", "--args", `[${least}, 1]`);
    assert.equal(stdout, `${least}\n`);
  });

  it("takes and prints values 1,500 levels deep, and more with --max-depth", async () => {
    const grafts = (count: number): string =>
      `{"tree":${'{"name":"t","graft":'.repeat(count)}null${',"children":[]}'.repeat(count)}}`;
    const tree = async (count: number, ...options: string[]) => {
      const file = join(folder, "deep.json");
      await writeFile(file, grafts(count));
      return call("Tour.tree", "--args-file", file, ...options);
    };
    const folder = await mkdtemp(join(tmpdir(), "deep-"));
    try {
      const { exitCode, stdout } = await tree(1_500);
      assert.equal(exitCode, 0);
      assert.equal(`{"tree":${stdout.replaceAll(/\s/g, "")}}`, grafts(1_500));
      const deeper = await tree(2_500, "--max-depth", "3000");
      assert.equal(deeper.exitCode, 0);
      const refused = await tree(2_500);
      assert.equal(refused.exitCode, 1);
      assert.match(
        refused.stderr,
        /nested deeper than 2,000 levels; this is the limit\. Set another with --max-depth/,
      );
      assert.doesNotMatch(refused.stderr, /older than its source/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("calls async methods", async () => {
    const { stdout } = await call("BasicCalculator.mean", "--args", "[[1, 2, 6]]");
    assert.equal(stdout, "3\n");
  });

  it("takes structs and enums, and prints structs indented", async () => {
    const { stdout } = await call(
      "BasicCalculator.add_all",
      "--args",
      '{"terms":[{"value":1.5,"unit":"Kilometre","scale":null},{"value":250,"unit":"Metre","scale":2}]}',
    );
    assert.equal(
      stdout,
      '{\n  "count": 2,\n  "total_in_metres": 2000,\n  "longest_in_metres": 1500\n}\n',
    );
  });

  it("takes package/Plugin.method and the plugin's id", async () => {
    for (const selector of [
      "basic-calculator/BasicCalculator.add",
      "basic_calculator::BasicCalculator as Calculator.add",
    ]) {
      assert.equal((await call(selector, "--args", "[20,22]")).stdout, "42\n");
    }
  });

  it("reads arguments from a file and from stdin", async () => {
    const file = join(await cacheOfProcesses(), "arguments.json");
    await writeFile(file, '{"a": 1,\n "b": 2}\n');
    const fromFile = await call("BasicCalculator.add", "--args-file", file);
    assert.equal(fromFile.stdout, "3\n");
    const fromStdin = await runCli(["call", "BasicCalculator.add", "--args-file", "-"], {
      stdin: "[2,3]",
    });
    assert.equal(fromStdin.stdout, "5\n");
  });

  it("takes bytes from a file, relative to the plugin's package", async () => {
    const file = join(examplesFolder, "type-tour", "cli-test.bin");
    await writeFile(file, Uint8Array.of(0, 1, 255));
    try {
      const { stdout } = await call("Tour.reverse", "--args", '[{"$file":"cli-test.bin"}]');
      assert.equal(stdout, '"hex:ff0100"\n');
    } finally {
      await rm(file);
    }
  });

  it("gives what the plugin prints to stderr, the value alone to stdout", async () => {
    const { stdout, stderr } = await call("BasicCalculator.sum_slowly", "--args", "[[1, 2.5], 1]");
    assert.equal(stdout, "3.5\n");
    assert.equal(stderr, "adding 1\nadding 2.5\n");
  });

  it("--json says everything on one line", async () => {
    const { exitCode, stdout, stderr } = await call(
      "BasicCalculator.sum_slowly",
      "--args",
      "[[1, 2.5], 1]",
      "--json",
    );
    assert.equal(exitCode, 0);
    assert.equal(stderr, "");
    assert.equal(stdout.trim().split("\n").length, 1);
    const envelope = JSON.parse(stdout) as Envelope;
    assert.equal(envelope.outcome, "ok");
    assert.equal(envelope.value, 3.5);
    assert.equal(envelope.output.stdout, "adding 1\nadding 2.5\n");
    assert.equal(envelope.sizes.outputBytes, 8);
    assert.ok((envelope.timings["callMs"] ?? 0) >= 2);
    assert.ok((envelope.timings["totalMs"] ?? 0) >= (envelope.timings["callMs"] ?? Infinity));
    // The library was fresh, as an earlier call had noted down: cargo was not started.
    assert.ok(!("buildMs" in envelope.timings));
    // Other variables for the compiler: what was noted down does not count.
    const other = await runCli(["call", "BasicCalculator.factorial", "--args", "[1]", "--json"], {
      environment: { FIDIUS_TEST_VARIABLE: "other" },
    });
    assert.ok("buildMs" in (JSON.parse(other.stdout) as Envelope).timings);
  });

  it("--json keeps digits that a JavaScript number would lose", async () => {
    const { stdout } = await call("BasicCalculator.factorial", "--args", "[30]", "--json");
    assert.match(stdout, /"value":265252859812191058636308480000000,/);
  });

  it("--json has the failure too, on stdout and as the last line of stderr", async () => {
    const { exitCode, stdout, error } = await call(
      "BasicCalculator.divide",
      "--args",
      "[1,0]",
      "--json",
    );
    assert.equal(exitCode, 4);
    const envelope = JSON.parse(stdout) as Envelope;
    assert.equal(envelope.outcome, "pluginError");
    assert.equal(envelope.error?.code, "DIVISION_BY_ZERO");
    assert.deepEqual(envelope.error, error);
  });

  it("calls a given library without building", async () => {
    const built = await builtLibrary("basic_calculator");
    const { exitCode, stdout } = await runCli(
      ["call", "BasicCalculator.add", "--args", "[1,2]", "--library", built, "--json"],
      // Without cargo nothing could be built.
      { environment: { PATH: "", CARGO_HOME: await cacheOfProcesses() } },
    );
    assert.equal(exitCode, 0);
    assert.equal("buildMs" in (JSON.parse(stdout) as Envelope).timings, false);
  });

  it("meets an expectation, whatever the spelling of the value", async () => {
    for (const expected of ["42", "42.0e0", '"42"']) {
      const { exitCode } = await call(
        "BasicCalculator.add",
        "--args",
        "[20,22]",
        "--expect",
        expected,
      );
      assert.equal(exitCode, 0, expected);
    }
  });

  it("builds with the async feature where the manifest misses it, and says so", async () => {
    const workspace = await TemporaryWorkspace.create({
      "Cargo.toml": pluginManifest("no-async-feature", "\n[workspace]\n"),
      "src/lib.rs": pluginSource("Later", "async fn hello(&self, name: String) -> String { name }"),
    });
    try {
      const { exitCode, stdout, stderr } = await runCli(
        ["call", "Later.hello", "--args", '["you"]'],
        { cwd: workspace.folder },
      );
      assert.equal(exitCode, 0, stderr);
      assert.equal(stdout, '"you"\n');
      assert.match(stderr, /^note: Built with --features fidius\/async$/m);
    } finally {
      await workspace.dispose();
    }
  });

  it("leaves no private copies of libraries behind", async () => {
    const folders = await readdir(join(await cacheOfProcesses(), "fidius-call"));
    // Copies lie in folders named after a process; the interfaces seen before are kept.
    assert.deepEqual(
      folders.filter((name) => /^\d+-/.test(name)),
      [],
    );
  });
});

async function builtLibrary(name: string): Promise<string> {
  const folder = join(testTargetFolder(), "debug");
  const file = (await readdir(folder)).find((entry) =>
    new RegExp(`^(lib)?${name}\\.(so|dylib|dll)$`).test(entry),
  );
  assert.ok(file !== undefined, `${name} is not in ${folder}`);
  return join(folder, file);
}
