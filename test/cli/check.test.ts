// `fidius-call check`: what editors show as diagnostics, in three formats, with an exit code for scripts.

import assert from "node:assert/strict";
import { join } from "node:path";
import { removeCache, runCli } from "./cliProcess.ts";
import { pluginManifest, TemporaryWorkspace } from "./temporaryWorkspace.ts";

/** Both methods in another order than the trait's. */
const swapped = `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Steps: Send + Sync {
    fn first(&self) -> u8;
    fn second(&self) -> u8;
}

pub struct Ordered;

#[plugin_impl(Steps)]
impl Steps for Ordered {
    fn second(&self) -> u8 {
        2
    }
    fn first(&self) -> u8 {
        1
    }
}

fidius::fidius_plugin_registry!();
`;

const ordered = swapped.replace(
  "fn first(&self) -> u8;\n    fn second(&self) -> u8;",
  "fn second(&self) -> u8;\n    fn first(&self) -> u8;",
);
const allowed = swapped.replace(
  "    fn second(&self) -> u8 {",
  "    // fidius:allow(impl-order)\n    fn second(&self) -> u8 {",
);

describe("fidius-call check", function () {
  this.timeout(600_000);
  after(removeCache);

  let workspace: TemporaryWorkspace;

  before(async () => {
    const members = Object.entries({ ordered, swapped, allowed });
    workspace = await TemporaryWorkspace.create({
      "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = [${members.map(([name]) => `"${name}"`).join(", ")}]\n`,
      ...Object.fromEntries(
        members.flatMap(([name, text]) => [
          [`${name}/Cargo.toml`, pluginManifest(`check-${name}`)],
          [`${name}/src/lib.rs`, text],
        ]),
      ),
    });
  });

  after(() => workspace.dispose());

  const check = (name: string, ...options: string[]) =>
    runCli(["check", ...options], { cwd: join(workspace.folder, name) });

  it("says that nothing is wrong, and exits with 0", async () => {
    const { exitCode, stdout, stderr } = await check("ordered");
    assert.equal(stdout, "");
    assert.match(stderr, /Nothing is wrong\./u);
    assert.equal(exitCode, 0);
  });

  it("checks nothing where there is no package, says so, and exits with 1", async () => {
    const alone = await TemporaryWorkspace.create({ "package.toml": "[package]\n" });
    const { exitCode, stderr } = await runCli(["check", alone.folder]);
    await alone.dispose();
    assert.match(stderr, /No Rust package was found in .*, so nothing was checked\./u);
    assert.equal(exitCode, 1);
  });

  it("prints each error with its place and its code, and exits with 9", async () => {
    const { exitCode, stdout, error } = await check("swapped");
    assert.match(stdout, /^src\/lib\.rs:13:8: error: `second` stands where .* \[impl-order\]\n$/u);
    assert.equal(exitCode, 9);
    assert.equal(error?.kind, "check");
    assert.match(error.message, /^1 error in /u);
  });

  it("prints JSON lines, and annotations of GitHub Actions", async () => {
    const json = await check("swapped", "--format", "json");
    const { file, line, column, severity, code } = JSON.parse(json.stdout) as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      [file, line, column, severity, code],
      ["src/lib.rs", 13, 8, "error", "impl-order"],
    );
    const github = await check("swapped", "--format", "github");
    assert.match(
      github.stdout,
      /^::error file=src\/lib\.rs,line=13,endLine=13,col=8,title=fidius impl-order::`second` stands/u,
    );
  });

  it("leaves out what a comment allows", async () => {
    const { exitCode, stdout } = await check("allowed");
    assert.deepEqual([exitCode, stdout], [0, ""]);
  });
});
