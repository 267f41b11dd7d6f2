// fidius-call list: what is found in sources, for people and for programs; nothing is built.

import assert from "node:assert/strict";
import { join } from "node:path";
import { buildFixture, fixturesFolder } from "../support/fixtureLibraries.ts";
import { examplesFolder, removeCache, runCli, type CliResult } from "./cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "./temporaryWorkspace.ts";

interface ListedMethod {
  readonly name: string;
  readonly async: boolean;
  readonly slot?: number;
  readonly arguments: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
  readonly location: { readonly file: string; readonly line: number };
}

interface Listing {
  readonly interfaces: readonly {
    readonly name: string;
    readonly hash: string;
    readonly methods: readonly ListedMethod[];
  }[];
  readonly plugins: readonly {
    readonly name: string;
    readonly package: string;
    readonly interface: string;
    readonly interfaceHash: string;
    readonly methods: readonly ListedMethod[];
  }[];
}

describe("fidius-call list", function () {
  this.timeout(120_000);
  after(removeCache);

  it("shows crates, interfaces, plugins and signatures", async () => {
    const { exitCode, stdout } = await runCli(["list"]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^basic-calculator 0\.1\.0 {2}basic-calculator\/Cargo\.toml$/m);
    assert.match(stdout, /^ {2}plugin BasicCalculator, implements Calculator$/m);
    assert.match(stdout, /^ {4}async mean\(values: Vec<f64>\) -> Result<f64, PluginError>$/m);
    assert.match(stdout, /^ {2}interface TypeTour, version 1, hash [0-9a-f]{16}$/m);
    assert.match(stdout, /^ {4}reverse\(data: Vec<u8>\) -> Vec<u8> {2}\[raw\]$/m);
  });

  it("prints one line of JSON for programs", async () => {
    const { exitCode, stdout } = await runCli(["list", "--json"]);
    assert.equal(exitCode, 0);
    assert.equal(stdout.trim().split("\n").length, 1);
    const listing = JSON.parse(stdout) as Listing;
    const plugin = listing.plugins.find(({ name }) => name === "BasicCalculator");
    assert.equal(plugin?.package, "basic-calculator");
    assert.equal(plugin.interface, "Calculator");
    const calculator = listing.interfaces.find(({ name }) => name === "Calculator");
    assert.equal(plugin.interfaceHash, calculator?.hash);
    const mean = plugin.methods.find(({ name }) => name === "mean");
    assert.deepEqual(mean?.arguments, [{ name: "values", type: "Vec<f64>" }]);
    assert.equal(mean.async, true);
    assert.equal(mean.slot, 6);
    assert.match(mean.location.file, /basic-calculator.src.lib\.rs$/);
  });

  it("looks only where it is told, at a folder or a manifest", async () => {
    for (const path of ["type-tour", join("type-tour", "Cargo.toml")]) {
      const { exitCode, stdout } = await runCli(["list", path]);
      assert.equal(exitCode, 0);
      assert.match(stdout, /plugin Tour/);
      assert.doesNotMatch(stdout, /BasicCalculator/);
    }
  });

  it("finds the package around the current folder", async () => {
    const { stdout } = await runCli(["list"], { cwd: join(examplesFolder, "type-tour", "src") });
    assert.match(stdout, /plugin Tour/);
  });

  it("says that there is nothing, which is no failure", async () => {
    const workspace = await TemporaryWorkspace.create({});
    try {
      const { exitCode, stdout } = await runCli(["list"], { cwd: workspace.folder });
      assert.equal(exitCode, 0);
      assert.match(stdout, /No Fidius interface or plugin found/);
    } finally {
      await workspace.dispose();
    }
  });

  it("shows the good crates beside a manifest that does not parse, and names that one", async () => {
    const workspace = await TemporaryWorkspace.create({
      "good/Cargo.toml": pluginManifest("good"),
      "good/src/lib.rs": pluginSource("Good", "fn hello(&self) -> u8 { 1 }"),
      "bad/Cargo.toml": "[package\nname = ",
    });
    try {
      const { exitCode, stdout, stderr } = await runCli(["list", workspace.folder]);
      assert.equal(exitCode, 0);
      assert.match(stdout, /plugin Good/);
      assert.match(stderr, /warning: .*bad.Cargo\.toml/);
    } finally {
      await workspace.dispose();
    }
  });

  it("names what a build leaves out, and calls it with the features that it needs", async () => {
    const workspace = await TemporaryWorkspace.create({
      "Cargo.toml": pluginManifest("gated", "\n[features]\nextra = []\n"),
      "src/lib.rs": `#[cfg(feature = "extra")]
mod gated {
${pluginSource("Hidden", "fn hello(&self) -> u8 { 1 }").replace("fidius::fidius_plugin_registry!();", "")}
}
fidius::fidius_plugin_registry!();
`,
    });
    try {
      const plain = await runCli(["list", workspace.folder]);
      assert.match(
        plain.stdout,
        /^ {2}plugin Hidden, implements Greeter {2}\[not in this build: needs the feature `extra`\]$/m,
      );
      assert.match(
        plain.stdout,
        /^ {2}interface Greeter {2}\[not in this build: needs the feature `extra`\]$/m,
      );
      const extra = await runCli(["list", workspace.folder, "--features", "extra"]);
      assert.match(extra.stdout, /^ {2}plugin Hidden, implements Greeter$/m);
      assert.match(extra.stdout, /^ {4}hello\(\) -> u8$/m);
      const at = ["--manifest-path", workspace.folder];
      const refused = await runCli(["call", "Hidden.hello", ...at]);
      assert.equal(refused.exitCode, 1);
      assert.match(refused.error?.message ?? "", /not in this build.*Give --features extra\./);
      const called = await runCli(["call", "Hidden.hello", ...at, "--features", "extra"]);
      assert.equal(called.stdout.trim(), "1");
    } finally {
      await workspace.dispose();
    }
  });

  it("follows the profile of --release", async () => {
    const workspace = await TemporaryWorkspace.create({
      "Cargo.toml": pluginManifest("profiled"),
      "src/lib.rs": `#[cfg(not(debug_assertions))]
mod quick {
${pluginSource("Quick", "fn hello(&self) -> u8 { 2 }")}
}
`,
    });
    try {
      const plain = await runCli(["list", workspace.folder]);
      assert.match(plain.stdout, /plugin Quick.*needs a profile without debug assertions\]$/m);
      const released = await runCli(["list", workspace.folder, "--release"]);
      assert.match(released.stdout, /^ {2}plugin Quick, implements Greeter$/m);
    } finally {
      await workspace.dispose();
    }
  });

  it("refuses a path that is not there", async () => {
    const { exitCode, error } = await runCli(["list", "nowhere"]);
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "usage");
    assert.match(error.message, /nothing at .*nowhere/);
  });

  it("lists a library of an older interface: what it lacks is not implemented, and is not called", async () => {
    const cwd = join(fixturesFolder, "evolved");
    const library = await buildFixture("ancestor", {});
    const listed = await runCli(["list", library], { cwd });
    assert.equal(listed.exitCode, 0, listed.stderr);
    assert.match(
      listed.stdout,
      /^ {2}plugin Evolved, implements Evolving {2}\[from its library; types of fixture_evolved::Evolving, though fixture_ancestor::Evolving has the same name and hash; --interface chooses\]\n {4}first\(\) -> String\n {4}inserted\(text: String\) -> String {2}\[optional\] {2}\[not implemented\]\n {4}known\(text: String\) -> String {2}\[optional\] {2}\[slot 1\]\n/m,
    );
    const other = ["--interface", "fixture_ancestor::Evolving"];
    const chosen = await runCli(["list", library, ...other], { cwd });
    assert.match(
      chosen.stdout,
      /types of fixture_ancestor::Evolving, [^\n]*\n {4}first\(\) -> String\n {4}known\(text: String\) -> String {2}\[optional\]\n {4}last\(\)/,
    );
    const json = JSON.parse((await runCli(["list", "--json", library], { cwd })).stdout) as {
      readonly plugins: readonly {
        readonly methods: readonly { readonly name: string; readonly implemented: boolean }[];
      }[];
    };
    assert.deepEqual(
      json.plugins[0]?.methods.filter(({ implemented }) => !implemented).map(({ name }) => name),
      ["inserted", "appended"],
    );
    const call = (method: string): Promise<CliResult> =>
      runCli(["call", `Evolved.${method}`, "--args", '["it"]', "--library", library], { cwd });
    assert.equal((await call("known")).stdout.trim(), '"known it"');
    const { exitCode, error } = await call("inserted");
    assert.equal(exitCode, 3);
    assert.equal(error?.kind, "notImplemented");
  });

  it("says of a library without plugins of these sources what it has", async () => {
    const library = await buildFixture("plain", {});
    const { exitCode, error } = await runCli(["list", library]);
    assert.equal(exitCode, 3);
    assert.equal(error?.["reason"], "noSymbol");
    const other = await buildFixture("ancestor", {});
    const { stdout, stderr } = await runCli(["list", other]);
    assert.equal(stdout, "");
    assert.match(stderr, /plugin Evolved, implements Evolving with hash [0-9a-f]{16}, whose types/);
    assert.match(stderr, /has no plugin of an interface that the sources here declare/);
  });
});
