// A package archive opened by fidius-call: packed and signed by Fidius, listed, built and called; tampered ones are refused.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, cp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { testTargetFolder } from "../support/fixtureLibraries.ts";
import { removeCache, runCli } from "../cli/cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "../cli/temporaryWorkspace.ts";
import { noise, plainManifest, tarOf, temporaryFolder, writeFiles } from "./packageFolders.ts";
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

  it("never runs what an attacker put beside the signed files: a patched target/, settings of cargo, a build that was here before", async () => {
    await using root = await temporaryFolder();
    const folder = join(root.path, "greeting");
    await cp(workspace.folder, folder, { recursive: true });
    // What the author's own build leaves, changed by somebody else and newer than every source.
    await runCli(["call", "Greeting.greet", "--args", '["x"]'], {
      cwd: folder,
      environment: { CARGO_TARGET_DIR: join(folder, "target") },
    });
    let patched = 0;
    for (const file of await readdir(join(folder, "target"), { recursive: true })) {
      const path = join(folder, "target", file);
      const bytes = (await stat(path)).isFile() ? await readFile(path) : Buffer.alloc(0);
      if (bytes.includes("Hello ")) {
        patched += 1;
        await writeFile(path, bytes.toString("latin1").replaceAll("Hello ", "EVIL! "), "latin1");
      }
    }
    assert.ok(patched > 0, "there is a library to patch");
    // Settings above the package, which the signature cannot cover.
    const wrapper = join(root.path, "wrapper.sh");
    const trace = join(root.path, "wrapper-ran");
    await writeFiles(root.path, {
      "wrapper.sh": `#!/bin/sh\ntouch "${trace}"\nexec "$@"\n`,
      ".cargo/config.toml": `[build]\nrustc-wrapper = ${JSON.stringify(wrapper)}\n`,
    });
    await chmod(wrapper, 0o755);
    const packed = join(root.path, "greeting.fid");
    await archiveWithTarget(folder, packed);
    for (const path of [packed, folder]) {
      for (const command of [
        ["list", path],
        ["call", "Greeting.greet", "--args", '["you"]', "--library", path],
      ]) {
        const { exitCode, stdout, stderr } = await runCli(
          [...command, "--trusted-key", key, "--require-signature"],
          { cwd: root.path },
        );
        assert.equal(exitCode, 0, stderr);
        assert.doesNotMatch(stdout + stderr, /EVIL/u);
        assert.match(stderr, /^note: Trusted signature: the package greeting /mu);
        if (command[0] === "call") {
          assert.equal(stdout, '"Hello you"\n');
        }
      }
    }
    assert.equal(existsSync(trace), false, "no setting above the package ran a program");
    assert.equal(
      await readFile(join(folder, "src/lib.rs"), "utf8").then((text) => text.includes("Hello")),
      true,
    );
  });

  it("builds a package folder outside of itself", async () => {
    await using copy = await temporaryFolder();
    await cp(workspace.folder, copy.path, { recursive: true });
    const called = await runCli(
      ["call", "Greeting.greet", "--args", '["f"]', "--library", copy.path],
      { environment: { CARGO_TARGET_DIR: undefined } },
    );
    assert.equal(called.exitCode, 0, called.stderr);
    assert.equal(existsSync(join(copy.path, "target")), false);
  });

  it("loads a signed library only as it was checked", async () => {
    await runCli(["call", "Greeting.greet", "--args", '["x"]'], { cwd: workspace.folder });
    await using root = await temporaryFolder();
    const library = join(root.path, "libgreeting.so");
    const found = (await readdir(join(testTargetFolder(), "debug"))).find((name) =>
      /greeting_package\.(?:so|dylib|dll)$/u.test(name),
    );
    assert.ok(found !== undefined);
    await cp(join(testTargetFolder(), "debug", found), library);
    assert.ok((await oracle("sign-library", library, seed)).accepted);
    const inspected = await runCli(["inspect", library, "--trusted-key", key]);
    assert.match(inspected.stdout, /^Trusted signature: libgreeting\.so is signed by/u);
    await writeFile(library, Buffer.concat([await readFile(library), Buffer.from([0])]));
    const changed = await runCli(["inspect", library, "--trusted-key", key]);
    assert.equal(changed.exitCode, 3);
    assert.match(changed.error?.message ?? "", /^Wrong signature: /u);
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

  /** An archive of the whole folder, its target/ too, which Fidius' own packer leaves out. */
  async function archiveWithTarget(folder: string, file: string): Promise<void> {
    const entries = [];
    for (const path of await readdir(folder, { recursive: true })) {
      const isLarge = path.includes("incremental") || path.endsWith(".rlib");
      if (!isLarge && (await stat(join(folder, path))).isFile()) {
        const content = await readFile(join(folder, path));
        entries.push({ name: `greeting-1.2.0/${path}`, content });
      }
    }
    await writeFile(file, await tarOf(entries));
    assert.ok((await oracle("compress", file)).accepted);
    await rename(`${file}.bz2`, file);
  }
});
