// The bridge speaks bincode. Debug builds of Fidius 0.0 take JSON: there it is refused, in the release profile it works.

import assert from "node:assert/strict";
import { join } from "node:path";
import { removeCache, runCli } from "../cli/cliProcess.ts";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";

const old = join(repositoryRoot, "test/bridge/old");
const [prefix, suffix] =
  process.platform === "win32"
    ? ["", ".dll"]
    : ["lib", process.platform === "darwin" ? ".dylib" : ".so"];

const library = (profile: string): string =>
  join(testTargetFolder(), profile, `${prefix}old_plugin${suffix}`);

describe("the bridge and plugins that take JSON", function () {
  this.timeout(600_000);
  after(removeCache);

  it("calls the release build, whose interface stands in the plugin's own package, in edition 2018", async () => {
    const { exitCode, stdout, stderr } = await runCli(
      ["call", "Turner.turn", "--release", "--args", '["3-4"]'],
      { cwd: old },
    );
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, '"4-3"\n');
  });

  it("refuses the debug build with one sentence that says what to do", async () => {
    const { exitCode, stdout, error } = await runCli(["call", "Turner.turn", "--args", '["3-4"]'], {
      cwd: old,
    });
    assert.equal(exitCode, 1);
    assert.equal(stdout, "");
    assert.equal(error?.kind, "unsupported");
    assert.equal(
      error.message,
      "Turner is a debug build of Fidius 0.0, which takes JSON, and the types of turn need the bridge, which speaks bincode: build it with the release profile, which takes bincode.",
    );
  });

  it("still calls the debug build's methods whose types the source tells", async () => {
    const { exitCode, stdout, stderr } = await runCli(["call", "Turner.plain", "--args", "[1]"], {
      cwd: old,
    });
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, "2\n");
  });

  it("compares the types of a release library, and refuses those of a debug one", async () => {
    const compared = await runCli(["types", library("release"), "--verify"], { cwd: old });
    assert.equal(compared.exitCode, 0, compared.stderr);
    assert.match(compared.stdout, /2 of 4 types compared over \d+ values: no difference/u);
    const refused = await runCli(["types", library("debug"), "--verify"], { cwd: old });
    assert.equal(refused.exitCode, 1);
    assert.equal(refused.error?.kind, "unsupported");
    assert.match(
      refused.error.message,
      /Turner is a debug build of Fidius 0\.0, which takes JSON/u,
    );
    const shown = await runCli(["types", library("debug")], { cwd: old });
    assert.match(shown.stdout, /^interface Ranges, version 1/u);
  });
});
