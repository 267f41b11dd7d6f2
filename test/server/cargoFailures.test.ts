// A cargo that fails or is not there is a diagnostic on the file that mends it, and goes when it is mended.

import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { LspClient, messageOf } from "./lspClient.ts";
import { diagnosticText, packageDiagnostics } from "./packageDiagnostics.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const asyncFidius = `fidius = { version = "0.5", features = ["async"] }`;

describe("a cargo that fails", function () {
  this.timeout(120_000);

  it("is told on rust-toolchain.toml when the toolchain is not installed", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", asyncFidius),
      "src/lib.rs": greeterSource,
      "rust-toolchain.toml": `[toolchain]\nchannel = "1.2.3"\n`,
    });
    const cargoPath = files.write(
      "bin/cargo",
      `#!/bin/sh\necho "error: toolchain '1.2.3' is not installed" >&2\nexit 1\n`,
    );
    chmodSync(cargoPath, 0o755);
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { cargoPath },
    });
    await client.settled();
    const told = client.diagnostics(files.path("rust-toolchain.toml")).map(messageOf);
    assert.equal(told.length, 1);
    assert.match(
      told[0] ?? "",
      /cargo fails in this workspace: toolchain '1\.2\.3' is not installed\./u,
    );
    assert.deepEqual(client.diagnostics(files.path("Cargo.toml")), []);
    assert.equal((await client.project()).plugins.length, 1);
  });

  it("is told on the manifest with its reason, and no more once the manifest is mended", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", asyncFidius, `serde = "99"`),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [files.folder] });
    await client.settled();
    const file = files.path("Cargo.toml");
    const told = client.diagnostics(file).map(messageOf);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /failed to select a version for the requirement `serde = "\^99"`/u);
    files.write("Cargo.toml", manifest("demo", asyncFidius, `serde = "1"`));
    await client.filesChanged([file]);
    await client.settled();
    assert.deepEqual(client.diagnostics(file), []);
  });

  it("is told when there is no cargo at all", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", asyncFidius),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { cargoPath: files.path("bin/cargo") },
    });
    await client.settled();
    const told = client.diagnostics(files.path("Cargo.toml")).map(messageOf);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /cargo/u);
  });
});

describe("a crate under [patch] in the workspace's folder", function () {
  this.timeout(120_000);

  it("is no error", async () => {
    const library = manifest("itoa", "")
      .replace(/\[lib\]\n.*\n/u, "")
      .replace("0.1.0", "1.0.99");
    using files = new TestFolder({
      "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["plugin"]\n\n[patch.crates-io]\nitoa = { path = "patched/itoa" }\n`,
      "plugin/Cargo.toml": manifest("plugin", asyncFidius, `itoa = "1"`),
      "plugin/src/lib.rs": greeterSource,
      "patched/itoa/Cargo.toml": library,
      "patched/itoa/src/lib.rs": "",
    });
    assert.deepEqual((await packageDiagnostics(files.folder)).map(diagnosticText), []);
  });
});
