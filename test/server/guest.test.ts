// In workspaces that have nothing to do with Fidius the server does not show: no diagnostic, no process, no file read for
// nothing. Beside one plugin, only what concerns it is judged.

import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { LspClient } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

/** A package that makes no dynamic library. */
function library(name: string, ...dependencies: readonly string[]): string {
  return manifest(name, ...dependencies).replace(/\[lib\]\n.*\n/u, "");
}

/** Everything that cargo would refuse, without Fidius in reach. */
const foreign = {
  "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["one", "two", "gone"]\n`,
  "one/Cargo.toml": library("one", `nowhere = { path = "../nowhere" }`, `serde = "1"`),
  "one/src/lib.rs": "mod inner { mod missing; }\nmacro_rules! m { () => {} }\n",
  "two/Cargo.toml": library("two", `shared = { workspace = true }`),
  "two/src/lib.rs": "pub struct P {",
  "stray/Cargo.toml": manifest("stray"),
  "stray/src/lib.rs": "",
  "broken/Cargo.toml": "[package\n",
};

/** A cargo that leaves a trace. */
function tracingCargo(files: TestFolder): { readonly cargoPath: string; readonly trace: string } {
  const trace = files.path("trace.txt");
  const cargoPath = files.write("bin/cargo", `#!/bin/sh\necho "$@" >> "${trace}"\nexit 101\n`);
  chmodSync(cargoPath, 0o755);
  return { cargoPath, trace };
}

describe("a workspace without Fidius", () => {
  it("gets no diagnostic and no cargo, with a lock file and without", async () => {
    const locked = {
      "Cargo.lock": `[[package]]\nname = "serde"\n`,
      "loaded/Cargo.toml": `${manifest("loaded", `serde = "1"`)}\n[workspace]\n`,
      "loaded/Cargo.lock": `[[package]]\nname = "serde"\n`,
      "loaded/src/lib.rs": "serde::plugin!();\n",
    };
    for (const more of [{}, locked]) {
      using files = new TestFolder({ ...foreign, ...more });
      const { cargoPath, trace } = tracingCargo(files);
      await using client = await LspClient.start({
        folders: [files.folder],
        options: { cargoPath },
      });
      const { notices, plugins, interfaces } = await client.project();
      assert.deepEqual([notices, plugins, interfaces], [[], [], []]);
      for (const file of Object.keys(foreign)) {
        assert.deepEqual(client.diagnostics(files.path(file)), [], file);
      }
      assert.equal(existsSync(trace), false);
    }
  });

  it("shows what is typed of Fidius in an open file, at once", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `serde = "1"`),
      "src/lib.rs": "pub fn nothing() {}\n",
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const source = files.path("src/lib.rs");
    await client.open(source, greeterSource, true);
    assert.equal((await client.project()).plugins.length, 1);
  });
});

describe("a workspace with one plugin", () => {
  const plugin = {
    "plugin/Cargo.toml": manifest("plugin", `fidius = "0.5"`, `near = { path = "../near" }`),
    "plugin/src/lib.rs": greeterSource,
    "near/Cargo.toml": manifest("near", `away = { path = "../away" }`),
    "near/src/lib.rs": "",
  };

  it("hears of manifests from which or to which Fidius is in reach, and of no others", async () => {
    using files = new TestFolder({
      ...plugin,
      "far/Cargo.toml": manifest("far", `away = { path = "../away" }`),
      "far/src/lib.rs": "",
      "user/Cargo.toml": manifest(
        "user",
        `plugin = { path = "../plugin" }`,
        `lost = { path = "x" }`,
      ),
      "user/src/lib.rs": "",
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const { notices } = await client.project();
    assert.deepEqual(notices.map(({ file }) => file).sort(), [
      files.path("near/Cargo.toml"),
      files.path("user/Cargo.toml"),
    ]);
  });

  it("hears of its only manifest where that does not parse, though it names no Fidius", async () => {
    using files = new TestFolder({
      "Cargo.toml": `[package\nname = "plugin"\n`,
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const { notices } = await client.project();
    assert.deepEqual(
      notices.map(({ file }) => file),
      [files.path("Cargo.toml")],
    );
  });

  it("has one diagnostic for one broken path, whatever lies behind it and whoever inherits it", async () => {
    using files = new TestFolder({
      ...plugin,
      "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["plugin", "near", "a", "b"]\n[workspace.dependencies]\nshared = { path = "libs/shared" }\n`,
      "near/Cargo.toml": manifest(
        "near",
        ...["one", "two", "three"].map((name) => `${name} = { path = "__HERE__/crates/${name}" }`),
      ),
      "a/Cargo.toml": manifest("a", `plugin = { path = "../plugin" }`, "shared.workspace = true"),
      "a/src/lib.rs": "",
      "b/Cargo.toml": manifest("b", `plugin = { path = "../plugin" }`, "shared.workspace = true"),
      "b/src/lib.rs": "",
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const { notices } = await client.project();
    const told = notices.map(({ file, message }) => [file, message] as const);
    assert.deepEqual(told.map(([file]) => file).sort(), [
      files.path("Cargo.toml"),
      files.path("near/Cargo.toml"),
    ]);
    const [, throughHere] = told.find(([file]) => file === files.path("near/Cargo.toml")) ?? [];
    assert.equal(
      throughHere,
      `The paths of one, two, three lead through ${files.path("near/__HERE__")}, which does not exist. Correct the paths.`,
    );
  });
});
