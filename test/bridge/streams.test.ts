// Items of streams and configurations whose types no source tells, through the CLI.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeCache, runCli, type CliResult } from "../cli/cliProcess.ts";
import { repositoryRoot } from "../support/fixtureLibraries.ts";

const fixture = join(repositoryRoot, "test/bridge/fixture");
const configuration = '{"base":"#101010","width":{"pixels":2,"label":null}}';

const call = (method: string, args: string, ...more: string[]): Promise<CliResult> =>
  callWith("", method, args, ...more);

const callWith = (
  stdin: string,
  method: string,
  args: string,
  ...more: string[]
): Promise<CliResult> =>
  runCli(["call", `Brush.${method}`, "--args", args, "--config", configuration, ...more], {
    cwd: fixture,
    stdin,
  });

describe("streams and configurations through the bridge", function () {
  this.timeout(600_000);
  after(removeCache);

  it("prints each item as the type's own JSON, in their order", async () => {
    const { exitCode, stdout, stderr } = await call("shades", "[3]");
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, '"#101010"\n"#111111"\n"#121212"\n');
    const taken = await call("shades", "[200]", "--take", "2");
    assert.equal(taken.stdout, '"#101010"\n"#111111"\n');
    const many = await call("shades", "[250]");
    assert.equal(many.stdout.trim().split("\n").length, 250);
  });

  it("prints items that are results whole, and events with --json", async () => {
    const { stdout } = await call("tries", "[2]");
    assert.equal(stdout, '{"Ok":"#101010"}\n{"Err":"one does not go"}\n');
    const json = await call("shades", "[1]", "--json");
    const [item, outcome] = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(item?.["event"], "item");
    assert.equal(item["value"], "#101010");
    assert.equal(item["bytes"], 3);
    assert.ok(outcome !== undefined);
  });

  it("reads the input's items as the type's own JSON, from stdin and from a file", async () => {
    const input = '"#010203"\n\n{"$raw":"hex:0a0b0c"}\n';
    const both = await callWith(input, "tint", "[]");
    assert.equal(both.exitCode, 0, both.stderr);
    assert.equal(both.stdout, '"#111213"\n"#1a1b1c"\n');
    const folder = await mkdtemp(join(tmpdir(), "fidius-items-"));
    try {
      const file = join(folder, "items.ndjson");
      await writeFile(file, '"#000001"\n"#000002"\n');
      const mixed = await call("mix", '["#000000"]', "--input", file);
      assert.equal(mixed.exitCode, 0, mixed.stderr);
      assert.equal(mixed.stdout, '"#000003"\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("gives the declared error of a client stream", async () => {
    const { exitCode, error } = await callWith(
      '"#000001"\n"#000001"\n"#000001"\n',
      "mix",
      '["#000000"]',
    );
    assert.equal(exitCode, 4);
    assert.equal(error?.["code"], "TOO_MANY");
  });

  it("says where JSON is to stand in place of the bytes of the example", async () => {
    const hint = /instead of bytes, write the JSON that its own serde reads/u;
    const bare = await runCli(["call", "Painter.invert"], { cwd: fixture });
    assert.match(bare.error?.message ?? "", /No source tells the type of colour \(Colour\)/u);
    assert.match(bare.error?.message ?? "", hint);
    const without = await runCli(["call", "Painter.invert", "--no-bridge"], { cwd: fixture });
    assert.doesNotMatch(without.error?.message ?? "", hint);
    const configured = await runCli(["call", "Brush.shades", "--args", "[1]"], { cwd: fixture });
    assert.match(configured.error?.message ?? "", hint);
  });

  it("refuses an item in serde's words, with its line", async () => {
    const { exitCode, error } = await callWith('"#010203"\n"red"\n', "tint", "[]");
    assert.equal(exitCode, 1);
    assert.match(error?.message ?? "", /Line 2 of the input does not fit tint/u);
    assert.match(JSON.stringify(error), /is no colour like #rrggbb/u);
  });

  it("stays with bytes when it is told to", async () => {
    const raw = ["--no-bridge", "--config"];
    const bytes = '{"$raw":"hex:101010020000000000000000"}';
    const args = ["call", "Brush.shades", "--args", "[1]", ...raw, bytes];
    const { exitCode, stdout, stderr } = await runCli(args, { cwd: fixture });
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, '{"$raw":"hex:101010"}\n');
    const same = await runCli(["call", "Brush.shades", "--args", "[1]", "--config", bytes], {
      cwd: fixture,
    });
    assert.equal(same.stdout, '"#101010"\n');
  });

  it("refuses a configuration in serde's words; its type is one of the plugin's own package", async () => {
    const wrong = '{"base":"blue","width":{"pixels":2,"label":null}}';
    const args = ["call", "Brush.shades", "--args", "[1]", "--config", wrong];
    const { exitCode, error } = await runCli(args, { cwd: fixture });
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "invalidConfiguration");
    assert.match(JSON.stringify(error), /is no colour like #rrggbb/u);
  });
});

describe("items that the bridge does not read", function () {
  this.timeout(600_000);
  after(removeCache);

  const wobble = (args: string, ...more: string[]): Promise<CliResult> =>
    runCli(["call", "Wobbler.wobbles", "--args", args, ...more], { cwd: fixture });

  it("are bytes with the reason; those around them are JSON, in their order", async () => {
    const { exitCode, stdout, stderr } = await wobble("[[1,15,13,2,15,13,3]]");
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(stdout.trim().split("\n"), [
      '"number 1"',
      '{"$raw":"hex:0f"}',
      '{"$raw":"hex:0d"}',
      '"number 2"',
      '{"$raw":"hex:0f"}',
      '{"$raw":"hex:0d"}',
      '"number 3"',
    ]);
    const notes = stderr.split("\n").filter((line) => line.startsWith("note: "));
    assert.match(notes.join("\n"), /^note: item 2: .*fifteen is refused/mu);
    assert.match(notes.join("\n"), /^note: item 3: The bridge's process ended \(SIGABRT\)/mu);
    assert.match(notes.join("\n"), /^note: 2 items in all: .*fifteen is refused/mu);
    assert.equal(notes.length, 4);
  });

  it("have their reason in their own event with --json", async () => {
    const { stdout } = await wobble("[[15,4]]", "--json");
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(events[0]?.["value"], { $raw: "hex:0f" });
    assert.match(String(events[0]["problem"]), /fifteen is refused/u);
    assert.deepEqual([events[1]?.["value"], events[1]?.["problem"]], ["number 4", undefined]);
  });

  it("do not end a process each, when nothing else comes", async () => {
    const { exitCode, stdout, stderr } = await wobble(`[[${Array(40).fill(13).join()},1]]`);
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout.trim().split("\n").length, 41);
    assert.match(stderr, /^note: 38 items in all: Not asked for: 3 items before it/mu);
  });
});
