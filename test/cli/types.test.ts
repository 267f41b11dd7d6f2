// fidius-call types: what the model knows of an interface's types, for people and for programs; nothing is built.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../support/fixtureLibraries.ts";
import { removeCache, runCli } from "./cliProcess.ts";

interface TypesOutput {
  readonly interfaces: readonly {
    readonly id: string;
    readonly types: Readonly<Record<string, { readonly kind: string }>>;
    readonly methods: readonly {
      readonly name: string;
      readonly values: readonly {
        readonly place: string;
        readonly label: string;
        readonly type: string;
        readonly wire: string;
        readonly schema: { readonly kind: string };
        readonly unknown: readonly { readonly pointer: string; readonly reason: string }[];
      }[];
    }[];
  }[];
}

const unclear = join(repositoryRoot, "test/bridge/fixture");

describe("fidius-call types", function () {
  this.timeout(120_000);
  after(removeCache);

  it("prints each type with its bytes, and named types part by part", async () => {
    const { exitCode, stdout } = await runCli(["types", "--interface", "Calculator"]);
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^interface Calculator, version 1, hash [\da-f]{16} {2}calculator-interface/u,
    );
    assert.match(
      stdout,
      /^ {2}divide\(dividend: i128, divisor: i128\) -> Result<i128, PluginError>$/mu,
    );
    assert.match(stdout, /^ {4}dividend: i128 {2}16 bytes, signed$/mu);
    assert.match(stdout, /^ {4}error: PluginError {2}struct fidius::PluginError$/mu);
    assert.match(
      stdout,
      /^ {4}struct calculator_interface::Term\n {6}value: f64 {2}8 bytes, IEEE 754$/mu,
    );
    assert.match(stdout, /^ {6}Kilometre {2}u32 2$/mu);
    assert.doesNotMatch(stdout, /TypeTour/u);
  });

  it("says where the model does not know, with the place inside of a type", async () => {
    const { exitCode, stdout } = await runCli(["types"], { cwd: unclear });
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^ {4}colour: Colour {2}not known\n {6}not known: `Colour` implements `Deserialize` by hand/mu,
    );
    assert.match(stdout, /^ {6}not known at \/\*\/1: `Colour`/mu);
    const json = await runCli(["types", "--json"], { cwd: unclear });
    assert.equal(json.stdout.trim().split("\n").length, 1);
    const { interfaces } = JSON.parse(json.stdout) as TypesOutput;
    const depth = interfaces[0]?.methods.find(({ name }) => name === "depth");
    const tree = depth?.values.find(({ label }) => label === "tree");
    assert.deepEqual(
      tree?.unknown.map(({ pointer }) => pointer),
      ["/colour"],
    );
    assert.equal(tree.schema.kind, "named");
    const count = depth?.values.find(({ label }) => label === "result");
    assert.equal(count?.wire, "4 bytes");
    assert.equal(count.place, "value");
  });

  it("takes a folder, a Cargo.toml and a package's name", async () => {
    for (const path of ["calculator-interface", "calculator-interface/Cargo.toml", "."]) {
      const { exitCode, stdout } = await runCli(["types", path]);
      assert.equal(exitCode, 0);
      assert.match(stdout, /interface TypeTour/u);
    }
    const plugin = await runCli(["types", "basic-calculator"]);
    assert.match(plugin.stdout, /^interface Calculator/u);
    const byName = await runCli(["types", "odd-interface", "--manifest-path", unclear]);
    assert.match(byName.stdout, /^interface Painting/u);
  });

  it("refuses what is not there, and names what is", async () => {
    const name = await runCli(["types", "--interface", "Nothing"]);
    assert.equal(name.exitCode, 1);
    assert.match(name.error?.message ?? "", /no interface Nothing\. Found: .*::Calculator/u);
    const path = await runCli(["types", "./nowhere"]);
    assert.equal(path.exitCode, 1);
    assert.match(path.error?.message ?? "", /There is nothing at /u);
    const folder = await mkdtemp(join(tmpdir(), "fidius-types-"));
    try {
      const empty = await runCli(["types", "--verify"], { cwd: folder });
      assert.equal(empty.exitCode, 1);
      assert.match(empty.error?.message ?? "", /nothing to verify/u);
    } finally {
      await rm(folder, { recursive: true });
    }
    const seed = await runCli(["types", "--seed", "x"]);
    assert.equal(seed.exitCode, 1);
  });
});
