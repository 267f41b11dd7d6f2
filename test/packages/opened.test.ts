// Packages that stay open, as VS Code has them: before each build they are what their signature covers, and they are built outside of
// themselves.

import assert from "node:assert/strict";
import { cp, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { MemoryStore } from "../unit/extension/memoryStore.ts";
import { OpenedLibraries } from "../../src/extension/libraries/openedLibraries.ts";
import type { TrustedKey } from "../../src/model/package/packageInfo.ts";
import { openPath } from "../../src/packages/openPackage.ts";
import { packageDigest } from "../../src/packages/packageDigest.ts";
import { plainManifest, temporaryFolder, writeFiles } from "./packageFolders.ts";
import { buildPackageOracle, type PackageOracle } from "./packageOracle.ts";

const seed = "44".repeat(32);

describe("packages that stay open", function () {
  this.timeout(300_000);
  let oracle: PackageOracle;
  before(async () => {
    oracle = await buildPackageOracle();
  });

  /** What VS Code remembers, with a cache below `root` and the key that `seed` makes. */
  async function opened(root: string): Promise<{ libraries: OpenedLibraries; changes: number[] }> {
    const made = await oracle("public", seed);
    assert.ok(made.accepted);
    const bytes = Buffer.from(made.text, "hex");
    const trustedKeys: readonly TrustedKey[] = [{ name: "mine.public", bytes }];
    const changes: number[] = [];
    const libraries = new OpenedLibraries({
      store: new MemoryStore(),
      openPath: (path) =>
        openPath(path, {
          cache: { folder: join(root, "cache") },
          trustedKeys,
          requiresSignature: false,
        }),
      inspect: () => assert.fail("nothing is loaded"),
      askRelease: () => assert.fail("nobody is asked"),
      choicesOf: () => [],
      onDidChange: () => {
        changes.push(changes.length);
        return Promise.resolve();
      },
    });
    return { libraries, changes };
  }

  async function signedPackage(folder: string): Promise<void> {
    await writeFiles(folder, {
      "package.toml": plainManifest,
      "Cargo.toml": `[package]\nname = "blur"\nversion = "1.2.0"\nedition = "2021"\n`,
      "src/lib.rs": "// first\n",
    });
    assert.ok((await oracle("sign-package", folder, seed)).accepted);
  }

  it("are checked before each build: what was changed since is refused, what was signed anew is read anew", async () => {
    await using root = await temporaryFolder();
    const folder = join(root.path, "blur");
    await signedPackage(folder);
    const { libraries, changes } = await opened(root.path);
    assert.ok((await libraries.open(folder)).ok);
    const first = libraries.list[0];
    assert.ok(first?.kind === "package");
    const manifest = join(first.folder, "Cargo.toml");
    const ready = await libraries.ready(folder);
    assert.ok(ready.ok);
    assert.match(
      ready.value.notes.join(),
      /^Trusted signature: the package blur 1\.2\.0 is signed/u,
    );
    assert.equal(libraries.packageOf(manifest)?.path, folder);

    await writeFile(join(folder, "src/lib.rs"), "// changed by somebody\n");
    const changed = await libraries.ready(folder);
    assert.ok(!changed.ok);
    assert.match(changed.error, /^Wrong signature: /u);

    assert.ok((await oracle("sign-package", folder, seed)).accepted);
    const before = changes.length;
    const renewed = await libraries.ready(folder);
    assert.ok(!renewed.ok);
    assert.match(
      renewed.error,
      /^blur has changed since it was opened, and is read anew\. Call again\.$/u,
    );
    assert.equal(changes.length, before + 1);
    assert.equal(libraries.packageOf(manifest), undefined, "the first content is gone");
    assert.ok((await libraries.ready(folder)).ok);
  });

  it("are checked as they lie with us too: what was changed there is put there again", async () => {
    await using root = await temporaryFolder();
    const folder = join(root.path, "blur");
    await signedPackage(folder);
    const { libraries } = await opened(root.path);
    assert.ok((await libraries.open(folder)).ok);
    const [first] = libraries.list;
    assert.ok(first?.kind === "package");
    const pristine = join(root.path, "pristine");
    await cp(first.folder, pristine, { recursive: true });
    await writeFile(join(first.folder, "src/lib.rs"), "// changed by somebody\n");
    assert.ok((await libraries.ready(folder)).ok);
    assert.deepEqual(await packageDigest(first.folder), await packageDigest(pristine));
  });

  it("are built outside of themselves, signed or not", async () => {
    await using root = await temporaryFolder();
    const { libraries } = await opened(root.path);
    for (const isSigned of [true, false]) {
      const folder = join(root.path, isSigned ? "signed" : "unsigned");
      await signedPackage(folder);
      if (!isSigned) {
        await cp(folder, `${folder}-copy`, {
          recursive: true,
          filter: (path) => !path.endsWith("package.sig"),
        });
      }
      const path = isSigned ? folder : `${folder}-copy`;
      assert.ok((await libraries.open(path)).ok);
      const own = libraries.list.find((each) => each.path === path);
      assert.ok(own?.kind === "package" && own.targetDirectory !== undefined);
      const outside = (from: string): boolean =>
        relative(from, own.targetDirectory ?? "").startsWith("..");
      assert.deepEqual([outside(path), outside(own.folder)], [true, true]);
    }
  });
});
