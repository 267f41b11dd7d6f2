// Packing and signing without the fidius CLI, held against Fidius' own code in both directions.

import assert from "node:assert/strict";
import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeCache, runCli, type CliResult } from "../cli/cliProcess.ts";
import {
  noise,
  plainManifest,
  temporaryFolder,
  writeFiles,
  type TemporaryFolder,
} from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

const longName = `src/${"n".repeat(120)}.rs`;

const files: Readonly<Record<string, string | Uint8Array>> = {
  "package.toml": plainManifest,
  "src/lib.rs": "pub fn nothing() {}\n",
  [longName]: "// A name that no old tar header holds.\n",
  "ünïcode 🦀.txt": "names are UTF-8",
  "empty.txt": "",
  // More than one block of bzip2.
  "noise.bin": noise("pack", 910_000),
  "target/debug/left.out": "not packed",
  ".git/HEAD": "not packed",
};

describe("fidius-call pack, sign, verify and keygen", function () {
  this.timeout(600_000);
  let oracle: PackageOracle;
  let home: TemporaryFolder;
  let folder: string;

  before(async () => {
    oracle = await buildPackageOracle();
    home = await temporaryFolder();
    folder = join(home.path, "blur");
    await writeFiles(folder, files);
    await writeFiles(folder, { "run.sh": "#!/bin/sh\n" });
    await chmod(join(folder, "run.sh"), 0o755);
    const made = await run("keygen", "--out", "author");
    assert.match(made.stdout, /^new author\.secret\nnew author\.public\n$/u);
  });

  after(async () => {
    await home[Symbol.asyncDispose]();
    await removeCache();
  });

  async function run(...words: readonly string[]): Promise<CliResult> {
    const result = await runCli(words, { cwd: home.path });
    assert.equal(result.exitCode, 0, result.stderr);
    return result;
  }

  async function refused(code: number, ...words: readonly string[]): Promise<string> {
    const result = await runCli(words, { cwd: home.path });
    assert.equal(result.exitCode, code, result.stderr);
    assert.equal(result.stdout, "");
    return result.error?.message ?? "";
  }

  async function publicKey(): Promise<string> {
    return (await readFile(join(home.path, "author.public"))).toString("hex");
  }

  it("makes keys of 32 bytes, the secret one for its owner alone, and overwrites none", async () => {
    for (const kind of ["secret", "public"]) {
      assert.equal((await stat(join(home.path, `author.${kind}`))).size, 32);
    }
    assert.equal((await stat(join(home.path, "author.secret"))).mode & 0o777, 0o600);
    const before = await publicKey();
    assert.match(await refused(1, "keygen", "--out", "author"), /The keys cannot be written/u);
    assert.equal(await publicKey(), before);
  });

  it("packs what Fidius unpacks, and what its key verifies there", async () => {
    const unsigned = await run("pack", "blur", "--out", "unsigned.fid");
    assert.match(
      unsigned.stderr,
      /^note: No signature: the package blur 1\.2\.0 is not signed\./mu,
    );
    await run("sign", "blur", "--key", "author.secret");
    assert.ok((await oracle("verify-package", folder, await publicKey())).accepted);
    const packed = await run("pack", "blur");
    assert.equal(packed.stdout, "packed blur-1.2.0.fid\n");
    const unpacked = await oracle(
      "unpack",
      join(home.path, "blur-1.2.0.fid"),
      join(home.path, "u"),
    );
    assert.ok(unpacked.accepted, unpacked.accepted ? "" : unpacked.reason);
    const there = join(home.path, "u", "blur-1.2.0");
    const names = await readdir(there, { recursive: true, withFileTypes: true });
    assert.equal(names.filter((entry) => entry.isFile()).length, 8);
    for (const [path, content] of Object.entries(files)) {
      if (!/^(?:target|\.git)\//u.test(path)) {
        assert.ok(Buffer.from(content).equals(await readFile(join(there, path))), path);
      }
    }
    assert.equal((await stat(join(there, "run.sh"))).mode & 0o111, 0o111);
    assert.ok((await oracle("verify-package", there, await publicKey())).accepted);
  });

  it("the same files give the same archive, also where one was packed into them before", async () => {
    await run("pack", "blur", "--out", "first.fid");
    await run("pack", "blur", "--out", join(folder, "again.fid"));
    await run("pack", "blur", "--out", join(folder, "again.fid"));
    const [first, again] = await Promise.all(
      [join(home.path, "first.fid"), join(folder, "again.fid")].map((file) => readFile(file)),
    );
    await rm(join(folder, "again.fid"));
    assert.ok(first?.equals(again ?? Buffer.alloc(0)));
  });

  it("verifies what Fidius packed and signed, and its own libraries are verified by Fidius", async () => {
    const seed = "55".repeat(32);
    const made = await oracle("public", seed);
    assert.ok(made.accepted);
    await writeFile(join(home.path, "other.public"), Buffer.from(made.text, "hex"));
    assert.ok((await oracle("sign-package", folder, seed)).accepted);
    assert.ok((await oracle("pack", folder, join(home.path, "theirs.fid"))).accepted);
    for (const path of ["theirs.fid", "blur"]) {
      const verified = await run("verify", path, "--trusted-key", "other.public");
      assert.match(verified.stdout, /^Trusted signature: the package blur 1\.2\.0 is signed by/u);
      const reason = await refused(3, "verify", path, "--trusted-key", "author.public");
      assert.match(reason, /^Wrong signature: /u);
    }
    await writeFile(join(home.path, "plugin.so"), noise("library", 5000));
    await run("sign", "plugin.so", "--key", "author.secret");
    const library = join(home.path, "plugin.so");
    assert.ok((await oracle("verify-library", library, await publicKey())).accepted);
    await run("verify", "plugin.so", "--trusted-key", "author.public");
    await writeFile(library, noise("changed", 5000));
    await refused(3, "verify", "plugin.so", "--trusted-key", "author.public");
    assert.match(
      await refused(3, "verify", "unsigned.fid", "--trusted-key", "author.public"),
      /^No signature: /u,
    );
  });

  it("says in one sentence what it does not pack or sign, and leaves no archive", async () => {
    await writeFiles(home.path, {
      "none/readme.txt": "no package",
      "snake/package.toml": `${plainManifest.replace("\n[metadata]", 'runtime = "python"\n\n[metadata]')}\n[python]\nentry_module = "snake"\n`,
      "snake/requirements.txt": "requests\n",
      "away/package.toml": plainManifest.replace('"blur"', '"../away"'),
    });
    const before = await readdir(home.path);
    for (const [words, reason] of [
      [["pack", "none"], /is no package: it has no package\.toml\.$/u],
      [["pack", "snake"], /no vendor\/ yet\. Run python3 -m pip install/u],
      [["pack", "away"], /cannot be packed: its name and version make a folder's name/u],
      [["sign", "none", "--key", "author.secret"], /is no package/u],
      [["sign", "blur-1.2.0.fid", "--key", "author.secret"], /Sign the package's folder/u],
      [["sign", "blur", "--key", "author.secret.x"], /Give the name of a \.secret file\.$/u],
      [["sign", "blur", "--key", "blur/package.toml"], /a secret key has 32\. Give the \.secret/u],
      [["verify", "blur"], /required option '--trusted-key <file>'/u],
    ] as const) {
      assert.match(await refused(1, ...words), reason);
    }
    assert.deepEqual(await readdir(home.path), before);
  });

  it("tells of an archive that Fidius does not unpack by default, because it compresses too well", async () => {
    await writeFiles(home.path, {
      "flat/package.toml": plainManifest,
      "flat/zeros": Buffer.alloc(1e6),
    });
    const { stderr } = await run("pack", "flat", "--out", "flat.fid");
    assert.match(stderr, /^note: Fidius unpacks no archive whose files take more than 10 times/mu);
    const verdict = await oracle("unpack", join(home.path, "flat.fid"), join(home.path, "f"));
    assert.ok(!verdict.accepted);
    assert.match(verdict.reason, /exceeds limit/u);
  });
});
