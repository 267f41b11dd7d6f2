// What the command line refuses before anything is built or sent, exit code 1: the problem, its place, and what there is instead.

import assert from "node:assert/strict";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { removeCache, runCli } from "./cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "./temporaryWorkspace.ts";

describe("1: usage of fidius-call, and nothing was sent", function () {
  this.timeout(600_000);
  after(removeCache);

  const usage: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no command", [], /./],
    ["an unknown command", ["cal"], /unknown command 'cal'/],
    ["an unknown option", ["list", "--jsn"], /unknown option '--jsn'/],
    ["no method", ["call"], /missing required argument 'method'/],
    ["a selector without a method", ["call", "BasicCalculator"], /names no method/],
    ["an unknown plugin", ["call", "Gone.add"], /no plugin Gone.*BasicCalculator/],
    ["an unknown method", ["call", "BasicCalculator.gone"], /no method gone.*add_all/],
    ["missing arguments", ["call", "BasicCalculator.add"], /--args '\{"a":0,"b":0\}'/],
    ["no size", ["call", "X.y", "--memory-limit", "much"], /"much" is no amount of memory/],
    [
      "a depth out of bounds",
      ["call", "X.y", "--max-depth", "4001"],
      /--max-depth.*4001.*Give a whole number from 16 to 4,000\./,
    ],
    ["no depth", ["call", "X.y", "--max-depth", "deep"], /a whole number from 16 to 4,000/],
    ["no duration", ["call", "X.y", "--timeout", "soon"], /"soon" is no duration/],
    [
      "two sources of arguments",
      ["call", "X.y", "--args", "[]", "--args-file", "-"],
      /cannot be used with/,
    ],
    ["an arguments file that is not there", ["call", "X.y", "--args-file", "gone"], /gone/],
    [
      "an expectation that is no value of the type",
      ["call", "BasicCalculator.add", "--args", "[1,2]", "--expect", '"x"'],
      /--expect is no i64/,
    ],
  ];
  for (const [what, args, message] of usage) {
    it(what, async () => {
      const { exitCode, stdout, error } = await runCli(args);
      assert.equal(exitCode, 1);
      assert.equal(error?.kind, "usage");
      assert.match(error.message, message);
      assert.equal(stdout, "");
    });
  }

  it("JSON that does not fit: all problems with their places", async () => {
    const { exitCode, error } = await runCli([
      "call",
      "BasicCalculator.add_all",
      "--args",
      '{"terms":[{"value":"x","unit":"Parsec","scale":null},{"value":1}],"more":1}',
    ]);
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "invalidArguments");
    const problems = error["problems"] as { path: string; message: string }[];
    const places = problems.map(({ path }) => path);
    for (const place of ["/terms/0/value", "/terms/0/unit", "/more"]) {
      assert.ok(places.includes(place), `${place} in ${places.join(" ")}`);
    }
    assert.ok(places.some((place) => place.startsWith("/terms/1")));
  });

  it("text that is no JSON: the place of the error", async () => {
    const { exitCode, error } = await runCli(["call", "BasicCalculator.add", "--args", '{"a":1,']);
    assert.equal(exitCode, 1);
    const [problem] = error?.["problems"] as { line: number; column: number }[];
    assert.equal(problem?.line, 1);
    assert.equal(problem.column, 8);
  });

  it("a file of arguments that is not there: its place and path", async () => {
    const { exitCode, error } = await runCli([
      "call",
      "Tour.reverse",
      "--args",
      '[{"$file":"gone.bin"}]',
    ]);
    assert.equal(exitCode, 1);
    const [problem] = error?.["problems"] as { path: string; message: string }[];
    assert.equal(problem?.path, "/0");
    assert.match(problem.message, /gone\.bin cannot be read: there is no such file/);
  });

  it("a plugin name that two packages have: the candidates, each of which works", async () => {
    const workspace = await TemporaryWorkspace.create({
      "one/Cargo.toml": pluginManifest("one"),
      "one/src/lib.rs": pluginSource("Same", "fn hello(&self) -> u8 { 1 }"),
      "two/Cargo.toml": pluginManifest("two"),
      "two/src/lib.rs": pluginSource("Same", "fn hello(&self) -> u8 { 2 }"),
    });
    try {
      const { exitCode, error } = await runCli(["call", "Same.hello"], { cwd: workspace.folder });
      assert.equal(exitCode, 1);
      assert.deepEqual([...(error?.["candidates"] as string[])].sort(), [
        "one/Same.hello",
        "two/Same.hello",
      ]);
    } finally {
      await workspace.dispose();
    }
  });

  it("a library whose interface is not in the source", async () => {
    const workspace = await TemporaryWorkspace.create({
      "Cargo.toml": pluginManifest("orphan"),
      "src/lib.rs":
        "use elsewhere::*;\npub struct P;\n#[fidius::plugin_impl(Unknown)]\nimpl Unknown for P { fn f(&self, a: u8) -> u8 { a } }\n",
    });
    try {
      const { exitCode, error } = await runCli(
        ["call", "P.f", "--args", "[1]", "--library", await fixtureLibrary("calls")],
        { cwd: workspace.folder },
      );
      assert.equal(exitCode, 1);
      assert.match(error?.message ?? "", /source of the interface Unknown was not found/);
    } finally {
      await workspace.dispose();
    }
  });
});
