// Folders that cannot be written to: the cache, and the folder that is built in. Each is named with the reason and what to do; the
// library, the archive and this program are not blamed.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixtureLibrary, testTargetFolder } from "../support/fixtureLibraries.ts";
import { noise, plainManifest, tarOf } from "../packages/packageFolders.ts";
import { buildPackageOracle } from "../packages/packageOracle.ts";
import { canHaveDisks, onReadOnlyDisk, onSmallDisk } from "../support/smallDisk.ts";
import { removeCache, runCli, type CliOptions, type CliResult } from "./cliProcess.ts";
import { pluginManifest, TemporaryWorkspace } from "./temporaryWorkspace.ts";

const hasDisks = canHaveDisks();

const call = ["call", "BasicCalculator.add", "--args", "[1,2]"];

interface Unusable {
  readonly what: string;
  readonly options: () => CliOptions;
  readonly folder: () => string;
  readonly reason: RegExp;
}

describe("fidius-call and folders that cannot be written to", function () {
  this.timeout(600_000);
  let root: string;
  let library: string;
  let packageFolder: TemporaryWorkspace;
  const at = (name: string): string => join(root, name);

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "fidius-cli-folders-"));
    library = await fixtureLibrary("streams");
    packageFolder = await TemporaryWorkspace.create({
      "package.toml": `[package]\nname = "p"\nversion = "1.0.0"\ninterface = "i"\ninterface_version = 1\n[metadata]\n`,
      "Cargo.toml": pluginManifest("unusable-cache", "\n[workspace]\n"),
      "src/lib.rs": "",
    });
    await writeFile(at("file"), "");
    await mkdir(at("taken"));
    await writeFile(at("taken/fidius-call"), "");
    await mkdir(at("disk"));
    const built = await runCli(call);
    assert.equal(built.exitCode, 0, built.stderr);
  });
  after(async () => {
    await rm(root, { recursive: true });
    await packageFolder.dispose();
    await removeCache();
  });

  const inFolder = (folder: string): CliOptions => ({
    environment: { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder },
  });
  const home = (path: string, cache?: string): CliOptions => ({
    environment: { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: path, USERPROFILE: path },
  });
  const caches: readonly Unusable[] = [
    {
      what: "a file above it",
      options: () => inFolder(at("file")),
      folder: () => at("file/fidius-call"),
      reason: /a file is in its place, or in that of a folder above it\. Move that file away\./,
    },
    {
      what: "a file in its place",
      options: () => inFolder(at("taken")),
      folder: () => at("taken/fidius-call"),
      reason: /a file is in its place/,
    },
    {
      what: "no home",
      options: () => home(""),
      folder: () => "~",
      reason:
        /the home folder is not known\. Set HOME to an absolute path\. Or name another folder/,
    },
    {
      what: "no home, and a relative XDG_CACHE_HOME",
      options: () => home("", "some/where"),
      folder: () => "~",
      reason: /some\/where, which it names now, does not count, since it is no absolute path\.$/,
    },
    ...(process.platform === "linux"
      ? [
          {
            what: "a place where nothing can be made",
            options: () => inFolder("/proc/nowhere"),
            folder: () => "/proc/nowhere/fidius-call",
            reason: /it cannot be made there\. Make it yourself\./,
          },
        ]
      : []),
    ...(hasDisks
      ? [
          {
            what: "a full disk",
            options: () => ({ ...inFolder(at("disk")), by: onSmallDisk(at("disk"), 64) }),
            folder: () => at("disk/fidius-call"),
            reason: /no space is left on its disk\. Make room there\./,
          },
          {
            what: "a read-only disk",
            options: () => ({ ...inFolder(at("disk")), by: onReadOnlyDisk(at("disk")) }),
            folder: () => at("disk/fidius-call"),
            reason: /its disk is read-only\. Make the folder writable\./,
          },
        ]
      : []),
  ];

  function checkCache(result: CliResult, { folder, reason }: Unusable, what: string): void {
    assert.equal(result.exitCode, 3, `${what}: ${result.stderr}`);
    const { kind, message = "" } = result.error ?? {};
    assert.equal(kind, "loadFailed", what);
    assert.ok(message.startsWith(`The cache folder ${folder()}`), `${what}: ${message}`);
    assert.match(message, reason, what);
    assert.match(message, / Or name another folder in (?:XDG_CACHE_HOME|LOCALAPPDATA)\./, what);
    assert.doesNotMatch(result.stderr, /bug|does not exist|no library|node:internal/);
  }

  for (const cache of caches) {
    it(`names a cache folder that cannot be used: ${cache.what}`, async () => {
      // No cargo may run where there is no home.
      const command = cache.folder() === "~" ? ["inspect", library] : call;
      checkCache(await runCli(command, cache.options()), cache, command.join(" "));
      // A package folder needs no space before it is built.
      if (cache.what !== "a full disk") {
        const command = ["inspect", packageFolder.folder];
        checkCache(await runCli(command, cache.options()), cache, command.join(" "));
      }
    });
  }

  it("takes the home's cache folder where XDG_CACHE_HOME is relative", async () => {
    const { exitCode, stderr } = await runCli(["inspect", library], home(at("home"), "some/where"));
    assert.equal(exitCode, 0, stderr);
  });

  if (hasDisks) {
    it("blames the disk of the cache, not an archive that does not fit on it", async () => {
      const archive = at("large.fid");
      await largeArchive(archive);
      const full = { ...inFolder(at("disk")), by: onSmallDisk(at("disk"), 512) };
      const { error } = await runCli(["inspect", archive], full);
      assert.match(
        error?.message ?? "",
        /^The cache folder .*\/disk\/fidius-call cannot be used: no space is left on its disk\./,
      );
      assert.equal((await runCli(["inspect", archive])).exitCode, 0);
    });

    it("names the folder where no copy of the library can be kept", async () => {
      const folder = join(testTargetFolder(), "debug/fidius-built");
      const { exitCode, error } = await runCli(call, {
        ...inFolder(at("other-cache")),
        by: onSmallDisk(folder, 64),
      });
      assert.deepEqual([exitCode, error?.["reason"]], [2, "folderUnusable"]);
      assert.ok(error?.message.startsWith(`The folder of builds ${folder}`), error?.message);
      assert.match(
        error?.message ?? "",
        /no space is left on its disk\. Make room there\. Another target/,
      );
    });
  }

  const targets: readonly Unusable[] = [
    {
      what: "a file above it",
      options: () => ({ environment: { CARGO_TARGET_DIR: at("file/target") } }),
      folder: () => at("file"),
      reason: /a file is in its /,
    },
    ...(process.platform === "linux"
      ? [
          {
            what: "a place where nothing can be made",
            options: () => ({ environment: { CARGO_TARGET_DIR: "/proc/nowhere" } }),
            folder: () => "/proc/nowhere",
            reason: /it cannot be made there/,
          },
        ]
      : []),
    ...(hasDisks
      ? [
          {
            what: "a full disk",
            options: () => ({
              environment: { CARGO_TARGET_DIR: at("disk") },
              by: onSmallDisk(at("disk"), 64),
            }),
            folder: () => "",
            reason: /no space is left on its disk/,
          },
          {
            what: "a read-only disk",
            options: () => ({
              environment: { CARGO_TARGET_DIR: at("disk/target") },
              by: onReadOnlyDisk(at("disk")),
            }),
            folder: () => at("disk"),
            reason: /its disk is read-only/,
          },
        ]
      : []),
  ];

  for (const { what, options, folder, reason } of targets) {
    it(`names a target folder that cannot be used: ${what}`, async () => {
      // A disk that is full is told by cargo and by us in the same way.
      for (const command of what === "a full disk" ? [call] : [call, ["types", "--verify"]]) {
        const { exitCode, error, stderr } = await runCli(command, options());
        assert.equal(exitCode, 2, stderr);
        assert.equal(error?.["reason"], "folderUnusable", stderr);
        assert.match(error.message, / cannot be used: /);
        assert.match(error.message, reason);
        assert.ok(error.message.includes(folder()), error.message);
        assert.match(error.message, /CARGO_TARGET_DIR or the setting fidius\.cargo\.targetDir/);
        assert.doesNotMatch(stderr, /bug of fidius-call|node:internal/);
      }
    });
  }
});

/** A package with a file of a megabyte that hardly gets smaller, as an archive in place of `file`. */
async function largeArchive(file: string): Promise<void> {
  const oracle = await buildPackageOracle();
  await writeFile(
    file,
    await tarOf([
      { name: "large/package.toml", content: plainManifest },
      { name: "large/noise", content: noise("large", 1024 * 1024) },
    ]),
  );
  assert.ok((await oracle("compress", file)).accepted);
  await rename(`${file}.bz2`, file);
}
