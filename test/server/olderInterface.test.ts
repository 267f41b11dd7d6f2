// A plugin of an older version of an interface, beside the newer one: it is complete as it is, and nothing is to be said.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ok } from "../../src/model/result.ts";
import { TestRunner } from "../host/harness.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { LspClient } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const fidius = `fidius = "0.5"`;

const interfaceSource = (added: string): string => `pub use fidius;

#[fidius::plugin_interface(version = 3, buffer = PluginAllocated)]
pub trait Store: Send + Sync {
    fn get(&self, key: String) -> Option<String>;
    #[optional(since = 2)]
    fn clear(&self);
${added}}
`;

const pluginSource = (extra: string): string => `use fidius::plugin_impl;
use store_interface::{Store, __fidius_Store};

pub struct Memory;

#[plugin_impl(Store)]
impl Store for Memory {
    fn get(&self, key: String) -> Option<String> {
        Some(key)
    }
    fn clear(&self) {}
${extra}}

fidius::fidius_plugin_registry!();
`;

const added = "    #[optional(since = 3)]\n    fn size(&self) -> u64;\n";
const size = "    fn size(&self) -> u64 {\n        0\n    }\n";

function workspace(implemented: string, interfaceFolder: string): TestFolder {
  const interfaceManifest = (version: string): string =>
    manifest("store-interface", fidius).replace("0.1.0", version);
  return new TestFolder({
    "older/Cargo.toml": interfaceManifest("0.1.0"),
    "older/src/lib.rs": interfaceSource(""),
    "newer/Cargo.toml": interfaceManifest("0.2.0"),
    "newer/src/lib.rs": interfaceSource(added),
    "plugin/Cargo.toml": manifest(
      "memory",
      fidius,
      `store-interface = { path = "../${interfaceFolder}" }`,
    ),
    "plugin/src/lib.rs": pluginSource(implemented),
  });
}

const sources = ["older/src/lib.rs", "newer/src/lib.rs", "plugin/src/lib.rs"];

describe("a plugin of an older interface", () => {
  it("has no diagnostics, and the methods of its own version", async () => {
    using files = workspace("", "older");
    const options = { isTrusted: false };
    await using client = await LspClient.start({ folders: [files.folder], options });
    for (const file of [...sources, "plugin/Cargo.toml"]) {
      assert.deepEqual(client.diagnostics(files.path(file)), [], file);
    }
    const { plugins, interfaces } = await client.project();
    assert.deepEqual(
      plugins.map(({ methods }) => methods.map(({ name }) => name)),
      [["get", "clear"]],
    );
    assert.deepEqual(new Set(interfaces.map(({ hash }) => hash)).size, 1);
  });

  it("lacks the newer version's method once it depends on that one", async () => {
    using files = workspace("", "newer");
    const options = { isTrusted: false };
    await using client = await LspClient.start({ folders: [files.folder], options });
    assert.deepEqual(
      client.diagnostics(files.path("plugin/src/lib.rs")).map(({ code }) => code),
      ["method-missing"],
    );
    await client.open(files.path("plugin/src/lib.rs"), pluginSource(size), true);
    assert.deepEqual(client.diagnostics(files.path("plugin/src/lib.rs")), []);
  });

  it("known from a library that was built of it: what the library lacks is marked, and nothing is wrong", async function () {
    this.timeout(600_000);
    const text = readFileSync(path.join(fixturesFolder, "evolved/src/lib.rs"), "utf8");
    const traits = text.match(/#\[plugin_interface\([^]*?\n\}\n/gu) ?? [];
    assert.equal(traits.length, 2);
    using files = new TestFolder({
      "interface/Cargo.toml": manifest("evolving", fidius),
      "interface/src/lib.rs": `pub use fidius;\nuse fidius::plugin_interface;\n\n${traits.join("\n")}`,
      "plugin/Cargo.toml": manifest("evolved", `evolving = { path = "../interface" }`),
      "plugin/src/lib.rs": "evolving::make_plugins!();\n",
    });
    const runner = await TestRunner.create();
    try {
      const report = await runner.runner.inspect(await fixtureLibrary("ancestor"));
      assert.ok(report.ok);
      const options = { isTrusted: false };
      await using client = await LspClient.start({ folders: [files.folder], options });
      const [candidate] = (await client.project()).candidates ?? [];
      assert.ok(candidate);
      const answer = { candidateId: candidate.id, report: ok(report.value), isOutdated: false };
      await client.librariesSaid([answer]);
      const { plugins } = await client.project();
      assert.deepEqual(
        plugins.map(({ name, methods }) => [
          name,
          methods
            .filter(({ isImplemented }) => isImplemented === false)
            .map((method) => method.name),
        ]),
        [
          ["Evolved", ["inserted", "appended"]],
          ["Labelled", ["inserted", "appended"]],
        ],
      );
      assert.deepEqual(client.diagnostics(files.path("plugin/src/lib.rs")), []);
      assert.deepEqual(client.diagnostics(files.path("plugin/Cargo.toml")), []);
    } finally {
      await runner.dispose();
    }
  });
});
