// Ways between traits and impl blocks in an editor without rust-analyzer, and what is left to it where it is active.

import assert from "node:assert/strict";
import type { Position } from "vscode-languageserver";
import { LspClient } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const api = `pub use fidius;

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    fn find(&self) -> u8;
}
`;

const plugin = (name: string): string => `use api::{Finder, __fidius_Finder};

pub struct ${name};

#[fidius::plugin_impl(Finder)]
impl Finder for ${name} {
    fn find(&self) -> u8 {
        1
    }
}
`;

function placeOf(text: string, before: string, word: string): Position {
  const offset = text.indexOf(word, text.indexOf(before));
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: (lines.at(-1)?.length ?? 0) + 1 };
}

describe("ways between traits and impl blocks", () => {
  let files: TestFolder;

  before(() => {
    files = new TestFolder({
      "Cargo.toml": `[workspace]\nmembers = ["api", "one", "two"]\nresolver = "2"\n`,
      "api/Cargo.toml": manifest("api", `fidius = "=0.5.9"`).replace("cdylib", "rlib"),
      "api/src/lib.rs": api,
      ...Object.fromEntries(
        ["one", "two"].flatMap((name) => [
          [`${name}/Cargo.toml`, manifest(name, `api = { path = "../api" }`, `fidius = "=0.5.9"`)],
          [`${name}/src/lib.rs`, plugin(name === "one" ? "One" : "Two")],
        ]),
      ),
    });
  });

  after(() => {
    files[Symbol.dispose]();
  });

  const start = (isRustAnalyzerActive: boolean): Promise<LspClient> =>
    LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false, isRustAnalyzerActive },
    });

  it("lead from the trait, its attribute and its methods to what implements them, and back", async () => {
    await using client = await start(false);
    const [trait, one] = [files.path("api/src/lib.rs"), files.path("one/src/lib.rs")];
    const blocks = [`${one}:6`, `${files.path("two/src/lib.rs")}:6`];
    const methods = [`${one}:7`, `${files.path("two/src/lib.rs")}:7`];
    const from = (
      way: "definition" | "implementation",
      text: string,
      before: string,
      word: string,
    ): Promise<readonly string[]> =>
      client.placesFrom(way, text === api ? trait : one, placeOf(text, before, word));
    assert.deepEqual(await from("implementation", api, "trait", "Finder"), blocks);
    assert.deepEqual(await from("implementation", api, "#[", "plugin_interface"), blocks);
    assert.deepEqual(await from("implementation", api, "fn find", "find"), methods);
    const own = plugin("One");
    assert.deepEqual(await from("implementation", own, "fn find", "find"), methods);
    assert.deepEqual(await from("definition", own, "fn find", "find"), [`${trait}:5`]);
    assert.deepEqual(await from("definition", own, "plugin_impl(", "Finder"), [`${trait}:4`]);
    assert.deepEqual(await from("definition", own, "pub struct", "One"), []);
    assert.deepEqual(await from("implementation", api, "-> u8", "u8"), []);
  });

  it("leave to rust-analyzer what it knows", async () => {
    await using client = await start(true);
    const [trait, one] = [files.path("api/src/lib.rs"), files.path("one/src/lib.rs")];
    const own = plugin("One");
    assert.deepEqual(
      await client.placesFrom("implementation", trait, placeOf(api, "fn find", "find")),
      [],
    );
    assert.deepEqual(
      await client.placesFrom("definition", one, placeOf(own, "fn find", "find")),
      [],
    );
    assert.equal(
      (await client.placesFrom("implementation", trait, placeOf(api, "#[", "plugin_interface")))
        .length,
      2,
    );
  });
});
