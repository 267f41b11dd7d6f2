// Package archives and digests against Fidius' own code: what it packs is unpacked alike, what it refuses is refused.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { packageDigest } from "../../src/packages/packageDigest.ts";
import { packageFiles } from "../../src/packages/packageFiles.ts";
import { unpackArchive } from "../../src/packages/unpackArchive.ts";
import {
  noise,
  plainManifest,
  tarOf,
  temporaryFolder,
  writeFiles,
  type TarEntry,
} from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

let oracle: PackageOracle;

before(async function () {
  this.timeout(300_000);
  oracle = await buildPackageOracle();
});

const fileName = fc
  .string({
    unit: fc.constantFrom(...'a Z 0 9 . _ - ~ é 漢 😀 ﬀ $ ( ) + "'.split(" "), " "),
    minLength: 1,
    maxLength: 12,
  })
  .filter((name) => !/^\.+$/u.test(name));

const folderPath = fc.array(
  fc.oneof(fileName, fc.constantFrom("target", ".git", "src", "x".repeat(120))),
  { maxLength: 3 },
);

const files = fc.dictionary(
  fc
    .tuple(folderPath, fc.oneof(fileName, fc.constantFrom("a.sig", "package.sig", ".sig")))
    .map(([folders, name]) => [...folders, name].join("/")),
  fc.uint8Array({ maxLength: 300 }),
  { maxKeys: 12 },
);

/** A path cannot be a file and a folder at once. */
function withoutClashes(given: Record<string, Uint8Array>): Record<string, Uint8Array> {
  const paths = Object.keys(given);
  return Object.fromEntries(
    Object.entries(given).filter(([path]) => !paths.some((other) => other.startsWith(`${path}/`))),
  );
}

it("random packages: the digest is Fidius', and its archives come out byte for byte", async function () {
  this.timeout(120_000);
  await fc.assert(
    fc.asyncProperty(files, async (random) => {
      await using folder = await temporaryFolder();
      const source = join(folder.path, "source");
      // Noise keeps the archive within the ratio that both sides allow.
      const content = { ...withoutClashes(random), "noise.bin": noise("ratio", 4000) };
      await writeFiles(source, { ...content, "package.toml": plainManifest });
      const digest = await digestOf(source);
      assert.deepEqual(await oracle("digest", source), { accepted: true, text: digest });
      const archive = join(folder.path, "blur.fid");
      const packed = await oracle("pack", source, archive);
      assert.ok(packed.accepted);
      const theirs = await oracle("unpack", archive, join(folder.path, "theirs"));
      const ours = join(folder.path, "ours/package");
      const unpacked = await unpackArchive(archive, ours);
      assert.equal(unpacked.ok, theirs.accepted, JSON.stringify({ unpacked, theirs }));
      if (theirs.accepted) {
        assert.deepEqual(await packageFiles(ours), await packageFiles(theirs.text));
        assert.equal(await digestOf(ours), await digestOf(theirs.text));
      }
    }),
    { numRuns: 40, seed: 20261125 },
  );
});

const manifestEntry: TarEntry = { name: "p-1/package.toml", content: plainManifest };
const filler: TarEntry = { name: "p-1/filler.bin", content: noise("filler", 20_000) };

const refused: readonly (readonly [string, readonly TarEntry[], RegExp])[] = [
  ["a path with ..", [{ name: "p-1/../../evil", content: "x" }], /leads outside/],
  ["an absolute path", [{ name: "/tmp/evil", content: "x" }], /absolute path/],
  ["a symbolic link", [{ name: "p-1/l", type: "symlink", linkname: "/etc/passwd" }], /is a link/],
  ["a hard link", [{ name: "p-1/l", type: "link", linkname: "package.toml" }], /is a link/],
  ["no manifest", [{ name: "p-1/other.toml", content: "x" }], /no folder with a package\.toml/],
  [
    "more than ten times its size",
    [manifestEntry, { name: "p-1/zeros", content: new Uint8Array(8_000_000) }],
    /10 times the archive/,
  ],
  [
    "more than 10,000 entries",
    [
      manifestEntry,
      ...Array.from({ length: 10_001 }, (_, index) => ({ name: `p-1/${index}`, content: "" })),
    ],
    /more than 10000 entries/,
  ],
];

for (const [what, entries, reason] of refused) {
  it(`an archive with ${what} is refused as Fidius refuses it, and nothing is left`, async function () {
    this.timeout(60_000);
    await using folder = await temporaryFolder();
    const archive = join(folder.path, "bad.fid");
    const isWithManifest = what !== "no manifest";
    await writeArchive(archive, [...(isWithManifest ? [manifestEntry] : []), filler, ...entries]);
    const theirs = await oracle("unpack", archive, join(folder.path, "theirs"));
    assert.equal(theirs.accepted, false, "Fidius refuses it");
    const unpacked = await unpackArchive(archive, join(folder.path, "ours/package"));
    assert.ok(!unpacked.ok);
    assert.match(unpacked.error, reason);
    assert.deepEqual(await readdir(join(folder.path, "ours")), []);
  });
}

it("cut and damaged archives are refused with a sentence", async () => {
  await using folder = await temporaryFolder();
  const whole = join(folder.path, "whole.fid");
  await writeArchive(whole, [manifestEntry, filler]);
  const bytes = await readFile(whole);
  const damaged = join(folder.path, "damaged.fid");
  for (const share of [0, 0.1, 0.5, 0.9]) {
    await writeFile(damaged, bytes.subarray(0, Math.floor(bytes.length * share)));
    const unpacked = await unpackArchive(damaged, join(folder.path, "ours/package"));
    assert.ok(!unpacked.ok, `${share} of the archive`);
    assert.match(unpacked.error, /\.$/);
  }
  const flipped = Uint8Array.from(bytes);
  flipped[Math.floor(bytes.length / 2)] = ~(flipped[Math.floor(bytes.length / 2)] ?? 0);
  await writeFile(damaged, flipped);
  assert.equal((await unpackArchive(damaged, join(folder.path, "ours/package"))).ok, false);
  assert.deepEqual(await readdir(join(folder.path, "ours")), []);
});

it("executable files stay executable", async () => {
  await using folder = await temporaryFolder();
  const archive = join(folder.path, "tool.fid");
  await writeArchive(archive, [
    manifestEntry,
    filler,
    { name: "p-1/tool.sh", mode: 0o755, content: "#!/bin/sh\n" },
  ]);
  const target = join(folder.path, "ours/package");
  assert.ok((await unpackArchive(archive, target)).ok);
  assert.equal((await stat(join(target, "tool.sh"))).mode & 0o111, 0o111);
  assert.equal((await stat(join(target, "package.toml"))).mode & 0o111, 0);
});

it("a linked file counts into the digest as Fidius counts it", async () => {
  await using folder = await temporaryFolder();
  const source = join(folder.path, "source");
  await mkdir(source);
  await writeFiles(folder.path, { "elsewhere.txt": "text" });
  await writeFiles(source, { "package.toml": plainManifest });
  await symlink(join(folder.path, "elsewhere.txt"), join(source, "linked.txt"));
  const digest = await digestOf(source);
  assert.deepEqual(await oracle("digest", source), { accepted: true, text: digest });
});

/** Fidius' own packer writes no such archives, so only the compression is its. */
async function writeArchive(file: string, entries: readonly TarEntry[]): Promise<void> {
  await writeFile(file, await tarOf(entries));
  assert.ok((await oracle("compress", file)).accepted);
  await rename(`${file}.bz2`, file);
}

/** The digest in hexadecimal digits. */
async function digestOf(folder: string): Promise<string> {
  const digest = await packageDigest(folder);
  assert.ok(digest.ok, digest.ok ? "" : digest.error);
  return Buffer.from(digest.value).toString("hex");
}
