// fidius-call call --host-functions: answers from a file and from a module, the log on stderr and in --json, and what is said
// of a file that does not fit.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fixturesFolder } from "../support/fixtureLibraries.ts";
import { cacheOfProcesses, removeCache, runCli } from "./cliProcess.ts";
import type { CliResult } from "./cliProcess.ts";

const manifest = join(fixturesFolder, "hostcall/Cargo.toml");

function call(method: string, ...args: readonly string[]): Promise<CliResult> {
  return runCli(["call", `Asker.${method}`, "--manifest-path", manifest, ...args]);
}

async function file(name: string, text: string): Promise<string> {
  const path = join(await cacheOfProcesses(), name);
  await writeFile(path, text);
  return path;
}

describe("fidius-call call --host-functions", function () {
  this.timeout(600_000);
  after(removeCache);

  it("answers from a file, with the log on stderr and nothing but the result on stdout", async () => {
    const answers = await file(
      "answers.json",
      '{"interfaces": {"Store": {"functions": {"lookup": {"value": "found"}, "length": {"value": 18446744073709551615}}}}}',
    );
    const found = await call("lookup", "--args", '["k"]', "--host-functions", answers);
    assert.equal(found.stdout, '"found"\n');
    assert.match(found.stderr, /^host: 1\. Store::lookup \{"key":"k"\} -> "found" \(/m);
    const length = await call("length", "--args", '["hex:00"]', "--host-functions", answers);
    assert.equal(length.stdout, '"ok 18446744073709551615"\n', "all digits arrive");
  });

  it("takes the bytes of files that values name, and says which cannot be read", async () => {
    await file("answer.bin", "\u0001\u0002");
    const value = (bytes: unknown) => ({
      yes: true,
      small: 1,
      big: 2,
      huge: 3,
      ratio: 0.5,
      letter: "x",
      text: "",
      maybe: null,
      bytes,
      shapes: [],
      pair: [4, null],
      counts: {},
      by_number: {},
      outcome: { Ok: 5 },
    });
    const answers = (bytes: unknown) =>
      JSON.stringify({ interfaces: { Store: { functions: { echo: { value: value(bytes) } } } } });
    const args = ["--args", JSON.stringify([value("hex:")]), "--host-functions"];
    const there = await file("files.json", answers({ $file: "answer.bin" }));
    const found = await call("echo", ...args, there);
    assert.match(found.stdout, /"hex:0102"/);
    const gone = await file("gone.json", answers({ $file: "gone.bin" }));
    const { exitCode, error, stderr } = await call("echo", ...args, gone);
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "invalidHostFunctions");
    assert.match(
      stderr,
      /Store\/functions\/echo\/value\/bytes: The file .*gone\.bin cannot be read/,
    );
  });

  it("answers from a module, in --json with every argument and answer", async () => {
    const module = await file(
      "answers.mjs",
      "export const add = (left, right) => left + right;\n" +
        'const nothing = () => { throw new Error("unused"); };\n' +
        "export { nothing as lookup, nothing as length, nothing as note, nothing as echo, nothing as now };\n",
    );
    const { stdout } = await call("sum", "--args", "[3]", "--json", "--host-functions", module);
    const envelope = JSON.parse(stdout) as {
      readonly value: number;
      readonly hostFunctions: {
        readonly calls: readonly { arguments: unknown; answer: { value: unknown } }[];
      };
    };
    assert.equal(envelope.value, 6);
    assert.deepEqual(
      envelope.hostFunctions.calls.map(({ arguments: args, answer }) => [args, answer.value]),
      [
        [{ left: 0, right: 1 }, 1],
        [{ left: 1, right: 2 }, 3],
        [{ left: 3, right: 3 }, 6],
      ],
    );
  });

  it("says what was asked for and is not set up", async () => {
    const { exitCode, stderr } = await call("lookup", "--args", '["k"]');
    assert.equal(exitCode, 4);
    assert.match(stderr, /note: The plugin asked for host interface Store, which is not set up/);
  });

  it("names every problem of a file with its place", async () => {
    const broken = await file(
      "broken.json",
      '{"interfaces": {\n "Store": {"functions": {"lookup": {"value": 1, "error": {}}, "note": 3}}, "Clock": {"modul": "x"}}}',
    );
    const { exitCode, error, stderr } = await call("is_bound", "--host-functions", broken);
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "invalidHostFunctions");
    assert.match(stderr, /\/interfaces\/Store\/functions\/lookup: An answer is one of/);
    assert.match(stderr, /\/interfaces\/Clock\/modul: "modul" means nothing here/);
    const wrong = await file(
      "wrong.json",
      '{"interfaces": {"Store": {"functions": {"length": {"value": "many"}}}}}',
    );
    const unfit = await call("is_bound", "--host-functions", wrong);
    assert.equal(unfit.exitCode, 1);
    assert.match(unfit.stderr, /\/Store\/functions\/length\/value: u64/);
  });

  it("list shows host interfaces with their hash", async () => {
    const { stdout } = await runCli(["list", manifest]);
    assert.match(stdout, /host interface Store, version 3, hash [0-9a-f]{16}/);
  });
});
