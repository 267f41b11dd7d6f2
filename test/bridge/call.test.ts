// Types that no source tells, called end to end through the CLI: in as JSON, out as JSON, by the real serde.

import assert from "node:assert/strict";
import { join } from "node:path";
import { removeCache, runCli, type CliResult } from "../cli/cliProcess.ts";
import { repositoryRoot } from "../support/fixtureLibraries.ts";

const fixture = join(repositoryRoot, "test/bridge/fixture");

const call = (method: string, args: string, ...more: string[]): Promise<CliResult> =>
  runCli(["call", `Painter.${method}`, "--args", args, ...more], { cwd: fixture });

const stamp = (method: string, args: string): Promise<CliResult> =>
  runCli(["call", `Stamper.${method}`, "--args", args], { cwd: fixture });

async function valueOf(method: string, args: string, ...more: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await call(
    method,
    args,
    "--manifest-path",
    fixture,
    ...more,
  );
  assert.equal(exitCode, 0, stderr);
  return stdout.replaceAll(/\s+/gu, "");
}

describe("calls through the bridge", function () {
  this.timeout(600_000);
  after(removeCache);

  it("takes and gives a type whose serde is written by hand", async () => {
    assert.equal(await valueOf("invert", '["#010203"]'), '"#fefdfc"');
  });

  it("takes and gives a struct that a macro of another crate makes, with all digits", async () => {
    assert.equal(
      await valueOf("longer", '{"distance":{"metres":18446744073709551610,"label":"x"},"by":5}'),
      '{"metres":18446744073709551615,"label":"x"}',
    );
    assert.equal(
      await valueOf("grow", "[[18446744073709551614,-170141183460469231731687303715884105728]]"),
      "[18446744073709551615,-170141183460469231731687303715884105728]",
    );
    assert.equal(await valueOf("grow", "[[18446744073709551615,0]]"), "null");
  });

  it("takes such types inside of maps, tuples, generics and recursion, and for async methods", async () => {
    assert.equal(
      await valueOf("widest", '[{"a":"#000001"},["#0000ff",1]]'),
      '{"first":"#0000ff","count":2,"second":"#000001"}',
    );
    const leaf = '{"colour":"#000000","children":[]}';
    assert.equal(await valueOf("depth", `[{"colour":"#000000","children":[${leaf}]}]`), "2");
  });

  it("sends declared errors and borrowed results as ever", async () => {
    const { exitCode, error } = await call(
      "longer",
      '{"distance":{"metres":18446744073709551615,"label":null},"by":1}',
    );
    assert.equal(exitCode, 4);
    assert.equal(error?.["code"], "TOO_LONG");
    const name = await runCli(["call", "Painter.name"], { cwd: fixture });
    assert.equal(name.stdout, '"painter"\n');
  });

  it("passes on serde's own words about a value, and sends nothing", async () => {
    const { exitCode, error } = await call("invert", '["red"]');
    assert.equal(exitCode, 1);
    assert.deepEqual(error?.["problems"], [
      { path: "/colour", message: '"red" is no colour like #rrggbb' },
    ]);
    const fraction = await stamp("later", '[{"seconds": 1.5, "zone": null}, 1]');
    assert.match(
      JSON.stringify(fraction.error),
      /invalid type: floating point `1.5`, expected i64 at line 1 column 15/,
    );
  });

  it("checks --expect against what the bridge says", async () => {
    assert.equal(await valueOf("invert", '["#010203"]', "--expect", '"#fefdfc"'), '"#fefdfc"');
    const { exitCode, error } = await call("invert", '["#010203"]', "--expect", '"#ffffff"');
    assert.equal(exitCode, 8);
    assert.match(JSON.stringify(error), /#fefdfc/);
  });

  it("takes and gives the known fields of a type as everywhere, and takes serde's form of them too", async () => {
    const frame = '{"colour":"#010203","pixels":"hex:00ff","shown":"1m30s"}';
    assert.equal(await valueOf("framed", `[${frame}]`, "--expect", frame), frame);
    const serde = '{"colour":"#010203","pixels":[0,255],"shownFor":{"secs":90,"nanos":0}}';
    assert.equal(await valueOf("framed", `[${serde}]`, "--expect", serde), frame);
  });

  it("stays with bytes when it is told to", async () => {
    const refused = await call("invert", '["#010203"]', "--no-bridge");
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /implements `Deserialize` by hand/);
    assert.equal(
      await valueOf("invert", '[{"$raw":"hex:010203"}]', "--no-bridge"),
      '{"$raw":"hex:fefdfc"}',
    );
    assert.equal(await valueOf("invert", '[{"$raw":"hex:010203"}]'), '"#fefdfc"');
  });
});

describe("types that only rustc sees", function () {
  this.timeout(600_000);
  after(removeCache);

  it("of a procedural macro of another crate", async () => {
    const { exitCode, stdout, stderr } = await stamp(
      "later",
      '[{"seconds":-9223372036854775808,"zone":null},7]',
    );
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(stdout.replaceAll(/\s/gu, ""), '{"seconds":-9223372036854775801,"zone":null}');
  });

  it("of a crate of the registry that no catalogue knows", async () => {
    // num-bigint: digits of 32 bits, the lowest first.
    const { exitCode, stdout, stderr } = await stamp("squared", "[[4294967295,1]]");
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), [1, 4294967292, 3]);
  });

  it("that have only one half of serde: the result stays bytes, and the missing trait is named with its type", async () => {
    const { exitCode, stdout, stderr } = await stamp("sealed", "[]");
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /hex:07/u);
    assert.match(stderr, /note: .*`(?:\w+::)?Sealed` does not implement serde's `Deserialize`\./u);
    const known = await call("report", "[[7,8]]");
    assert.deepEqual(JSON.parse(known.stdout), { lines: [7, 8] });
  });

  it("whose serde panics or ends the process: one sentence, and the next call works", async () => {
    const panicked = await stamp("unstable", "[14]");
    assert.equal(panicked.exitCode, 1);
    assert.match(
      JSON.stringify(panicked.error),
      /the type's serde implementation panicked: fourteen/u,
    );
    const ended = await stamp("unstable", "[13]");
    assert.equal(ended.exitCode, 1);
    assert.match(JSON.stringify(ended.error), /The bridge's process ended \(SIGABRT\)/u);
    const fine = await stamp("unstable", "[12]");
    assert.equal(fine.stdout, "12\n");
  });
});
