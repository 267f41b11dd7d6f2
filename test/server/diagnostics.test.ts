import assert from "node:assert/strict";
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver";
import { LspClient, messageOf, textAt } from "./lspClient.ts";
import { uriOf } from "./serverProcess.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const untrusted = { isTrusted: false } as const;
const ready = `fidius = { version = "0.5", features = ["async"] }`;

/** `code: text under the range`, in the order of the text. */
function shown(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...diagnostics]
    .sort((a, b) => a.range.start.line - b.range.start.line)
    .map(({ code, range }) => `${String(code)}: ${textAt(text, range)}`);
}

const demo = (...dependencies: string[]): TestFolder =>
  new TestFolder({ "Cargo.toml": manifest("demo", ...dependencies), "src/lib.rs": greeterSource });

describe("diagnostics", () => {
  it("stand on the async method and the manifest line, and point at each other", async () => {
    using files = demo(`fidius = "0.5"`);
    const [source, toml] = [files.path("src/lib.rs"), files.path("Cargo.toml")];
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const [onMethod, ...others] = client.diagnostics(source);
    const [onLine] = client.diagnostics(toml);
    assert.ok(onMethod && onLine && others.length === 0);
    assert.deepEqual(shown(greeterSource, [onMethod]), ["missing-async-feature: slow"]);
    assert.deepEqual(
      [onMethod.severity, onMethod.source, onLine.severity, onLine.source],
      [DiagnosticSeverity.Error, "fidius", DiagnosticSeverity.Error, "fidius"],
    );
    assert.equal(
      onMethod.message,
      "An async method needs `fidius::async_runtime`, which is only there with the feature `async` of `fidius`: add it in Cargo.toml (until then `--features fidius/async` builds).",
    );
    assert.equal(onMethod.relatedInformation?.[0]?.location.uri, uriOf(toml));
    assert.deepEqual(onMethod.relatedInformation[0].location.range, onLine.range);
    assert.equal(onLine.relatedInformation?.[0]?.location.uri, uriOf(source));
    const model = await client.project();
    assert.deepEqual(model.plugins[0]?.missingAsyncFeatures, ["fidius/async"]);
  });

  it("come and go with unsaved text of source and manifest", async () => {
    using files = demo(ready);
    const [source, toml] = [files.path("src/lib.rs"), files.path("Cargo.toml")];
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    await client.open(source, greeterSource, false);
    await client.open(toml, manifest("demo", ready), false);
    assert.deepEqual([...client.diagnostics(source), ...client.diagnostics(toml)], []);

    await client.edit(toml, `, features = ["async"]`, "");
    assert.deepEqual(shown(greeterSource, client.diagnostics(source)), [
      "missing-async-feature: slow",
    ]);
    assert.deepEqual(shown(client.document(toml).getText(), client.diagnostics(toml)), [
      `missing-async-feature: fidius = { version = "0.5" }`,
    ]);

    // A trait without async methods has nothing to complain of.
    for (const _ of [1, 2]) {
      await client.edit(source, "async fn slow", "fn slow");
    }
    assert.deepEqual([...client.diagnostics(source), ...client.diagnostics(toml)], []);

    // Closing without saving brings back what is on disk.
    await client.close(source, true);
    assert.equal(client.diagnostics(source).length, 1);
    await client.close(toml, true);
    assert.deepEqual([...client.diagnostics(source), ...client.diagnostics(toml)], []);
  });

  it("follow changes on disk, and new and removed files", async () => {
    using files = demo(ready);
    const [source, toml] = [files.path("src/lib.rs"), files.path("Cargo.toml")];
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const watchers = await client.watchers;
    assert.ok(watchers.includes("**/Cargo.toml") && watchers.includes("**/*.rs"));
    files.write("Cargo.toml", manifest("demo", `fidius = "0.5"`));
    await client.filesChanged([toml]);
    assert.equal(client.diagnostics(source).length, 1);
    const added = files.write("plugins/more/src/lib.rs", greeterSource);
    const addedManifest = files.write("plugins/more/Cargo.toml", manifest("more", ready));
    await client.filesChanged([added, addedManifest], 1);
    const names = async (): Promise<readonly string[]> =>
      (await client.project()).plugins.map(({ crate }) => crate.name).sort();
    assert.deepEqual(await names(), ["demo", "more"]);
    files[Symbol.dispose]();
    await client.filesChanged([source, toml, added, addedManifest], 3);
    assert.deepEqual(await names(), []);
    assert.deepEqual(client.diagnostics(source), []);
  });

  it("of several workspace folders, which come and go", async () => {
    using first = demo(`fidius = "0.5"`);
    using second = new TestFolder({
      "Cargo.toml": manifest("other", `fidius = "0.5"`),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [first.folder], options: untrusted });
    const sources = [first, second].map((files) => files.path("src/lib.rs"));
    const counts = (): readonly number[] =>
      sources.map((source) => client.diagnostics(source).length);
    assert.deepEqual(counts(), [1, 0]);
    await client.foldersChanged([second.folder], []);
    assert.deepEqual(counts(), [1, 1]);
    await client.foldersChanged([], [first.folder]);
    assert.deepEqual(counts(), [0, 1]);
  });

  it("name the place where a manifest does not parse, and leave the rest working", async () => {
    using files = new TestFolder({
      "Cargo.toml": `[workspace]\nmembers = ["good", "bad"]\nresolver = "2"\n`,
      "good/Cargo.toml": manifest("good", `fidius = "0.5"`),
      "good/src/lib.rs": greeterSource,
      "bad/Cargo.toml": `[package]\nname = "bad"\nversion = = "1"\n`,
      "bad/src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const [problem, ...others] = client.diagnostics(files.path("bad/Cargo.toml"));
    assert.ok(problem && others.length === 0);
    assert.equal(problem.code, "manifest");
    assert.equal(problem.range.start.line, 2);
    assert.equal(client.diagnostics(files.path("good/src/lib.rs")).length, 1);
    const model = await client.project();
    assert.equal(model.notices.length, 1);
    assert.equal(model.notices[0]?.file, files.path("bad/Cargo.toml"));
    // Mended in the editor, without saving.
    await client.open(files.path("bad/Cargo.toml"), manifest("bad", ready), true);
    assert.deepEqual(client.diagnostics(files.path("bad/Cargo.toml")), []);
  });

  it("warn of another runtime in an async method, there only", async () => {
    const source = greeterSource
      .replace("        name\n", "        async_std::task::sleep(PAUSE).await;\n        name\n")
      .replace(
        "pub struct Polite;",
        `pub struct Polite;

const PAUSE: std::time::Duration = std::time::Duration::from_millis(1);

fn outside() {
    async_std::task::block_on(async {});
}`,
      );
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `async-std = "1"`, ready),
      "src/lib.rs": source,
    });
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const onMethod = client.diagnostics(files.path("src/lib.rs"));
    assert.deepEqual(shown(source, onMethod), ["foreign-runtime: async_std::task::sleep"]);
    assert.equal(onMethod[0]?.severity, DiagnosticSeverity.Warning);
    assert.match(messageOf(onMethod[0]), /Fidius runs async methods on tokio, and `async_std` /u);
    assert.deepEqual(
      client.diagnostics(files.path("Cargo.toml")).map(({ severity }) => severity),
      [DiagnosticSeverity.Warning],
    );
  });

  it("are only likely where another dependency may enable tokio's feature", async () => {
    const source = greeterSource.replace(
      "        name\n",
      "        tokio::time::sleep(std::time::Duration::ZERO).await;\n        name\n",
    );
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", ready, `reqwest = "0.12"`, `tokio = "1"`),
      "src/lib.rs": source,
    });
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const [onMethod] = client.diagnostics(files.path("src/lib.rs"));
    assert.equal(onMethod?.code, "missing-tokio-feature");
    assert.equal(onMethod.severity, DiagnosticSeverity.Warning);
    assert.match(messageOf(onMethod), /unless another dependency enables it/u);
  });

  it("say where a crate path leads nowhere", async () => {
    const source = greeterSource.replace(
      "#[plugin_impl(Greeter)]",
      `#[plugin_impl(Greeter, crate = "nowhere::fidius")]`,
    );
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", ready),
      "src/lib.rs": source,
    });
    await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
    const found = client.diagnostics(files.path("src/lib.rs"));
    assert.deepEqual(shown(source, found), [`crate-path-unresolved: "nowhere::fidius"`]);
    assert.match(messageOf(found[0]), /leads to no crate: correct `crate = "…"`/u);
  });

  it("name what cfg keeps out of the build, until the build of the folder has it", async () => {
    const gated = `#[cfg(feature = "extra")]\nmod gated {\n${greeterSource}\n}\n`;
    using files = new TestFolder({
      "Cargo.toml": `${manifest("demo", ready)}\n[features]\nextra = []\n`,
      "src/lib.rs": gated,
    });
    const source = files.path("src/lib.rs");
    {
      await using client = await LspClient.start({ folders: [files.folder], options: untrusted });
      const found = client.diagnostics(source);
      assert.deepEqual(
        found.map(({ code, severity }) => [code, severity]),
        found.map(() => ["not-in-build", DiagnosticSeverity.Information]),
      );
      assert.match(
        messageOf(found[0]),
        /is not in this build: it needs the feature `extra`\. Build/,
      );
      const { plugins, leftOut } = await client.project();
      assert.deepEqual(plugins, []);
      assert.deepEqual(
        leftOut?.map(({ kind, features }) => [kind, features]),
        [
          ["interface", ["extra"]],
          ["plugin", ["extra"]],
        ],
      );
    }
    const builds = [{ folder: files.folder, profile: "dev", arguments: ["--features", "extra"] }];
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { ...untrusted, builds },
    });
    assert.deepEqual(client.diagnostics(source), []);
    const { plugins, leftOut } = await client.project();
    assert.equal(plugins.length, 1);
    assert.deepEqual(leftOut, []);
  });

  it("miss no feature that the build of the folder turns on", async () => {
    using files = demo(`fidius = "0.5"`);
    const builds = [{ folder: files.folder, arguments: ["--features=fidius/async"] }];
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { ...untrusted, builds },
    });
    assert.deepEqual(client.diagnostics(files.path("src/lib.rs")), []);
    const { plugins } = await client.project();
    assert.deepEqual(plugins[0]?.missingAsyncFeatures, []);
  });
});
