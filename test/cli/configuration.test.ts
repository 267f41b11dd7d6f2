// fidius-call call on a plugin with `config = C`: the configuration from the command line and from a file, and what is said
// of one that is missing, wrong, or not wanted.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fixturesFolder } from "../support/fixtureLibraries.ts";
import { cacheOfProcesses, removeCache, runCli } from "./cliProcess.ts";
import type { CliOptions, CliResult } from "./cliProcess.ts";

const manifest = join(fixturesFolder, "configured/Cargo.toml");
const configuration =
  '{"greeting": "Hi", "tone": {"Loud": {"marks": 2}}, "serial": 18446744073709551615, "badge": "hex:"}';

function call(method: string, args: readonly string[], options?: CliOptions): Promise<CliResult> {
  return runCli(["call", method, "--manifest-path", manifest, ...args], options);
}

describe("fidius-call call --config", function () {
  this.timeout(600_000);
  after(removeCache);

  it("builds an instance with it and calls on that", async () => {
    const greeted = await call("Greeter.greet", ["--args", '["you"]', "--config", configuration]);
    assert.equal(greeted.stdout, '"Hi, you!!"\n');
    const serial = await call("Greeter.serial", ["--config", configuration]);
    assert.equal(serial.stdout, "18446744073709551615\n", "all 64 bits arrive");
  });

  it("reads it from a file, and from stdin", async () => {
    const file = join(await cacheOfProcesses(), "configuration.json");
    await writeFile(file, configuration);
    const fromFile = await call("Greeter.calls", ["--config-file", file]);
    assert.equal(fromFile.stdout, "1\n");
    const options = { stdin: configuration };
    const fromStdin = await call("Greeter.calls", ["--config-file", "-"], options);
    assert.equal(fromStdin.stdout, "1\n");
    const both = await call("Greeter.greet", ["--config-file", "-", "--args-file", "-"]);
    assert.equal(both.exitCode, 1);
    assert.match(both.error?.message ?? "", /Only one/);
  });

  it("a configuration of zero bytes is given as null", async () => {
    assert.equal((await call("Counter.count", ["--config", "null"])).stdout, "1\n");
  });

  it("a stream runs on the instance that it builds, in every direction", async () => {
    const stateful = join(fixturesFolder, "stateful/Cargo.toml");
    const onFive = (method: string, args: readonly string[], stdin?: string): Promise<CliResult> =>
      runCli(
        ["call", method, "--manifest-path", stateful, "--config", '{"value": 5}', ...args],
        stdin === undefined ? {} : { stdin },
      );
    const raised = await onFive("Keeper.raise", ["--args", "[3]"]);
    assert.deepEqual([raised.stdout, raised.exitCode], ["6\n7\n8\n", 0]);
    assert.doesNotMatch(raised.stderr, /instance/u);
    const endless = await onFive("Keeper.values", ["--take", "2"]);
    assert.equal(endless.stdout, "5\n5\n");
    assert.equal((await onFive("Keeper.add_all", [], "1\n2\n")).stdout, "8\n");
    assert.equal((await onFive("Keeper.running_total", [], "1\n2\n")).stdout, "6\n8\n");
  });

  it("asks for one with an example that fits", async () => {
    const { exitCode, error } = await call("Greeter.calls", []);
    assert.equal(exitCode, 1);
    const example = /--config '(.*)'\.$/.exec(error?.message ?? "")?.[1] ?? "";
    assert.equal((await call("Greeter.calls", ["--config", example])).stdout, "1\n");
  });

  it("names every problem with its place, and sends nothing", async () => {
    const { exitCode, error, stderr } = await call("Greeter.calls", [
      "--config",
      '{"greeting": 1,\n "tone": "Silent", "serial": -1, "badge": "hex:"}',
    ]);
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "invalidConfiguration");
    assert.deepEqual(
      (error["problems"] as readonly { path: string; line: number }[]).map(({ path }) => path),
      ["/greeting", "/tone", "/serial"],
    );
    assert.match(stderr, /\/serial: .*0 to/);
    const broken = await call("Greeter.calls", ["--config", "{"]);
    assert.match(broken.stderr, /1:2: /, "the place is that of the text as it was written");
  });

  it("refuses one that the plugin does not take", async () => {
    const { exitCode, error } = await call("Single.count", ["--config", "1"]);
    assert.equal(exitCode, 1);
    assert.match(error?.message ?? "", /takes no configuration/);
  });

  it("a panic in configure is a failure to load, with its place", async () => {
    const boom = configuration.replace('"Hi"', '"boom"');
    const { exitCode, error } = await call("Greeter.calls", ["--config", boom]);
    assert.equal(exitCode, 3);
    assert.equal(error?.["reason"], "diedInConfigure");
    assert.match(error.message, /no greeting like that/);
  });
});
