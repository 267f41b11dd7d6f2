// Interfaces of a revision out of git's objects: each rule on real git, and what is refused.

import assert from "node:assert/strict";
import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { plainBuild } from "../../../src/cargo/graph/buildChoice.ts";
import type { DriftChange } from "../../../src/drift/change.ts";
import { compareInterfaces } from "../../../src/drift/compareInterfaces.ts";
import { exampleInterface, runMethod } from "../../../src/drift/example.ts";
import { driftRules } from "../../../src/drift/rules/index.ts";
import { nullLogger } from "../../../src/model/logger.ts";
import type { Result } from "../../../src/model/result.ts";
import {
  readRevision,
  readSnapshot,
  type ReadOptions,
  type RevisionInterfaces,
} from "../../../src/revisions/compareRevision.ts";
import { interfaceStates } from "../../../src/revisions/interfaceStates.ts";
import { memberPlaces } from "../../../src/revisions/memberPlaces.ts";
import { GitFixture, packageManifest } from "../../support/gitFixture.ts";

/** Manifests tell enough: no cargo is started. */
const options: ReadOptions = { isTrusted: false, choice: plainBuild, logger: nullLogger };
const signal = new AbortController().signal;

describe("interfaces of a revision", () => {
  let fixture: GitFixture;

  beforeEach(() => {
    fixture = new GitFixture();
  });

  afterEach(() => {
    fixture.dispose();
  });

  const read = (
    revision: string,
    folder = fixture.folder,
  ): Promise<Result<RevisionInterfaces, string>> =>
    readRevision(folder, revision, fixture.cache, options, signal);

  const changesSince = async (
    revision: string,
    folder = fixture.folder,
  ): Promise<readonly DriftChange[]> => {
    const then = await read(revision, folder);
    assert.ok(then.ok, then.ok ? "" : then.error);
    return readSnapshot(folder, options, (snapshot) =>
      compareInterfaces(
        then.value.interfaces,
        interfaceStates(snapshot, folder),
        memberPlaces(snapshot),
      ).flatMap(({ changes }) => changes),
    );
  };

  for (const { id, page } of driftRules) {
    // A library alone has a hash without its lines.
    if (id !== "hash-changed") {
      it(`are compared by ${id}`, async () => {
        const isFidius = id === "fidius-changed";
        const manifest = isFidius ? packageManifest.replace('"0.5"', '"0.4"') : packageManifest;
        fixture.write({ "Cargo.toml": manifest, "src/lib.rs": page.before });
        fixture.commit("v1");
        fixture.write({ "Cargo.toml": packageManifest, "src/lib.rs": page.after });
        const found = (await changesSince("v1")).find(({ rule }) => rule === id);
        assert.equal(found?.span?.file, join(fixture.folder, "src/lib.rs"));
        fixture.commit("v2");
        const none = (await changesSince("v2")).filter(({ rule }) => rule !== "wire-form-unknown");
        assert.deepEqual(none, []);
      });
    }
  }

  it("are read without a change of the work tree, the index, or the cache folder", async () => {
    fixture.write({
      "Cargo.toml": packageManifest,
      "src/lib.rs": exampleInterface({ methods: runMethod }),
    });
    fixture.commit("v1");
    fixture.write({ "src/lib.rs": "// nothing\n", "untracked.rs": "" });
    const before = fixture.git("status", "--porcelain");
    const then = await read("v1");
    assert.ok(then.ok && then.value.interfaces.length === 1);
    assert.equal(fixture.git("status", "--porcelain"), before);
    assert.deepEqual(readdirSync(join(fixture.cache, "revisions")), []);
  });

  it("are those of the folder, with its path dependencies beside it", async () => {
    const member = (name: string, more = ""): string =>
      packageManifest.replace("demo", name).replace("[workspace]\n", more);
    const types = "#[derive(serde::Serialize, serde::Deserialize)]\npub struct P { pub x: u8, }\n";
    fixture.write({
      "Cargo.toml": '[workspace]\nmembers = ["iface", "types", "other"]\nresolver = "2"\n',
      "iface/Cargo.toml": member("iface", "").replace(
        "fidius",
        'types = { path = "../types" }\nfidius',
      ),
      "iface/src/lib.rs": exampleInterface({ methods: "fn run(&self, p: types::P);" }),
      "types/Cargo.toml": member("types"),
      "types/src/lib.rs": types,
      "other/Cargo.toml": member("other"),
      "other/src/lib.rs": exampleInterface({ methods: runMethod, name: "Other" }),
    });
    fixture.commit("v1");
    fixture.write({
      "types/src/lib.rs": types.replace("x: u8,", "x: u8, pub y: u8,"),
      "other/src/lib.rs": "",
    });
    const changes = await changesSince("v1", join(fixture.folder, "iface"));
    assert.deepEqual(
      changes.map(({ rule }) => rule),
      ["wire-form-changed", "interface-version-not-raised"],
    );
    assert.equal(changes[0]?.span?.file, join(fixture.folder, "types/src/lib.rs"));
  });

  it("are not read through links and names that lead out of the folder", async () => {
    fixture.write({
      "Cargo.toml": packageManifest,
      "src/lib.rs": exampleInterface({ methods: runMethod }),
    });
    symlinkSync("/etc/hostname", join(fixture.folder, "src/link.rs"));
    fixture.commit("v1");
    const then = await read("v1");
    assert.ok(then.ok && then.value.interfaces.length === 1);
  });

  it("are refused for names that git would take for options, and for revisions that are not there", async () => {
    fixture.write({ "Cargo.toml": packageManifest });
    fixture.commit("v1");
    const planted = join(fixture.folder, "planted");
    for (const name of [`--output=${planted}`, "-h", "", "v1\nv2"]) {
      const refused = await read(name);
      assert.ok(!refused.ok);
      assert.match(refused.error, /is no name of a revision/u);
    }
    assert.equal(existsSync(planted), false);
    const missing = await read("v9");
    assert.ok(!missing.ok);
    assert.match(missing.error, /has no revision v9\./u);
  });

  it("are refused outside of a repository", async () => {
    const refused = await read("HEAD", join(fixture.folder, ".."));
    assert.ok(!refused.ok);
    assert.match(refused.error, /is in no git repository/u);
  });

  it("run no hook, no filter and no program that the repository names", async () => {
    const trap = join(fixture.folder, "trap");
    fixture.write({
      "Cargo.toml": packageManifest,
      "src/lib.rs": exampleInterface({ methods: runMethod }),
      ".gitattributes": "*.rs filter=trap\n",
    });
    fixture.commit("v1");
    for (const setting of [
      "core.fsmonitor",
      "filter.trap.smudge",
      "core.pager",
      "core.sshCommand",
    ]) {
      fixture.git("config", setting, `touch ${trap}`);
    }
    const then = await read("v1");
    assert.ok(then.ok && then.value.interfaces.length === 1);
    assert.equal(existsSync(trap), false);
  });

  it("are given up when it is cancelled", async () => {
    const cancelled = await readRevision(
      fixture.folder,
      "HEAD",
      fixture.cache,
      options,
      AbortSignal.abort(),
    );
    assert.ok(!cancelled.ok);
    assert.match(cancelled.error, /cancelled/u);
  });
});
