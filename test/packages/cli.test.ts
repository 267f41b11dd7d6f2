// A package archive opened by fidius-call: packed and signed by Fidius, listed, built and called; tampered ones are refused.

import assert from "node:assert/strict";
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeCache, runCli } from "../cli/cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "../cli/temporaryWorkspace.ts";
import { noise, plainManifest, temporaryFolder, writeFiles } from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

const seed = "33".repeat(32);

describe("fidius-call on packages", function () {
  this.timeout(600_000);
  let workspace: TemporaryWorkspace;
  let oracle: PackageOracle;
  let archive: string;
  let key: string;

  before(async () => {
    oracle = await buildPackageOracle();
    workspace = await TemporaryWorkspace.create({
      "Cargo.toml": `${pluginManifest("greeting-package")}\n[workspace]\n`,
      "src/lib.rs": pluginSource(
        "Greeting",
        'fn greet(&self, name: String) -> String { format!("Hello {name}") }',
      ),
      "package.toml": plainManifest.replace('"blur"', '"greeting"'),
    });
    await writeFile(join(workspace.folder, "noise.bin"), noise("greeting", 8000));
    assert.ok((await oracle("sign-package", workspace.folder, seed)).accepted);
    archive = `${workspace.folder}.fid`;
    assert.ok((await oracle("pack", workspace.folder, archive)).accepted);
    const made = await oracle("public", seed);
    assert.ok(made.accepted);
    key = join(workspace.folder, "author.public");
    await writeFile(key, Buffer.from(made.text, "hex"));
  });

  after(async () => {
    await workspace.dispose();
    await rm(archive, { force: true });
    await removeCache();
  });

  it("lists an archive's plugins and says who signed it", async () => {
    const { exitCode, stdout, stderr } = await runCli(["list", archive, "--trusted-key", key]);
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      /plugin Greeting, implements Greeter\n {4}greet\(name: String\) -> String/,
    );
    assert.match(
      stderr,
      /^note: Trusted signature: the package greeting 1\.2\.0 is signed by the trusted key author\.public\.$/m,
    );
  });

  it("builds an archive and calls its method", async () => {
    const call = await runCli([
      "call",
      "Greeting.greet",
      "--args",
      '["you"]',
      "--library",
      archive,
      "--trusted-key",
      key,
      "--require-signature",
    ]);
    assert.equal(call.exitCode, 0, call.stderr);
    assert.equal(call.stdout, '"Hello you"\n');
    // The build left files in the unpacked folder; the signature still holds.
    const again = await runCli([
      "call",
      "Greeting.greet",
      "--args",
      '["me"]',
      "--library",
      archive,
      "--trusted-key",
      key,
    ]);
    assert.equal(again.stdout, '"Hello me"\n', again.stderr);
  });

  it("calls a package folder, unsigned or not, and says so", async () => {
    const call = await runCli([
      "call",
      "Greeting.greet",
      "--args",
      '["f"]',
      "--library",
      workspace.folder,
    ]);
    assert.equal(call.exitCode, 0, call.stderr);
    assert.match(
      call.stderr,
      /is signed, but the signature was not checked, as no trusted key was given/,
    );
  });

  it("refuses a changed package, with the reason as the last line", async () => {
    await using copy = await temporaryFolder();
    await cp(workspace.folder, copy.path, { recursive: true });
    await writeFiles(copy.path, { "src/lib.rs": "// changed" });
    const { exitCode, error } = await runCli(["list", copy.path, "--trusted-key", key]);
    assert.equal(exitCode, 3);
    assert.equal(error?.kind, "loadFailed");
    assert.match(error.message, /changed after it was signed/);
  });

  it("refuses what cannot be called or opened, one sentence each", async () => {
    await using root = await temporaryFolder();
    const python = plainManifest.replace("\n[meta", 'runtime = "python"\n[meta');
    await writeFiles(root.path, {
      "python/package.toml": `${python}[python]\nentry_module = "m"\n`,
      "cut.fid": "BZh9 no archive",
      "short.public": "short",
    });
    const runtime = await runCli(["list", join(root.path, "python")]);
    assert.deepEqual([runtime.exitCode, runtime.error?.kind], [3, "unsupportedRuntime"]);
    const cut = await runCli(["list", join(root.path, "cut.fid")]);
    assert.deepEqual([cut.exitCode, cut.error?.kind], [3, "loadFailed"]);
    const badKey = await runCli([
      "list",
      archive,
      "--trusted-key",
      join(root.path, "short.public"),
    ]);
    assert.deepEqual([badKey.exitCode, badKey.error?.kind], [1, "usage"]);
  });
});
