// Plugins made by macros of crates that lie in a git repository, so that no open folder has their interface; and two crates
// that declare an interface of one name and hash with different types.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { fixturesFolder } from "../support/fixtureLibraries.ts";
import { meterKits } from "../support/meterKits.ts";
import { removeCache, runCli, type CliResult } from "./cliProcess.ts";

const lints = `\n[lints.rust]\nunexpected_cfgs = "allow"\n`;

const files: Readonly<Record<string, string>> = {
  "kits/Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["plain-kit", "wide-kit"]\n`,
  ...Object.fromEntries(Object.entries(meterKits).map(([file, text]) => [`kits/${file}`, text])),
};

function pluginFiles(repository: string): Readonly<Record<string, string>> {
  const git = JSON.stringify(pathToFileURL(repository).href);
  const manifest = (name: string, ...dependencies: readonly string[]): string => `[package]
name = "${name}"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
${dependencies.map((each) => `${each} = { git = ${git} }\n`).join("")}${lints}`;
  return {
    "meters/Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["clear-meter", "wide-meter"]\n`,
    "meters/clear-meter/Cargo.toml": manifest("clear-meter", "plain-kit"),
    "meters/clear-meter/src/lib.rs": `plain_kit::meter_plugin!(Clear, |sample| sample.value * 2);\n`,
    "meters/wide-meter/Cargo.toml": manifest("wide-meter", "plain-kit", "wide-kit"),
    "meters/wide-meter/src/lib.rs": `wide_kit::meter_plugin!(Wide, |sample| sample.values.iter().sum());\n`,
  };
}

describe("fidius-call and interfaces of other people's crates", function () {
  this.timeout(600_000);
  let folder = "";

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "fidius-foreign-")));
    const write = (all: Readonly<Record<string, string>>): void => {
      for (const [file, text] of Object.entries(all)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
    };
    write(files);
    const kits = join(folder, "kits");
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
    for (const args of [
      ["init", "-q"],
      ["add", "."],
      ["commit", "-q", "-m", "kits"],
    ]) {
      execFileSync("git", [...identity, ...args], { cwd: kits });
    }
    write(pluginFiles(kits));
    copyFileSync(join(fixturesFolder, "Cargo.lock"), join(folder, "meters/Cargo.lock"));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await removeCache();
  });

  const run = (...args: readonly string[]): Promise<CliResult> =>
    runCli(args, { cwd: join(folder, "meters") });
  const valueOf = ({ exitCode, stdout, stderr }: CliResult): unknown => {
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout);
  };

  it("lists and calls a plugin whose interface only a git repository has", async () => {
    const { exitCode, stdout, stderr } = await run("list", "clear-meter");
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      /^ {2}plugin Clear, implements Meter {2}\[from its library\]\n {4}read\(sample: Sample\) -> u32$/m,
    );
    assert.equal(valueOf(await run("call", "Clear.read", "--args", '[{"value":21}]')), 42);
  });

  it("says which of two interfaces of one name and hash is taken, and takes the one that is named", async () => {
    const args = '[{"label":"x","values":[1,2,3]}]';
    const listed = await run("list", "wide-meter");
    assert.match(
      listed.stdout,
      /plugin Wide, implements Meter {2}\[from its library; types of plain_kit::Meter, though wide_kit::Meter has the same name and hash; --interface chooses\]/,
    );
    const wrong = await run("call", "Wide.read", "--args", args);
    assert.equal(wrong.exitCode, 1);
    assert.match(wrong.stderr, /^note: Wide is called with the types of plain_kit::Meter, though/m);
    for (const name of ["wide_kit::Meter", "wide-kit::Meter"]) {
      const right = await run("call", "Wide.read", "--args", args, "--interface", name);
      assert.equal(valueOf(right), 6);
      assert.doesNotMatch(right.stderr, /^note: /m);
    }
    const chosen = await run("list", "wide-meter", "--interface", "wide_kit::Meter");
    assert.match(chosen.stdout, /types of wide_kit::Meter, though plain_kit::Meter has/);
  });

  it("names what there is when --interface names nothing", async () => {
    const { exitCode, error } = await run("list", "--interface", "no_kit::Meter");
    assert.equal(exitCode, 1);
    assert.equal(
      error?.message,
      "There is no interface no_kit::Meter. Found: plain_kit::Meter, wide_kit::Meter.",
    );
  });
});
