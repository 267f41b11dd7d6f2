// Hovers as an editor gets them: what Fidius makes of a trait, of an impl block and of their types.

import assert from "node:assert/strict";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Position } from "vscode-languageserver";
import { LspClient } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const api = `pub use fidius;
use serde::{Deserialize, Serialize};

/// A doc comment that rust-analyzer shows, with #[optional(since = 1)].
#[derive(Serialize, Deserialize)]
pub struct Spot {
    pub at: u32,
    pub label: String,
    pub kind: Kind,
}

#[derive(Serialize, Deserialize)]
pub enum Kind {
    Plain,
    Numbered { number: u64 },
}

#[fidius::plugin_interface(version = 2, buffer = PluginAllocated)]
#[trait_meta("owner", "a|b \`code\` [link](command:evil)")]
pub trait Finder: Send + Sync {
    /// Finds it.
    async fn find(&self, width: u16, spot: Spot) -> Result<u8, fidius::PluginError>;
    #[wire(raw)]
    fn copy(&self, data: Vec<u8>) -> Vec<u8>;
    fn watch(&self, names: fidius::Stream<String>) -> fidius::Stream<u8>;
    #[optional(since = 2)]
    #[method_meta("cost", "low")]
    fn more(&self) -> u8;
}
`;

const plugin = `use fidius::{fidius_plugin_registry, plugin_impl, PluginError, Stream};
use api::{Finder, Spot, __fidius_Finder};

pub struct Quick;

#[plugin_impl(Finder)]
impl Finder for Quick {
    #[wire(raw)]
    fn copy(&self, data: Vec<u8>) -> Vec<u8> {
        data
    }
    async fn find(&self, width: u16, spot: Spot) -> Result<u8, PluginError> {
        Ok(width as u8 + spot.at as u8)
    }
    fn watch(&self, names: Stream<String>) -> Stream<u8> {
        Stream::new()
    }
    fn more(&self) -> u8 {
        1
    }
}

fidius_plugin_registry!();
`;

const ready = `fidius = { version = "=0.5.9", features = ["async"] }`;
const serde = `serde = { version = "1", features = ["derive"] }`;

function workspace(): TestFolder {
  return new TestFolder({
    "Cargo.toml": `[workspace]\nmembers = ["api", "quick"]\nresolver = "2"\n`,
    "api/Cargo.toml": manifest("api", `fidius = "=0.5.9"`, serde).replace("cdylib", "rlib"),
    "api/src/lib.rs": api,
    "quick/Cargo.toml": manifest("quick", `api = { path = "../api" }`, ready),
    "quick/src/lib.rs": plugin,
  });
}

/** Where `word` begins, after `before`. */
function placeOf(text: string, before: string, word = ""): Position {
  const offset = text.indexOf(word, text.indexOf(before));
  assert.ok(text.includes(before) && offset >= 0, `${before} ${word}`);
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: (lines.at(-1)?.length ?? 0) + 1 };
}

describe("hovers", () => {
  let files: TestFolder;
  let client: LspClient;

  before(async () => {
    files = workspace();
    client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
      environment: { CARGO_TARGET_DIR: files.path("target") },
    });
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    files[Symbol.dispose]();
  });

  const inApi = (before: string, word?: string): Promise<string | null> =>
    client.hover(files.path("api/src/lib.rs"), placeOf(api, before, word));
  const inPlugin = (before: string, word?: string): Promise<string | null> =>
    client.hover(files.path("quick/src/lib.rs"), placeOf(plugin, before, word));

  it("say at the macro and at the trait what hosts see of the interface", async () => {
    const { interfaces } = await client.project();
    const hash = interfaces[0]?.hash ?? assert.fail();
    const atMacro = (await inApi("plugin_interface")) ?? "";
    assert.ok(
      atMacro.startsWith(
        `**Fidius interface** \`Finder\`, version 2, \`PluginAllocated\`, hash \`0x${hash}\``,
      ),
      atMacro,
    );
    assert.match(atMacro, /\| 0 \| `find` \| required \| `find:u16,Spot->Result < u8,/u);
    assert.match(atMacro, /\| 3 \| `more` \| bit 0 \| `more:->u8` \|/u);
    assert.match(atMacro, /- `Quick` in `quick`: not built yet/u);
    assert.equal(await inApi("trait Finder", "Finder"), atMacro);
  });

  it("say of a method its slot, its hashed line, its C function and its bytes", async () => {
    const said = (await inApi("async fn find", "find")) ?? "";
    assert.match(said, /^\*\*Slot 0\*\* of `Finder`, required/u);
    assert.match(said, /Line in the interface hash\n\n```text\nfind:u16,Spot->Result < u8/u);
    assert.match(
      said,
      /int32_t find\(\n {4}void \*instance,\n {4}const uint8_t \*in_ptr,\n {4}uint32_t in_len,\n {4}uint8_t \*\*out_ptr,\n {4}uint32_t \*out_len\);/u,
    );
    assert.match(said, /\| `width` \| 0 \| `2 bytes` \|/u);
    assert.match(said, /\| `spot.at` \| 2 \| `4 bytes` \|/u);
    assert.match(said, /\| `spot.label` \| 6 \| `u64 length, UTF-8` \|/u);
    assert.match(said, /\| `spot.kind = Numbered` \| {2}\| `u32 1` \|/u);
    assert.match(said, /\| status 0, `result` \| 0 \| `1 byte` \|/u);
    assert.match(said, /\| status -3, `error.code` \| 0 \| `u64 length, UTF-8` \|/u);
    assert.match(
      said,
      /`async_runtime` comes from `fidius[^`]*`, a dependency of `quick`, with its feature `async`/u,
    );
  });

  it("never say again what rust-analyzer does: no Rust signature, no doc comment", async () => {
    for (const [before, word] of [
      ["async fn find", "find"],
      ["trait Finder", "Finder"],
      ["pub struct Spot", "Spot"],
    ] as const) {
      const said = (await inApi(before, word)) ?? "";
      assert.doesNotMatch(said, /Finds it|A doc comment|fn find|pub |&self/u);
    }
  });

  it("tell optional, raw and stream methods apart", async () => {
    const more = (await inApi("fn more", "more")) ?? "";
    assert.match(more, /^\*\*Slot 3\*\* of `Finder`, optional, capability bit 0/u);
    assert.match(more, /not in the hash as it is optional/u);
    const copy = (await inApi("fn copy", "copy")) ?? "";
    assert.match(copy, /the bytes as they are, no length/u);
    assert.match(copy, /copy:Vec < u8 >->Vec < u8 >!raw/u);
    const watch = (await inApi("fn watch", "watch")) ?? "";
    assert.match(watch, /FidiusStreamHandle \*input/u);
    assert.match(watch, /\| each item in, `names` \| 0 \| `u64 length, UTF-8` \|/u);
    assert.match(watch, /\| `each item` \| 0 \| `1 byte` \|/u);
  });

  it("say of helper attributes what they do here, and nothing in a comment", async () => {
    assert.match((await inApi("#[optional(since = 2)", "optional")) ?? "", /capability bit 0/u);
    assert.match((await inApi("#[wire", "wire")) ?? "", /^\*\*Raw method\*\*/u);
    assert.match((await inApi("#[method_meta", "method_meta")) ?? "", /\| `cost` \| `low` \|/u);
    assert.equal(await inApi("with #[optional", "optional"), null);
    assert.equal(await inApi("#[derive", "derive"), null);
  });

  it("show foreign text as text", async () => {
    const said = (await inApi("#[trait_meta", "trait_meta")) ?? "";
    assert.match(said, /\| `owner` \| `` a\\\|b `code` \[link\]\(command:evil\) `` \|/u);
  });

  it("say of a method of an impl block which slot runs it, and which the trait gives it", async () => {
    const find = (await inPlugin("async fn find", "find")) ?? "";
    assert.match(
      find,
      /^\*\*Slot 1\*\* of `Finder`, required\. Hosts call slot 0 for it, and for slot 1 they mean `copy`/u,
    );
    assert.match(find, /int32_t __fidius_shim_Quick_find\(/u);
    const more = (await inPlugin("fn more", "more")) ?? "";
    assert.match(more, /^\*\*Slot 3\*\* of `Finder`, optional, capability bit 0\n/u);
  });

  it("say of a plugin what is in its table, and of the registry which plugins it exports", async () => {
    assert.match(
      (await inPlugin("#[plugin_impl", "plugin_impl")) ?? "",
      /^\*\*Fidius plugin\*\* `Quick`, which implements `Finder`, hash `0x[0-9a-f]{16}`/u,
    );
    assert.match(
      (await inPlugin("fidius_plugin_registry!", "fidius_plugin_registry")) ?? "",
      /^\*\*Fidius registry\*\* of `quick`[\s\S]*- `Quick` for `Finder`/u,
    );
  });

  it("say of a type how its parts cross, at its declaration and where a method names it", async () => {
    const declared = (await inApi("pub struct Spot", "Spot")) ?? "";
    assert.match(declared, /^\*\*Fidius wire type\*\*, a struct of `Finder`/u);
    assert.match(declared, /\| `at` \| 0 \| `4 bytes` \|/u);
    assert.equal(await inApi("spot: Spot", "Spot"), declared);
    assert.match(
      (await inApi("pub enum Kind", "Kind")) ?? "",
      /`Numbered.number` \| 4 \| `8 bytes`/u,
    );
    assert.match((await inApi("width: u16", "width")) ?? "", /\| `width` \| 0 \| `2 bytes` \|/u);
  });

  it("say nothing of code that Fidius has nothing to do with", async () => {
    assert.equal(await inPlugin("pub struct Quick", "struct"), null);
    assert.equal(await inApi("use serde", "serde"), null);
  });

  it("tell a library that is older than the interface from one that is newer", async () => {
    const library = files.path("target/debug/libquick.so");
    mkdirSync(path.dirname(library), { recursive: true });
    writeFileSync(library, "");
    utimesSync(library, 1, 1);
    assert.match((await inApi("fn more", "more")) ?? "", /`quick`: its library is \*\*older\*\*/u);
    const later = Date.now() / 1000 + 60;
    utimesSync(library, later, later);
    assert.match((await inApi("fn more", "more")) ?? "", /`quick`: its library is newer/u);
  });

  it("come without markup for editors that draw none", async () => {
    await using plain = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
      hoverFormats: ["plaintext"],
    });
    const said = await plain.hover(
      files.path("api/src/lib.rs"),
      placeOf(api, "async fn find", "find"),
    );
    assert.match(said ?? "", /^Slot 0 of Finder, required\n/u);
    assert.doesNotMatch(said ?? "", /`|\|/u);
  });
});
