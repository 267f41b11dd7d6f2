// Signatures of packages and libraries against Fidius' own: what it signs is verified, what it refuses is refused.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrustedKey } from "../../src/model/package/packageInfo.ts";
import { openPath, type OpenedPath } from "../../src/packages/openPackage.ts";
import { parsePackageManifest } from "../../src/packages/packageManifest.ts";
import { readTrustedKey } from "../../src/packages/signature.ts";
import type { Result } from "../../src/model/result.ts";
import { noise, plainManifest, temporaryFolder, writeFiles } from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

const seeds = { mine: "11".repeat(32), other: "22".repeat(32) } as const;
let oracle: PackageOracle;
const keys: TrustedKey[] = [];
const hexKeys: string[] = [];

before(async function () {
  this.timeout(300_000);
  oracle = await buildPackageOracle();
  for (const name of ["mine", "other"] as const) {
    const made = await oracle("public", seeds[name]);
    assert.ok(made.accepted);
    hexKeys.push(made.text);
    keys.push({ name: `${name}.public`, bytes: Buffer.from(made.text, "hex") });
  }
});

interface Opening {
  readonly keys?: readonly TrustedKey[];
  readonly requiresSignature?: boolean;
}

function open(
  cacheFolder: string,
  path: string,
  how: Opening,
): Promise<Result<OpenedPath, string>> {
  const { keys: trustedKeys = [], requiresSignature = false } = how;
  return openPath(path, { cache: { folder: cacheFolder }, trustedKeys, requiresSignature });
}

/** A signed package and an archive of it. */
async function signedPackage(root: string): Promise<{ folder: string; archive: string }> {
  const folder = join(root, "blur");
  const files = { "package.toml": plainManifest, "src/lib.rs": "// é", "n.bin": noise("n", 3000) };
  await writeFiles(folder, files);
  assert.ok((await oracle("sign-package", folder, seeds.mine)).accepted);
  const archive = join(root, "blur-1.2.0.fid");
  assert.ok((await oracle("pack", folder, archive)).accepted);
  return { folder, archive };
}

it("a package that Fidius signed is verified by its key, as folder and as archive", async () => {
  await using root = await temporaryFolder();
  const { folder, archive } = await signedPackage(root.path);
  for (const path of [folder, archive]) {
    const opened = await open(root.path, path, { keys, requiresSignature: true });
    assert.ok(opened.ok, JSON.stringify(opened));
    assert.deepEqual(opened.value.signature, { kind: "verified", key: "mine.public" });
    assert.equal(opened.value.kind === "package" && opened.value.info.name, "blur");
  }
});

it("an archive stays verified after a build left files in its folder", async () => {
  await using root = await temporaryFolder();
  const { archive } = await signedPackage(root.path);
  const first = await open(root.path, archive, { keys });
  assert.ok(first.ok && first.value.kind === "package");
  await writeFile(join(first.value.folder, "Cargo.lock"), "version = 4\n");
  const again = await open(root.path, archive, { keys, requiresSignature: true });
  assert.ok(again.ok && again.value.kind === "package");
  assert.equal(again.value.folder, first.value.folder);
});

it("a changed package is refused by both", async () => {
  await using root = await temporaryFolder();
  const { folder } = await signedPackage(root.path);
  const changes: Readonly<Record<string, string>> = {
    "src/lib.rs": "// e",
    "src/more.rs": "",
    "package.toml": `${plainManifest}\n`,
  };
  for (const [path, content] of Object.entries(changes)) {
    const copy = join(root.path, "copy", path.replaceAll("/", "-"));
    await cp(folder, copy, { recursive: true });
    await writeFiles(copy, { [path]: content });
    assert.equal((await oracle("verify-package", copy, hexKeys[0] ?? "")).accepted, false);
    const opened = await open(root.path, copy, { keys });
    assert.ok(!opened.ok);
    assert.match(opened.error, /changed after it was signed\. It is not loaded/);
  }
});

it("a package of another key is refused, one without any trusted key is only named so", async () => {
  await using root = await temporaryFolder();
  const { folder } = await signedPackage(root.path);
  assert.equal((await oracle("verify-package", folder, hexKeys[1] ?? "")).accepted, false);
  const other = await open(root.path, folder, { keys: keys.slice(1) });
  assert.ok(!other.ok);
  assert.match(other.error, /another key than the trusted one/);
  const unchecked = await open(root.path, folder, {});
  assert.deepEqual(unchecked.ok && unchecked.value.signature, { kind: "unchecked" });
  const required = await open(root.path, folder, { requiresSignature: true });
  assert.ok(!required.ok);
});

it("a damaged signature is refused, an unsigned package only where a signature is required", async () => {
  await using root = await temporaryFolder();
  const { folder } = await signedPackage(root.path);
  await writeFile(join(folder, "package.sig"), "short");
  const damaged = await open(root.path, folder, { keys });
  assert.ok(!damaged.ok);
  assert.match(damaged.error, /has 5 bytes; a signature has 64/);
  const unsigned = join(root.path, "unsigned");
  await writeFiles(unsigned, { "package.toml": plainManifest });
  const opened = await open(root.path, unsigned, { keys });
  assert.deepEqual(opened.ok && opened.value.signature, { kind: "unsigned" });
  assert.equal((await open(root.path, unsigned, { keys, requiresSignature: true })).ok, false);
});

it("a library that Fidius signed is verified, a changed one refused", async () => {
  await using root = await temporaryFolder();
  const library = join(root.path, "libblur.so");
  await writeFiles(root.path, { "libblur.so": noise("library", 5000) });
  assert.ok((await oracle("sign-library", library, seeds.mine)).accepted);
  const opened = await open(root.path, library, { keys });
  assert.deepEqual(opened.ok && opened.value, {
    kind: "library",
    file: library,
    signature: { kind: "verified", key: "mine.public" },
    // The bytes that were checked; nothing else is loaded.
    sha256: createHash("sha256").update(noise("library", 5000)).digest("hex"),
  });
  await writeFile(library, Buffer.concat([await readFile(library), Buffer.from([0])]));
  assert.equal((await oracle("verify-library", library, hexKeys[0] ?? "")).accepted, false);
  assert.equal((await open(root.path, library, { keys })).ok, false);
});

it("key files: 32 raw bytes, anything else is named", async () => {
  await using root = await temporaryFolder();
  const file = join(root.path, "me.public");
  await writeFile(file, keys[0]?.bytes ?? "");
  const read = await readTrustedKey(file);
  assert.equal(read.ok && read.value.name, "me.public");
  await writeFile(file, "not a key");
  const wrong = await readTrustedKey(file);
  assert.match(wrong.ok ? "" : wrong.error, /has 9 bytes; a public key has 32/);
  const missing = await readTrustedKey(join(root.path, "none"));
  assert.match(missing.ok ? "" : missing.error, /cannot be read/);
});

const header = plainManifest.slice(0, plainManifest.indexOf("\n[metadata]"));
const manifests: readonly (readonly [string, string, RegExp | undefined])[] = [
  ["plain", plainManifest, undefined],
  ["empty metadata", `${header}\n[metadata]\n`, undefined],
  ["no metadata", header, /`metadata`/],
  ["no version", plainManifest.replace(/^version.*$/mu, ""), /`package\.version`/],
  ["a version number as text", plainManifest.replace("= 1\n", '= "1"\n'), /interface_version/],
  ["unknown keys", plainManifest.replace("\n[meta", "future = true\n[meta"), undefined],
  ["python", `${header}runtime = "python"\n[metadata]\n[python]\nentry_module = "m"\n`, undefined],
  ["python without section", `${header}runtime = "python"\n[metadata]\n`, /needs a \[python\]/],
  ["rust with a wasm section", `${plainManifest}[wasm]\ncomponent = "x"\n`, /goes with runtime/],
  ["another runtime", `${header}runtime = "node"\n[metadata]\n`, /unknown runtime "node"/],
  ["no TOML", "[package", /no TOML/],
];

for (const [what, text, refusal] of manifests) {
  it(`package.toml: ${what}, judged as Fidius judges it`, async () => {
    await using root = await temporaryFolder();
    await writeFiles(root.path, { "package.toml": text });
    assert.equal((await oracle("manifest", root.path)).accepted, refusal === undefined);
    const parsed = parsePackageManifest(text);
    assert.equal(parsed.ok, refusal === undefined, JSON.stringify(parsed));
    assert.match(parsed.ok ? "" : parsed.error, refusal ?? /^$/);
  });
}
