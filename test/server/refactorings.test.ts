// Refactorings and fix-all as an editor applies them: over files and crates, and afterwards no rule has anything to say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CodeAction, Range, WorkspaceEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { serverCommands } from "../../src/protocol/lsp.ts";
import { afterRefactoring, beforeRefactoring } from "../support/refactoredExample.ts";
import { LspClient } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const fidius = `fidius = "=0.5.9"`;
const serde = `serde = { version = "1", features = ["derive"] }`;

const api = `pub use fidius;

#[fidius::plugin_interface(version = 4, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    fn find(&self, name: String) -> u8;
    fn count(&self) -> u32;
}
`;

const plugin = (name: string): string => `use api::{Finder, __fidius_Finder};
use fidius::plugin_impl;

pub struct ${name};

#[plugin_impl(Finder)]
impl Finder for ${name} {
    fn find(&self, name: String) -> u8 {
        name.len() as u8
    }
    fn count(&self) -> u32 {
        3
    }
}

fidius::fidius_plugin_registry!();
`;

function workspace(): TestFolder {
  return new TestFolder({
    "Cargo.toml": `[workspace]\nmembers = ["api", "one", "two"]\nresolver = "2"\n`,
    "api/Cargo.toml": manifest("api", fidius).replace("cdylib", "rlib"),
    "api/src/lib.rs": api,
    "one/Cargo.toml": manifest("one", `api = { path = "../api" }`, `${fidius} # pinned`),
    "one/src/lib.rs": plugin("One"),
    "two/Cargo.toml": manifest("two", `api = { path = "../api" }`, fidius),
    "two/src/lib.rs": plugin("Two"),
  });
}

function rangeOf(text: string, before: string, word: string): Range {
  const document = TextDocument.create("", "", 0, text);
  const start = text.indexOf(word, text.indexOf(before));
  assert.ok(text.includes(before) && start >= 0, `${before} ${word}`);
  return { start: document.positionAt(start), end: document.positionAt(start) };
}

/** Writes what an edit makes of the files, as editors without the files open do. */
async function apply(edit: WorkspaceEdit | undefined, client: LspClient): Promise<void> {
  const changed = (edit?.documentChanges ?? []).map((change) => {
    assert.ok("textDocument" in change);
    const file = fileURLToPath(change.textDocument.uri);
    const document = TextDocument.create("", "", 0, readFileSync(file, "utf8"));
    const edits = change.edits.map(({ range, ...rest }) => ({
      range,
      newText: "newText" in rest ? rest.newText : assert.fail("a snippet"),
    }));
    return { file, text: TextDocument.applyEdits(document, edits) };
  });
  assert.ok(changed.length > 0, "nothing to apply");
  await client.written(changed);
}

const complaints = (client: LspClient): readonly unknown[] =>
  [...client.allDiagnostics().values()]
    .flat()
    .filter(({ severity }) => severity === 1 || severity === 2)
    .map(({ code, message }) => [code, message]);

describe("all fixes of the open folders", () => {
  it("are one edit that the command asks the editor for", async () => {
    using files = workspace();
    const [one, two] = [files.path("one/src/lib.rs"), files.path("two/src/lib.rs")];
    files.write("one/src/lib.rs", plugin("One").replace("{Finder, __fidius_Finder}", "Finder"));
    const [, count = ""] = /( {4}fn count[\s\S]*? {4}\}\n)/u.exec(plugin("Two")) ?? [];
    const moved = plugin("Two").replace(count, "").replace("    fn find", `${count}    fn find`);
    files.write("two/src/lib.rs", moved);
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    // The companion is missed by each of two methods, the order is said once.
    assert.equal(complaints(client).length, 3, JSON.stringify(complaints(client)));
    client.onEdit = (edit) => apply(edit, client);
    assert.deepEqual(await client.execute(serverCommands.fixAll, null), { fixed: 3 });
    assert.equal(readFileSync(one, "utf8"), plugin("One"));
    assert.equal(readFileSync(two, "utf8"), plugin("Two"));
    assert.deepEqual(complaints(client), []);
    assert.deepEqual(await client.execute(serverCommands.fixAll, null), { fixed: 0 });
  });
});

describe("refactorings", () => {
  async function at(
    client: LspClient,
    file: string,
    before: string,
    word: string,
  ): Promise<readonly CodeAction[]> {
    const range = rangeOf(readFileSync(file, "utf8"), before, word);
    return client.codeActions(file, range, "refactor.rewrite");
  }

  it("make a method async and sync again in the trait and in plugins of other crates", async () => {
    using files = workspace();
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    assert.deepEqual(complaints(client), []);
    const [trait, one] = [files.path("api/src/lib.rs"), files.path("one/src/lib.rs")];
    const [toAsync] = await at(client, trait, "fn find", "find");
    assert.equal(toAsync?.title, "Make `find` async in the trait and in 2 impl blocks");
    assert.equal(toAsync.kind, "refactor.rewrite");
    await apply(toAsync.edit, client);
    assert.equal(readFileSync(one, "utf8"), plugin("One").replace("fn find", "async fn find"));
    assert.equal(readFileSync(trait, "utf8"), api.replace("fn find", "async fn find"));
    // What its code needs of Fidius comes along.
    assert.match(
      readFileSync(files.path("one/Cargo.toml"), "utf8"),
      /^fidius = \{ version = "=0\.5\.9", features = \["async"\] \} # pinned$/mu,
    );
    assert.deepEqual(complaints(client), []);

    const [toSync] = await at(client, one, "fn find", "find");
    assert.equal(toSync?.title, "Make `find` sync in the trait and in 2 impl blocks");
    await apply(toSync.edit, client);
    assert.equal(readFileSync(one, "utf8"), plugin("One"));
    assert.equal(readFileSync(trait, "utf8"), api);
    assert.deepEqual(complaints(client), []);
  });

  it("make a method optional: last in the trait and in every plugin, in a version of its own", async () => {
    using files = workspace();
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const trait = files.path("api/src/lib.rs");
    const actions = await at(client, files.path("two/src/lib.rs"), "fn find", "find");
    const optional = actions.find(({ title }) => title.startsWith("Make `find` optional"));
    assert.equal(
      optional?.title,
      "Make `find` optional since version 5, at the end of the trait and its impl blocks",
    );
    await apply(optional.edit, client);
    assert.equal(
      readFileSync(trait, "utf8"),
      `pub use fidius;

#[fidius::plugin_interface(version = 5, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    fn count(&self) -> u32;
    #[optional(since = 5)]
    fn find(&self, name: String) -> u8;
}
`,
    );
    const { plugins } = await client.project();
    assert.deepEqual(
      plugins.map(({ methods }) => methods.map(({ name }) => name)),
      [
        ["count", "find"],
        ["count", "find"],
      ],
    );
    assert.deepEqual(complaints(client), []);
  });

  it("keep comments and form, and give what the compiler takes", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = { version = "=0.5.9", features = ["async"] }`),
      "src/lib.rs": beforeRefactoring,
    });
    const file = files.path("src/lib.rs");
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    for (const [before, word, title] of [
      ["fn rename", "rename", "Own the arguments of `rename` in the trait and in its impl block"],
      ["fn find", "find", "Make `find` async in the trait and in its impl block"],
      [
        "fn count",
        "count",
        "Make `count` optional since version 2, at the end of the trait and its impl blocks",
      ],
    ] as const) {
      const actions = await at(client, file, before, word);
      const action = actions.find((each) => each.title === title);
      assert.ok(action, actions.map((each) => each.title).join());
      await apply(action.edit, client);
    }
    assert.equal(readFileSync(file, "utf8"), afterRefactoring);
    assert.deepEqual(complaints(client), []);
  });

  it("offer nothing that Fidius or the code does not allow", async () => {
    const source = `use fidius::{plugin_impl, plugin_interface, Stream};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    async fn waits(&self) -> u8;
    #[wire(raw)]
    fn raw(&self, data: Vec<u8>) -> Vec<u8>;
    fn items(&self) -> Stream<u8>;
    #[optional(since = 1)]
    fn more(&self) -> u8;
}

pub struct Quick;

#[plugin_impl(Finder)]
impl Finder for Quick {
    async fn waits(&self) -> u8 {
        std::future::ready(1).await
    }
    #[wire(raw)]
    fn raw(&self, data: Vec<u8>) -> Vec<u8> {
        data
    }
    fn items(&self) -> Stream<u8> {
        Stream::new()
    }
    fn more(&self) -> u8 {
        1
    }
}

fidius::fidius_plugin_registry!();
`;
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = { version = "=0.5.9", features = ["async"] }`),
      "src/lib.rs": source,
    });
    const file = files.path("src/lib.rs");
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const titles = async (before: string, word: string): Promise<readonly string[]> =>
      (await at(client, file, before, word)).map(({ title }) =>
        title.split(" ").slice(0, 3).join(" "),
      );
    assert.deepEqual(await titles("fn waits", "waits"), ["Make `waits` optional"]);
    assert.deepEqual(await titles("fn raw", "raw"), ["Make `raw` optional"]);
    assert.deepEqual(await titles("fn items", "items"), ["Make `items` optional"]);
    assert.deepEqual(await titles("fn more", "more"), ["Make `more` async"]);
    assert.deepEqual(await titles("std::future", "ready"), []);
    assert.deepEqual(await titles("pub struct", "Quick"), []);
  });

  it("mend all of a file at once, and what follows from it the next time", async () => {
    const source = `use fidius::{plugin_impl, plugin_interface};

pub struct Spot {
    pub at: u8,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    fn first(&self, at: Spot) -> u8;
    fn second(&self, name: &str) -> u8;
    async fn third(&self) -> u8;
}

pub struct Quick;

#[plugin_impl(Finder)]
impl Finder for Quick {
    async fn third(&self) -> u8 {
        3
    }
    fn first(&self, at: Spot) -> u8 {
        at.at
    }
    fn second(&self, name: &str) -> u8 {
        name.len() as u8
    }
}
`;
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", fidius, serde),
      "src/lib.rs": source,
    });
    const file = files.path("src/lib.rs");
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const before = complaints(client).length;
    assert.ok(before >= 4, JSON.stringify(complaints(client)));
    const whole = rangeOf(source, "use", "use");
    let rounds = 0;
    for (;;) {
      const [all] = await client.codeActions(file, whole, "source.fixAll");
      if (all === undefined) {
        break;
      }
      assert.equal(all.kind, "source.fixAll.fidius");
      rounds += 1;
      assert.ok(rounds <= 3, JSON.stringify(complaints(client)));
      await apply(all.edit, client);
    }
    assert.deepEqual(complaints(client), []);
  });
});
