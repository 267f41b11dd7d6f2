// Nothing that the digest does not cover is unpacked, copied or built from, and nothing stays of what was refused or is old.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { buildLibrary } from "../../src/cargo/build/buildLibrary.ts";
import type { BuildError, BuiltLibrary } from "../../src/cargo/build/builtLibrary.ts";
import { createDiskFiles } from "../../src/cargo/manifest/manifestFiles.ts";
import { readManifestGraph } from "../../src/cargo/manifest/manifestGraph.ts";
import { cargoFolder, targetDirectoryOf } from "../../src/cargo/process/openedPackage.ts";
import type { TrustedKey } from "../../src/model/package/packageInfo.ts";
import type { Result } from "../../src/model/result.ts";
import { openPath, type OpenedPath } from "../../src/packages/openPackage.ts";
import { cargoPath } from "../cargo/support/cargoWorkspace.ts";
import { noise, plainManifest, tarOf, temporaryFolder, writeFiles } from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

const seed = "44".repeat(32);
let oracle: PackageOracle;
let key: TrustedKey;

before(async function () {
  this.timeout(300_000);
  oracle = await buildPackageOracle();
  const made = await oracle("public", seed);
  assert.ok(made.accepted);
  key = { name: "author.public", bytes: Buffer.from(made.text, "hex") };
});

const cargoManifest = `[package]
name = "blur"
version = "1.2.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[workspace]
`;

const sources = {
  "package.toml": plainManifest,
  "Cargo.toml": cargoManifest,
  "src/lib.rs": "// signed\n",
  "noise.bin": noise("covered", 40_000),
};

/** What an attacker may add without touching the digest. */
const uncovered = {
  "target/debug/libblur.so": "patched",
  "target/debug/.fingerprint/x": "fresh",
  "src/target/generated.rs": "// not signed",
  ".git/config": "[core]\n\tfsmonitor = evil\n",
  "src/data.sig": "evil",
  "other.sig": "evil",
};

async function signedFolder(root: string, more: Readonly<Record<string, string>> = {}) {
  const folder = join(root, "blur");
  await writeFiles(folder, { ...sources, ...more });
  assert.ok((await oracle("sign-package", folder, seed)).accepted);
  return folder;
}

/** An archive of a folder with files beside those that Fidius packs. */
async function archiveOf(folder: string, archive: string): Promise<void> {
  const entries = [];
  for (const path of await filesBelow(folder)) {
    entries.push({ name: `blur-1.2.0/${path}`, content: await readFile(join(folder, path)) });
  }
  await writeFile(archive, await tarOf(entries));
  assert.ok((await oracle("compress", archive)).accepted);
  await rename(`${archive}.bz2`, archive);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

function open(root: string, path: string, keys = [key]): Promise<Result<OpenedPath, string>> {
  const cacheFolder = join(root, "cache");
  return openPath(path, {
    cache: { folder: cacheFolder },
    trustedKeys: keys,
    requiresSignature: false,
  });
}

/** Files below the cache, without the names of its folders. */
async function kept(root: string): Promise<readonly string[]> {
  const files = await filesBelow(join(root, "cache"));
  return files.map((file) => file.split("/").slice(3).join("/")).filter((file) => file !== "");
}

const coveredFiles = Object.keys(sources).sort();

it("of a signed archive only what the digest covers is unpacked, and the rest is named", async () => {
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path);
  await writeFiles(folder, uncovered);
  const archive = join(root.path, "blur.fid");
  await archiveOf(folder, archive);
  const opened = await open(root.path, archive);
  assert.ok(opened.ok, JSON.stringify(opened));
  assert.ok(opened.value.kind === "package");
  assert.deepEqual(opened.value.signature, { kind: "verified", key: "author.public" });
  assert.deepEqual(await filesBelow(opened.value.folder), coveredFiles);
  assert.deepEqual(opened.value.leftOut, [
    ".git/",
    "other.sig",
    "src/data.sig",
    "src/target/",
    "target/",
  ]);
  assert.deepEqual(await kept(root.path), [
    "opened-package.json",
    "package.sig",
    ...coveredFiles.map((file) => `package/${file}`),
  ]);
});

it("a signed folder is built from a copy of what the digest covers", async () => {
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path);
  await writeFiles(folder, uncovered);
  await writeFile(join(root.path, "elsewhere.rs"), "// linked");
  const opened = await open(root.path, folder);
  assert.ok(opened.ok, JSON.stringify(opened));
  assert.ok(opened.value.kind === "package");
  assert.notEqual(opened.value.folder, folder);
  assert.deepEqual(await filesBelow(opened.value.folder), coveredFiles);
  // What changes after the check changes nothing of what is built.
  await writeFile(join(folder, "src/lib.rs"), "// changed\n");
  assert.equal(await readFile(join(opened.value.folder, "src/lib.rs"), "utf8"), "// signed\n");
  assert.equal((await open(root.path, folder)).ok, false);
});

it("cargo runs and builds beside a package of ours, so that no setting in or above it counts", async () => {
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path, {
    ".cargo/config.toml": '[build]\nrustc-wrapper = "./evil"\n',
  });
  const opened = await open(root.path, folder);
  assert.ok(opened.ok && opened.value.kind === "package");
  const place = cargoFolder(join(opened.value.folder, "src"));
  assert.equal(join(place, "package"), opened.value.folder);
  assert.equal(targetDirectoryOf(opened.value.folder, "/chosen"), join(place, "target"));
  assert.equal(opened.value.targetDirectory, join(place, "target"));
  assert.equal(targetDirectoryOf(folder, "/chosen"), "/chosen");
  const inPlace = await open(root.path, folder, []);
  assert.ok(inPlace.ok && inPlace.value.kind === "package");
  assert.equal(inPlace.value.folder, folder);
  assert.ok(relative(folder, inPlace.value.targetDirectory).startsWith(".."));
});

const outside: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    "a path dependency beside it",
    { "Cargo.toml": `${cargoManifest}[dependencies]\niface = { path = "../iface" }\n` },
    '"../iface"',
  ],
  [
    "an absolute path dependency of a dependency",
    {
      "Cargo.toml": `${cargoManifest}[dependencies]\ninner = { path = "inner" }\n`,
      "inner/Cargo.toml":
        '[package]\nname = "inner"\nversion = "1.0.0"\n[dependencies]\nx = { path = "/opt/x" }\n',
    },
    '"/opt/x"',
  ],
  [
    "a patch that leads outside",
    { "Cargo.toml": `${cargoManifest}[patch.crates-io]\nserde = { path = "../serde" }\n` },
    '"../serde"',
  ],
  [
    "a dependency in a repository of the machine",
    { "Cargo.toml": `${cargoManifest}[dependencies]\nx = { git = "file:///opt/x" }\n` },
    '"file:///opt/x"',
  ],
  [
    "a build script outside",
    { "Cargo.toml": cargoManifest.replace("\n\n", '\nbuild = "../b.rs"\n\n') },
    '"../b.rs"',
  ],
  [
    "a workspace above it",
    {
      "Cargo.toml": cargoManifest
        .replace("[workspace]\n", "")
        .replace('"1.2.0"', '"1.2.0"\nlicense.workspace = true'),
    },
    "a workspace above it",
  ],
];

for (const [what, files, named] of outside) {
  it(`a signed package with ${what} is refused: the signature does not cover that`, async () => {
    await using root = await temporaryFolder();
    const folder = await signedFolder(root.path, files);
    const opened = await open(root.path, folder);
    assert.ok(!opened.ok);
    assert.match(opened.error, /^Incomplete signature: the package blur 1\.2\.0 /u);
    assert.ok(opened.error.includes(named), opened.error);
    assert.deepEqual(await filesBelow(join(root.path, "cache")), []);
    // Without a key nothing is claimed, and the folder is a project like any other.
    assert.equal((await open(root.path, folder, [])).ok, true);
  });
}

describe("a source outside of an opened package", function () {
  this.timeout(300_000);
  const build = async (
    root: string,
    more: Readonly<Record<string, string>>,
  ): Promise<Result<BuiltLibrary, BuildError>> => {
    const opened = await open(root, await signedFolder(root, more));
    assert.ok(opened.ok && opened.value.kind === "package", JSON.stringify(opened));
    const { folder, targetDirectory } = opened.value;
    const { graph } = readManifestGraph([folder], createDiskFiles());
    const crate = graph.crates.get(join(folder, "Cargo.toml"))?.info;
    assert.ok(crate);
    return buildLibrary(
      {
        cargo: cargoPath(),
        crate,
        features: [],
        profile: "dev",
        extraArguments: [],
        environment: {},
        targetDirectory,
      },
      {
        onProgress: () => undefined,
        onOutput: () => undefined,
        signal: new AbortController().signal,
      },
    );
  };

  for (const [how, line] of [
    ["#[path]", '#[path = "ELSEWHERE"] mod elsewhere;'],
    ["include!", 'include!(concat!("ELSE", "WHERE"));'],
    ["include_bytes!", 'pub static BYTES: &[u8] = include_bytes!("ELSEWHERE");'],
  ] as const) {
    it(`that it takes in by ${how} is refused: no signature covers it`, async () => {
      await using root = await temporaryFolder();
      const elsewhere = join(root.path, "elsewhere.rs");
      await writeFile(elsewhere, "pub fn other() {}\n");
      const [start, end] = [elsewhere.slice(0, 4), elsewhere.slice(4)];
      const text = line
        .replace("ELSEWHERE", elsewhere)
        .replace("ELSE", start)
        .replace("WHERE", end)
        .replaceAll("\\", "/");
      const built = await build(root.path, { "src/lib.rs": `${text}\n` });
      assert.ok(!built.ok);
      assert.ok(built.error.kind === "noLibrary", JSON.stringify(built.error));
      assert.match(
        built.error.message,
        /^blur is also built from .*elsewhere\.rs"?, which lies outside of the package/u,
      );
    });
  }

  it("that a build script takes in is refused before the script runs", async () => {
    await using root = await temporaryFolder();
    const ran = join(root.path, "ran");
    const elsewhere = join(root.path, "elsewhere.rs");
    await writeFile(elsewhere, `std::fs::write(${JSON.stringify(ran)}, "").unwrap();\n`);
    const built = await build(root.path, {
      "build.rs": `use cc::Build;\nfn main() { include!(${JSON.stringify(elsewhere)}); Build::new(); }\n`,
    });
    assert.ok(!built.ok && built.error.kind === "noLibrary", JSON.stringify(built));
    assert.match(built.error.message, /elsewhere\.rs"?, which lies outside of the package/u);
    assert.ok(!existsSync(ran));
  });

  it("that a feature hides, or a macro of a dependency reads, is refused too", async () => {
    await using root = await temporaryFolder();
    const elsewhere = join(root.path, "elsewhere.rs");
    await writeFile(elsewhere, "pub fn other() {}\n");
    const hidden = await build(root.path, {
      "Cargo.toml": `${cargoManifest}[features]\ndefault = ["more"]\nmore = []\n`,
      "src/lib.rs": `#[cfg(feature = "more")]\n#[path = ${JSON.stringify(elsewhere)}]\nmod more;\n`,
    });
    assert.ok(!hidden.ok && hidden.error.kind === "noLibrary", JSON.stringify(hidden));
    const byMacro = await build(join(root.path, "second"), {
      "Cargo.toml": `${cargoManifest}[dependencies]\ninner = { path = "inner" }\n`,
      "inner/Cargo.toml":
        '[package]\nname = "inner"\nversion = "1.0.0"\nedition = "2021"\n[lib]\npath = "lib.rs"\n',
      "inner/lib.rs": "#[macro_export] macro_rules! inc { ($a:literal) => { include!($a); } }\n",
      "src/lib.rs": `inner::inc!(${JSON.stringify(elsewhere)});\n`,
    });
    assert.ok(!byMacro.ok && byMacro.error.kind === "noLibrary", JSON.stringify(byMacro));
  });

  it("is none of its own, what its build script writes, or what that watches", async () => {
    await using root = await temporaryFolder();
    const watched = join(root.path, "header.h");
    await writeFile(watched, "int x;\n");
    const built = await build(root.path, {
      "build.rs": `fn main() { println!("cargo::rerun-if-changed={}", ${JSON.stringify(watched)}); let out = std::env::var("OUT_DIR").unwrap(); std::fs::write(format!("{out}/made.rs"), "pub const MADE: u8 = 1;").unwrap(); }\n`,
      "src/lib.rs":
        'include!(concat!(env!("OUT_DIR"), "/made.rs"));\npub const TEXT: &str = include_str!("../package.toml");\n',
    });
    assert.ok(built.ok, JSON.stringify(built));
  });
});

it("files that were changed in our folder are unpacked again", async () => {
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path);
  const archive = join(root.path, "blur.fid");
  await archiveOf(folder, archive);
  const first = await open(root.path, archive);
  assert.ok(first.ok && first.value.kind === "package");
  const unpacked = first.value.folder;
  for (const [path, content] of [
    ["src/lib.rs", "// evil\n"],
    ["build.rs", "fn main() {}\n"],
    [".cargo/config.toml", ""],
  ] as const) {
    await writeFiles(unpacked, { [path]: content });
    const again = await open(root.path, archive);
    assert.ok(again.ok && again.value.kind === "package");
    assert.equal(again.value.folder, unpacked);
    assert.deepEqual(await filesBelow(unpacked), coveredFiles);
    assert.equal(await readFile(join(unpacked, "src/lib.rs"), "utf8"), "// signed\n");
  }
});

it("nothing stays of an archive that is refused, replaced or gone", async () => {
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path);
  const archive = join(root.path, "blur.fid");
  await archiveOf(folder, archive);
  assert.equal((await open(root.path, archive)).ok, true);
  assert.equal((await kept(root.path)).filter((file) => file === "package.sig").length, 1);

  // Another content: the former one goes, with what was built from it.
  await writeFile(join(folder, "src/lib.rs"), "// second\n");
  assert.ok((await oracle("sign-package", folder, seed)).accepted);
  await archiveOf(folder, archive);
  const second = await open(root.path, archive);
  assert.ok(second.ok && second.value.kind === "package");
  assert.equal((await kept(root.path)).filter((file) => file === "package.sig").length, 1);

  // Refused: its signature does not fit.
  await writeFile(join(folder, "src/lib.rs"), "// third, not signed\n");
  await archiveOf(folder, archive);
  assert.equal((await open(root.path, archive)).ok, false);
  assert.deepEqual(await filesBelow(join(root.path, "cache")), []);

  // Damaged.
  await writeFile(archive, (await readFile(archive)).subarray(0, 5000));
  assert.equal((await open(root.path, archive)).ok, false);
  assert.deepEqual(await filesBelow(join(root.path, "cache")), []);

  // Gone: opening anything else cleans up after it, after what ended half-way, and after former versions.
  await archiveOf(folder, archive);
  assert.equal((await open(root.path, archive, [])).ok, true);
  await rm(archive);
  const dead = join(root.path, "cache/contents/0123/new-999999999-x/package");
  await mkdir(dead, { recursive: true });
  await writeFiles(root.path, {
    "cache/packages/old/package/target/x": "",
    "lib.so": "no library",
  });
  assert.equal((await open(root.path, join(root.path, "lib.so"))).ok, true);
  assert.deepEqual(await readdir(join(root.path, "cache/contents")), []);
  assert.deepEqual(await readdir(join(root.path, "cache")), ["contents"]);
});

it("a folder with links in a circle, a pipe or an unreadable file gets a sentence", async function () {
  this.timeout(60_000);
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path);
  await symlink(".", join(folder, "one"));
  await symlink(".", join(folder, "two"));
  const circle = await open(root.path, folder);
  assert.ok(!circle.ok);
  assert.match(circle.error, /links/u);
  await rm(join(folder, "one"));
  await rm(join(folder, "two"));
  await symlink("nowhere", join(folder, "dangling"));
  const dangling = await open(root.path, folder);
  assert.ok(!dangling.ok);
  assert.match(dangling.error, /cannot be read: there is no such file/u);
  await rm(join(folder, "dangling"));
  assert.equal((await open(root.path, folder)).ok, true);
});

it("executable files of a copied folder stay executable", async () => {
  await using root = await temporaryFolder();
  const folder = await signedFolder(root.path, { "tool.sh": "#!/bin/sh\n" });
  await chmod(join(folder, "tool.sh"), 0o755);
  const opened = await open(root.path, folder);
  assert.ok(opened.ok && opened.value.kind === "package");
  const { mode } = await import("node:fs").then(({ statSync }) =>
    statSync(join(opened.value.kind === "package" ? opened.value.folder : "", "tool.sh")),
  );
  assert.equal(mode & 0o111, 0o111);
});
