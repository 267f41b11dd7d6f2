// fidius-call call on streaming methods: items as NDJSON while they come, input from a file or stdin, and every way to end.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { distFolder, fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { cacheOfProcesses, removeCache, runCli } from "./cliProcess.ts";
import type { CliOptions, CliResult } from "./cliProcess.ts";

interface EndEvent {
  readonly event: string;
  readonly outcome: string;
  readonly received?: number;
  readonly sent?: number;
  readonly isComplete?: boolean;
  readonly value?: unknown;
  readonly error?: { readonly kind: string };
}

describe("fidius-call call on streams", function () {
  this.timeout(120_000);
  let library: string;

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("streams");
  });
  after(removeCache);

  function call(
    method: string,
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<CliResult> {
    const place = ["--manifest-path", join(fixturesFolder, "streams"), "--library", library];
    return runCli(["call", `AllStreams.${method}`, ...place, ...args], options);
  }

  const lines = ({ stdout }: CliResult): readonly string[] =>
    stdout.split("\n").filter((line) => line !== "");

  it("prints one item a line", async () => {
    const result = await call("results", ["--args", "[4]"]);
    assert.equal(result.exitCode, 0);
    assert.deepEqual(lines(result), [
      '{"Ok":0}',
      '{"Ok":1}',
      '{"Err":{"code":"THIRD","message":"item 2 is a third one","details":null}}',
      '{"Ok":3}',
    ]);
  });

  it("--take ends a stream that has no end; --json is one event a line", async () => {
    const result = await call("endless", ["--take", "3", "--json"]);
    assert.equal(result.exitCode, 0);
    const events = lines(result).map((line) => JSON.parse(line) as EndEvent);
    assert.deepEqual(
      events.map(({ event, value }) => [event, value]),
      [
        ["item", 0],
        ["item", 1],
        ["item", 2],
        ["end", undefined],
      ],
    );
    const end = events.at(-1);
    assert.deepEqual([end?.outcome, end?.received, end?.isComplete], ["streamEnded", 3, false]);
  });

  it("reads a stream's input from stdin and from a file", async () => {
    const fromStdin = await call("sum", ["--args", "[100]"], {
      stdin: "1\n\n 2 \n9223372036854775000",
    });
    assert.deepEqual([fromStdin.exitCode, fromStdin.stdout], [0, "9223372036854775103\n"]);
    const file = join(await cacheOfProcesses(), "readings.ndjson");
    await writeFile(
      file,
      '{"sensor":"a","value":1,"raw":null}\r\n{"sensor":"b","value":2,"raw":"hex:00ff"}\r\n',
    );
    const fromFile = await call("mean", ["--input", file]);
    assert.deepEqual([fromFile.exitCode, fromFile.stdout], [0, "1.5\n"]);
  });

  it("--expect compares what a client stream returns", async () => {
    const options = { stdin: "1\n2\n" };
    assert.equal((await call("sum", ["--args", "[0]", "--expect", "3"], options)).exitCode, 0);
    assert.equal((await call("sum", ["--args", "[0]", "--expect", "4"], options)).exitCode, 8);
  });

  it("answers each line of a bidirectional stream before the next one is written", async () => {
    const lineOf = (child: ChildProcessByStdio<Writable, Readable, null>): Promise<string> =>
      once(child.stdout, "data").then(([text]) => String(text));
    const entry = join(distFolder(), "cli.cjs");
    const child = spawn(
      process.execPath,
      [
        ...[entry, "call", "AllStreams.scale", "--args", "[10]", "--library", library],
        ...["--manifest-path", join(fixturesFolder, "streams")],
      ],
      {
        stdio: ["pipe", "pipe", "ignore"],
        env: { ...process.env, XDG_CACHE_HOME: await cacheOfProcesses() },
      },
    );
    for (const number of [1, 2, 3]) {
      const answer = lineOf(child);
      child.stdin.write(`${String(number)}\n`);
      assert.equal(await answer, `${String(number * 10)}\n`);
    }
    child.stdin.end();
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });

  it("a line that does not fit ends the stream, with its number and the reason", async () => {
    const result = await call("sum", ["--args", "[0]"], { stdin: '1\n"two"\n3\n' });
    assert.equal(result.exitCode, 1);
    assert.equal(result.error?.kind, "invalidArguments");
    assert.match(
      result.error.message,
      /^Line 2 of the input does not fit sum, so the stream was cancelled after 1 line\.$/,
    );
    assert.match(result.stderr, /^ {2}2:1: /m);
  });

  it("a byte order mark before the first line is none of it", async () => {
    const result = await call("sum", ["--args", "[0]"], { stdin: "\uFEFF1\r\n2\r\n" });
    assert.deepEqual([result.exitCode, result.stdout], [0, "3\n"], result.stderr);
    const later = await call("sum", ["--args", "[0]"], { stdin: "1\n\uFEFF2\n" });
    assert.equal(later.exitCode, 1);
  });

  it("the time limit of a stream is told as that of an item", async () => {
    const late = await call("ticks", ["--args", "[60000]", "--timeout", "300ms"]);
    assert.equal(late.exitCode, 7);
    assert.match(late.error?.message ?? "", /^No item after 300 ms\. /);
  });

  it("a line that is no JSON is told in words of the line alone", async () => {
    const result = await call("sum", ["--args", "[0]"], { stdin: "1\nx\n" });
    assert.equal(result.exitCode, 1);
    assert.match(result.stderr, /Here is "x", but a value is expected\./);
  });

  it("an interface's name leads to the plugins that implement it", async () => {
    const place = ["--manifest-path", join(fixturesFolder, "streams")];
    const { exitCode, error } = await runCli(["call", "Streams.sum", ...place]);
    assert.equal(exitCode, 1);
    assert.match(error?.message ?? "", /^Streams is an interface\. Name a plugin .*AllStreams\.$/);
  });

  for (const [method, args, exitCode, kind, items] of [
    ["panics", ["--args", "[2,5]"], 5, "panic", 2],
    ["aborts", ["--args", "[3]"], 6, "crashed", 3],
    ["no_three", [], 3, "wireError", 3],
    ["stalls", ["--args", "[4]", "--timeout", "500ms"], 7, "timedOut", 4],
  ] as const) {
    it(`${method}: its items, then exit code ${String(exitCode)}`, async () => {
      const result = await call(method, args);
      assert.equal(result.exitCode, exitCode, result.stderr);
      assert.equal(result.error?.kind, kind);
      assert.equal(lines(result).length, items);
    });
  }

  it("Ctrl+C ends it with the items so far", async () => {
    const result = await call("stalls", ["--args", "[3]", "--timeout", "none", "--json"], {
      onSpawn: (child) => {
        let seen = "";
        child.stdout?.on("data", (text: string) => {
          seen += text;
          if (seen.split("\n").length === 4) {
            child.kill("SIGINT");
          }
        });
      },
    });
    assert.equal(result.exitCode, 130);
    const events = lines(result).map((line) => JSON.parse(line) as EndEvent);
    assert.deepEqual(
      events.map(({ event }) => event),
      ["item", "item", "item", "end"],
    );
    assert.equal(events[3]?.outcome, "cancelled");
  });

  it("a reader that leaves ends it quietly", async () => {
    let stderr = "";
    await call("endless", [], {
      onStderr: (text) => {
        stderr += text;
      },
      onSpawn: (child) => {
        child.stdout?.once("data", () => child.stdout?.destroy());
      },
    });
    assert.doesNotMatch(stderr, /EPIPE|error/);
  });

  it("refuses options that would be ignored", async () => {
    for (const [method, option] of [
      ["sum", ["--args", "[0]", "--take", "3"]],
      ["count", ["--args", "[3]", "--input", "items.ndjson"]],
      ["count", ["--args", "[3]", "--expect", "3"]],
      ["count", ["--args", "[3]", "--take", "x"]],
    ] as const) {
      const { exitCode, stdout } = await call(method, option);
      assert.deepEqual([exitCode, stdout], [1, ""], option.join(" "));
    }
  });

  it("says that an input file cannot be read", async () => {
    const result = await call("sum", ["--args", "[0]", "--input", "/no/such/file.ndjson"]);
    assert.equal(result.exitCode, 1);
    assert.equal(
      result.error?.message,
      "The file of --input, /no/such/file.ndjson, cannot be read: there is no such file. Check the path.",
    );
    const folder = await call("sum", ["--args", "[0]", "--input", fixturesFolder]);
    assert.match(folder.error?.message ?? "", /fixtures, cannot be read: it is a folder/);
  });
});
