import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { CodeAction, Range, WorkspaceEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LspClient, messageOf } from "./lspClient.ts";
import { uriOf } from "./serverProcess.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const untrusted = { isTrusted: false } as const;
const ready = `fidius = { version = "0.5", features = ["async"] }`;

/** The range of the first place of a text in a text. */
function rangeOf(text: string, part: string): Range {
  const document = TextDocument.create("", "", 0, text);
  const start = text.indexOf(part);
  assert.ok(start >= 0, `no ${part}`);
  return { start: document.positionAt(start), end: document.positionAt(start + part.length) };
}

interface EditedFile {
  readonly version: number | null;
  readonly text: string;
}

/** What an edit makes of the texts, by file. */
function apply(
  edit: WorkspaceEdit | null | undefined,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, EditedFile>> {
  const changes = (edit?.documentChanges ?? []).flatMap((change) =>
    "edits" in change ? [change] : [],
  );
  return Object.fromEntries(
    changes.map(({ textDocument: { uri, version }, edits }) => {
      const file = fileURLToPath(uri);
      const document = TextDocument.create("", "", 0, texts[file] ?? assert.fail(file));
      const plain = edits.map(({ range, ...rest }) => ({
        range,
        newText: "newText" in rest ? rest.newText : assert.fail("a snippet"),
      }));
      return [file, { version, text: TextDocument.applyEdits(document, plain) }];
    }),
  );
}

const titles = (actions: readonly CodeAction[]): readonly string[] =>
  actions.map(({ title, isPreferred }) => `${isPreferred === true ? "* " : ""}${title}`);

const demo = (...dependencies: string[]): TestFolder =>
  new TestFolder({ "Cargo.toml": manifest("demo", ...dependencies), "src/lib.rs": greeterSource });

describe("quick fixes", () => {
  it("edit open documents at their version and closed files as they are on disk", async () => {
    using files = demo(`fidius = "0.5"`);
    const [source, toml] = [files.path("src/lib.rs"), files.path("Cargo.toml")];
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const onDisk = manifest("demo", `fidius = "0.5"`);
    const elsewhere = rangeOf(greeterSource, "fn quick(&self) -> u8 {");
    assert.deepEqual(await client.codeActions(source, elsewhere), []);
    const method = client.diagnostics(source)[0]?.range ?? assert.fail();
    const [onClosed] = await client.codeActions(source, method);
    assert.deepEqual(apply(onClosed?.edit, { [toml]: onDisk }), {
      [toml]: { version: null, text: manifest("demo", ready) },
    });
    assert.deepEqual(
      onClosed?.diagnostics?.map(({ code }) => code),
      ["missing-async-feature"],
    );

    const unsaved = manifest("demo", `# not saved`, `fidius = { version = "0.5" }`);
    await client.open(toml, unsaved, true);
    await client.edit(toml, "# not saved", "# still not saved");
    const [onOpen] = await client.codeActions(source, method);
    assert.deepEqual(apply(onOpen?.edit, { [toml]: client.document(toml).getText() }), {
      [toml]: { version: 2, text: manifest("demo", `# still not saved`, ready) },
    });
  });

  it("do without versions for editors that have none", async () => {
    using files = demo(`fidius = "0.5"`);
    const source = files.path("src/lib.rs");
    await using client = await LspClient.start({
      folders: [files.folder],
      options: untrusted,
      canVersionEdits: false,
    });
    const method = client.diagnostics(source)[0]?.range ?? assert.fail();
    const [action] = await client.codeActions(source, method);
    assert.equal(action?.edit?.documentChanges, undefined);
    assert.deepEqual(action?.edit?.changes?.[uriOf(files.path("Cargo.toml"))], [
      {
        range: rangeOf(manifest("demo", `fidius = "0.5"`), `"0.5"`),
        newText: `{ version = "0.5", features = ["async"] }`,
      },
    ]);
  });

  it("are one edit for everything that a plugin lacks", async () => {
    const source = greeterSource
      .replace("use fidius::{plugin_impl, plugin_interface};", "mod api;\nuse api::Greeter;")
      .replace(/#\[plugin_interface[^}]*\}\n/su, "")
      .replace("#[plugin_impl(", "#[fidius::plugin_impl(")
      .replace(
        "        name\n",
        "        tokio::time::sleep(std::time::Duration::ZERO).await;\n        name\n",
      );
    const api = `#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync {
    fn quick(&self) -> u8;
    async fn slow(&self, name: String) -> String;
}
`;
    const before = manifest("demo", `fidius = "0.5" # Fidius`, `tokio = "1" # for timers`);
    using files = new TestFolder({ "Cargo.toml": before, "src/lib.rs": source, "src/api.rs": api });
    const [lib, toml] = [files.path("src/lib.rs"), files.path("Cargo.toml")];
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const { plugins } = await client.project();
    assert.deepEqual(plugins[0]?.missingAsyncFeatures, ["fidius/async", "tokio/time"]);
    const edit = await client.asyncFeatureFix("demo::Polite as Greeter");
    assert.deepEqual(apply(edit, { [lib]: source, [toml]: before }), {
      [toml]: {
        version: null,
        text: manifest(
          "demo",
          `${ready} # Fidius`,
          `tokio = { version = "1", features = ["time"] } # for timers`,
        ),
      },
      [lib]: {
        version: null,
        text: source.replace("use api::Greeter;", "use api::{Greeter, __fidius_Greeter};"),
      },
    });
    assert.equal(await client.asyncFeatureFix("demo::Nobody as Greeter"), null);
    // At the place that names tokio the fix is offered too.
    const actions = await client.codeActions(lib, rangeOf(source, "tokio::time::sleep"));
    assert.deepEqual(titles(actions), [
      "* Enable the feature `time` on `tokio` in the Cargo.toml of `demo`",
    ]);
  });

  it("offer the interface's line first and a line of one's own second", async () => {
    const api = `pub use fidius;\npub use fidius::plugin_impl;

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated, crate = "crate::fidius")]
pub trait Greeter: Send + Sync {
    async fn slow(&self, name: String) -> String;
}
`;
    const source = `use api::*;

pub struct Polite;

#[plugin_impl(Greeter, crate = "api::fidius")]
impl Greeter for Polite {
    async fn slow(&self, name: String) -> String {
        name
    }
}
`;
    using files = new TestFolder({
      "Cargo.toml": `[workspace]\nmembers = ["api", "plugins/polite"]\nresolver = "2"\n`,
      "api/Cargo.toml": manifest("api", `fidius = { path = "../vendor/fidius" }`),
      "api/src/lib.rs": api,
      "plugins/polite/Cargo.toml": manifest("polite", `api = { path = "../../api" }`),
      "plugins/polite/src/lib.rs": source,
      "vendor/fidius/Cargo.toml": `[package]\nname = "fidius"\nversion = "0.5.9"\nedition = "2021"\n\n[features]\nasync = []\n\n[workspace]\n`,
      "vendor/fidius/src/lib.rs": `pub mod descriptor {}\n`,
    });
    const lib = files.path("plugins/polite/src/lib.rs");
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const [onMethod] = client.diagnostics(lib);
    assert.equal(onMethod?.code, "missing-async-feature");
    assert.match(
      messageOf(onMethod),
      /which comes from `api`: add it in Cargo.toml \(until then `-p api --features fidius\/async` builds\)/u,
    );
    const actions = await client.codeActions(lib, onMethod.range);
    assert.deepEqual(titles(actions), [
      "* Enable the feature `async` on `fidius` in the Cargo.toml of `api`",
      "Add `fidius` with the feature `async` to the Cargo.toml of `polite`",
    ]);
    const own = files.path("plugins/polite/Cargo.toml");
    const before = manifest("polite", `api = { path = "../../api" }`);
    // The same package as the interface has, from where this manifest stands.
    assert.deepEqual(apply(actions[1]?.edit, { [own]: before }), {
      [own]: {
        version: null,
        text: `${before}fidius = { path = "../../vendor/fidius", features = ["async"] }\n`,
      },
    });
  });

  it("bring no second Fidius from another place", async () => {
    const from = `git = "https://example.org/fidius", branch = "main"`;
    const api = greeterSource.replace(/pub struct.*/su, "").replace("plugin_impl, ", "");
    const source = `use api::*;

pub struct Polite;

#[fidius_macro::plugin_impl(Greeter)]
impl Greeter for Polite {
    fn quick(&self) -> u8 {
        1
    }
    async fn slow(&self, name: String) -> String {
        name
    }
}
`;
    using files = new TestFolder({
      "Cargo.toml": `[workspace]\nmembers = ["api", "polite"]\nresolver = "2"\n`,
      "api/Cargo.toml": manifest("api", `fidius = { ${from} }`),
      "api/src/lib.rs": api,
      "polite/Cargo.toml": manifest(
        "polite",
        `api = { path = "../api" }`,
        `fidius-macro = { ${from} }`,
      ),
      "polite/src/lib.rs": source,
    });
    const lib = files.path("polite/src/lib.rs");
    const toml = files.path("polite/Cargo.toml");
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const edit = await client.asyncFeatureFix("polite::Polite as Greeter");
    assert.equal(client.diagnostics(lib)[0]?.code, "missing-fidius-dependency");
    assert.deepEqual(
      apply(edit, {
        [toml]: manifest("polite", `api = { path = "../api" }`, `fidius-macro = { ${from} }`),
      })[toml]?.text,
      manifest(
        "polite",
        `api = { path = "../api" }`,
        `fidius = { ${from}, features = ["async"] }`,
        `fidius-macro = { ${from} }`,
      ),
    );
  });

  it("are none where there is nothing to mend", async () => {
    using files = demo(ready);
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    assert.deepEqual(
      await client.codeActions(files.path("src/lib.rs"), rangeOf(greeterSource, greeterSource)),
      [],
    );
    assert.equal(await client.asyncFeatureFix("demo::Polite as Greeter"), null);
  });
});
