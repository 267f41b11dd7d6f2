// Everything that exists is found, or one sentence says why not: packages whose plugins come to be in unusual ways are listed
// and called by the real fidius-call.

import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryRoot } from "../support/fixtureLibraries.ts";
import { removeCache, runCli, type CliResult } from "./cliProcess.ts";

const folder = join(repositoryRoot, "test/fixtures-found");

const here = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd: folder });

async function called(method: string, args: string): Promise<unknown> {
  const { exitCode, stdout, stderr } = await here("call", method, "--args", args);
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout);
}

describe("fidius-call finds", function () {
  this.timeout(600_000);
  after(removeCache);

  let list = "";
  before(async () => {
    const { exitCode, stdout, stderr } = await here("list");
    assert.equal(exitCode, 0, stderr);
    list = stdout;
  });

  it("arguments under the trait's names, and takes those of the impl block", async () => {
    assert.match(
      list,
      /^ {2}plugin Ignoring.*\n {4}run\(context_json: String, retries: u8\) -> String$/m,
    );
    assert.equal(
      await called("Ignoring.run", '{"context_json": "abc", "retries": 1}'),
      "ignored 3",
    );
    assert.equal(await called("Ignoring.run", '{"_context_json": "abcd", "arg2": 1}'), "ignored 4");
    const { error } = await here("call", "Ignoring.run");
    assert.match(error?.message ?? "", /\{"context_json":"","retries":0\}/);
  });

  it("interfaces, types and plugins that a build script writes", async () => {
    assert.match(list, /^ {2}interface Sensor, version 1/m);
    assert.match(list, /^ {2}plugin Scaled, implements Sensor$/m);
    assert.match(list, /^ {2}plugin Mirrored, implements Sensor$/m);
    const args = '{"reading": {"sensor": "north", "value": 2.5}, "by": 2}';
    assert.deepEqual(await called("Scaled.scale", args), { sensor: "north", value: 5 });
    assert.deepEqual(await called("Mirrored.scale", args), { sensor: "north", value: -5 });
  });

  it("plugins of a dylib", async () => {
    assert.match(list, /^ {2}plugin Plain, implements Doubler$/m);
    assert.equal(await called("Plain.double", "[4294967295]"), 8_589_934_590);
  });

  it("interfaces and plugins that macro_rules write", async () => {
    assert.match(list, /^ {2}plugin TextPair, implements Texts/m);
    assert.deepEqual(await called("TextPair.repeat", '["x"]'), ["x", "x"]);
    assert.deepEqual(await called("PointTriple.repeat", "[[7, null]]"), [
      [7, null],
      [7, null],
      [7, null],
    ]);
  });

  it("a plugin of whose interface no source has anything, and says so", async () => {
    assert.match(
      list,
      /^provider 0\.1\.0 .*\n {2}plugin Provided, implements NativeProvider with hash [0-9a-f]{16}, whose types are not known: /m,
    );
    const { exitCode, stdout } = await runCli(["list"], { cwd: join(folder, "provider") });
    assert.equal(exitCode, 0);
    assert.doesNotMatch(stdout, /No Fidius interface or plugin found/);
  });

  it("WASM components, and refuses to call them before anything is built", async () => {
    assert.match(list, /^ {2}plugin Corner, implements Shop$/m);
    const sentence =
      /component is a WASM component, because its package\.toml has runtime = "wasm"/;
    assert.match(list, sentence);
    const { exitCode, stderr, error } = await here("call", "Corner.total", "--args", "[]");
    assert.equal(exitCode, 2);
    assert.equal(error?.kind, "buildFailed");
    assert.match(error.message, sentence);
    assert.doesNotMatch(stderr, /Compiling|Building/);
  });

  it("Python packages, which have no cargo package", async () => {
    const python = join(folder, "python");
    for (const [words, cwd] of [
      [["list"], python],
      [["call", "Snake.hiss"], python],
      [["call", "Snake.hiss", "--manifest-path", python], folder],
    ] as const) {
      const { exitCode, error } = await runCli(words, { cwd });
      assert.notEqual(exitCode, 0);
      assert.match(error?.message ?? "", /snake 0\.1\.0 has the python runtime/, words.join(" "));
    }
  });
});
