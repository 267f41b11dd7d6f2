// The language server over stdio as editors on Windows speak to it: their URIs, files in any case, workspace folders on two drives.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeLens } from "vscode-languageserver";
import { LspClient } from "../server/lspClient.ts";
import { greeterSource, manifest, TestFolder } from "../server/workspace.ts";

/** Node's URI of a file, `file:///C:/…`, and VS Code's. */
const spellings: readonly (readonly [name: string, uriOf: (file: string) => string])[] = [
  ["file:///C:/", (file) => pathToFileURL(file).href],
  [
    "file:///c%3A/",
    (file) =>
      pathToFileURL(file).href.replace(
        /^file:\/\/\/([A-Za-z]):/u,
        (_, drive: string) => `file:///${drive.toLowerCase()}%3A`,
      ),
  ],
];

/** No program runs: Windows keeps a folder while one runs in it. */
const options = { isTrusted: false };

const fidius = 'fidius = "0.5"';

function greeter(): TestFolder {
  return new TestFolder({
    "Cargo.toml": manifest("greeter", fidius),
    "src/lib.rs": greeterSource,
  });
}

/** Lenses of a document by whatever URI the editor has for it. */
async function lensesAt(client: LspClient, uri: string): Promise<CodeLens[]> {
  return client.request("textDocument/codeLens", { textDocument: { uri } });
}

describe("the language server on Windows' paths", function () {
  this.timeout(60_000);

  for (const [name, uriOf] of spellings) {
    it(`answers with the editor's own URI: ${name}`, async () => {
      using workspace = greeter();
      await using client = await LspClient.start({ folders: [workspace.folder], uriOf, options });
      const file = workspace.path("src/lib.rs");
      const uri = uriOf(file);
      await client.open(file, greeterSource, false);
      assert.ok((await lensesAt(client, uri)).length > 0);
      await client.edit(file, "buffer = PluginAllocated", "buffer = Nothing");
      await client.until(() => client.allDiagnostics().get(uri)?.length !== undefined);
      const told = [...client.allDiagnostics()].filter(([, found]) => found.length > 0);
      assert.ok(
        told.some(([where]) => where === uri),
        JSON.stringify(told),
      );
    });

    it(`sees files that change on disk: ${name}`, async () => {
      using workspace = greeter();
      await using client = await LspClient.start({ folders: [workspace.folder], uriOf, options });
      const file = workspace.path("src/lib.rs");
      await client.written([{ file, text: greeterSource.replaceAll("Polite", "Rude") }]);
      assert.deepEqual(
        (await client.project()).plugins.map((plugin) => plugin.name),
        ["Rude"],
      );
    });
  }

  it("takes a document in another case than its manifest has it", async () => {
    using workspace = new TestFolder({
      "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["Plugins/Greeter"]\n',
      "plugins/greeter/Cargo.toml": manifest("greeter", fidius),
      "plugins/greeter/SRC/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [workspace.folder] });
    // Cargo says paths in its own spelling.
    await client.settled();
    const { plugins } = await client.project();
    assert.deepEqual(
      plugins.map((plugin) => plugin.name),
      ["Polite"],
    );
    const file = workspace.path("plugins/greeter/SRC/lib.rs");
    await client.open(file, greeterSource, false);
    assert.ok((await client.codeLenses(file)).length > 0);
    await client.edit(file, "Polite", "Kind");
    await client.edit(file, "for Polite", "for Kind");
    assert.deepEqual(
      (await client.project()).plugins.map((plugin) => plugin.name),
      ["Kind"],
    );
  });

  it("reads a Cargo.toml of another case, and follows edits of it", async () => {
    using workspace = new TestFolder({
      "CARGO.toml": manifest("greeter", fidius),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [workspace.folder], options });
    const packages = async (): Promise<readonly string[]> =>
      (await client.project()).plugins.map((plugin) => plugin.crate.name);
    assert.deepEqual(await packages(), ["greeter"]);
    const file = workspace.path("CARGO.toml");
    await client.written([{ file, text: manifest("welcomer", fidius) }]);
    assert.deepEqual(await packages(), ["welcomer"]);
  });

  it("has workspace folders on two drives", async () => {
    using workspace = greeter();
    const other = realpathSync(mkdtempSync("D:\\fidius-"));
    try {
      mkdirSync(path.join(other, "src"));
      writeFileSync(path.join(other, "Cargo.toml"), manifest("other", fidius));
      writeFileSync(path.join(other, "src/lib.rs"), greeterSource.replaceAll("Polite", "Far"));
      await using client = await LspClient.start({ folders: [workspace.folder, other] });
      await client.settled();
      assert.notEqual(path.parse(other).root, path.parse(tmpdir()).root);
      const names = async (): Promise<readonly string[]> =>
        (await client.project()).plugins.map((plugin) => plugin.name).sort();
      assert.deepEqual(await names(), ["Far", "Polite"]);
      await client.foldersChanged([], [workspace.folder]);
      while ((await names()).length > 1) {
        await client.nextChange();
      }
      assert.deepEqual(await names(), ["Far"]);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
