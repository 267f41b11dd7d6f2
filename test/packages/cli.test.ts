// A package archive opened by fidius-call: packed and signed by Fidius, listed, built and called; tampered ones are refused.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { appendFile, chmod, cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { removeCache, runCli, type CliResult } from "../cli/cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "../cli/temporaryWorkspace.ts";
import { noise, plainManifest, tarOf, temporaryFolder, writeFiles } from "./packageFolders.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
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

  it("calls a package folder, and runs nothing that lies beside its signed files", async () => {
    await using root = await temporaryFolder();
    const { folder, trace } = await attacked(root.path);
    const call = (...more: readonly string[]): Promise<CliResult> =>
      runCli(["call", "Greeting.greet", "--args", '["f"]', "--library", folder, ...more], {
        cwd: root.path,
        environment: { CARGO_TARGET_DIR: undefined },
      });
    const checked = await call("--trusted-key", key, "--require-signature");
    assert.equal(checked.stdout, '"Hello f"\n', checked.stderr);
    assert.match(checked.stderr, /^note: Trusted signature: the package greeting /mu);
    assert.equal(existsSync(trace), false, "no setting above the package ran a program");
    const beside = await filesIn(join(folder, "target"));
    assert.equal(beside.length, 2, "nothing was built in the package's own folder");
  });

  it("unpacks nothing that lies beside the signed files", async () => {
    await using root = await temporaryFolder();
    const { folder } = await attacked(root.path);
    const packed = join(root.path, "greeting.fid");
    await archiveOf(folder, packed);
    const cache = join(root.path, "cache");
    const listed = await runCli(["list", packed, "--trusted-key", key, "--require-signature"], {
      environment: { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache },
    });
    assert.equal(listed.exitCode, 0, listed.stderr);
    assert.match(listed.stderr, /^note: Trusted signature: the package greeting /mu);
    const unpacked = await filesIn(cache);
    assert.ok(unpacked.some((file) => file.endsWith("lib.rs")));
    assert.deepEqual(
      unpacked.filter((file) => /[\\/]target[\\/]/u.test(file)),
      [],
    );
  });

  it("says of a package folder whose signature nobody asked about that it was not checked", async () => {
    const { exitCode, stderr } = await runCli(["list", workspace.folder]);
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stderr,
      /is signed, but the signature was not checked, as no trusted key was given/,
    );
  });

  it("takes a signed library only as it was signed", async () => {
    await using root = await temporaryFolder();
    const library = join(root.path, "libcalls.so");
    await cp(await fixtureLibrary("calls"), library);
    assert.ok((await oracle("sign-library", library, seed)).accepted);
    const inspected = await runCli(["inspect", library, "--trusted-key", key]);
    assert.match(inspected.stdout, /^Trusted signature: libcalls\.so is signed by/u);
    await appendFile(library, new Uint8Array(1));
    const changed = await runCli(["inspect", library, "--trusted-key", key]);
    assert.equal(changed.exitCode, 3);
    assert.match(changed.error?.message ?? "", /^Wrong signature: /u);
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

  /** The signed package as somebody else hands it on: a target/ of his beside its files, and settings of cargo above it. */
  async function attacked(
    root: string,
  ): Promise<{ readonly folder: string; readonly trace: string }> {
    const folder = join(root, "greeting");
    await cp(workspace.folder, folder, { recursive: true });
    await rm(join(folder, basename(key)));
    const trace = join(root, "wrapper-ran");
    const wrapper = join(root, "wrapper.sh");
    await writeFiles(root, {
      "greeting/target/debug/libgreeting_package.so": "EVIL",
      "greeting/target/debug/deps/libgreeting_package.so": "EVIL",
      "wrapper.sh": `#!/bin/sh\ntouch "${trace}"\nexec "$@"\n`,
      ".cargo/config.toml": `[build]\nrustc-wrapper = ${JSON.stringify(wrapper)}\n`,
    });
    await chmod(wrapper, 0o755);
    return { folder, trace };
  }

  /** An archive of the whole folder, its target/ too, which Fidius' own packer leaves out. */
  async function archiveOf(folder: string, file: string): Promise<void> {
    const entries = (await filesIn(folder)).map(async (path) => ({
      name: `greeting-1.2.0/${relative(folder, path).replaceAll("\\", "/")}`,
      content: await readFile(path),
    }));
    await writeFile(file, await tarOf(await Promise.all(entries)));
    assert.ok((await oracle("compress", file)).accepted);
    await rename(`${file}.bz2`, file);
  }
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
