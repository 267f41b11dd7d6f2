// Quick fixes for errors that rustc shows: what its words ask for, and what the rules know of the item that it marks.

import assert from "node:assert/strict";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import { LspClient } from "./lspClient.ts";
import { uriOf } from "./serverProcess.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const vendored =
  '[package]\nname = "wires"\nversion = "1.0.0"\nedition = "2021"\n[features]\nnet = []\n';

const titles = (actions: readonly CodeAction[]): readonly string[] =>
  actions.map(({ title }) => title);

/** The quick fixes where an editor shows these. */
function actionsFor(
  client: LspClient,
  file: string,
  diagnostics: readonly Diagnostic[],
): Promise<readonly CodeAction[]> {
  return client.request("textDocument/codeAction", {
    textDocument: { uri: uriOf(file) },
    range: diagnostics[0]?.range,
    context: { diagnostics, only: ["quickfix"] },
  });
}

describe("what rustc says", () => {
  it("of an item that a feature keeps out becomes that feature on the dependency, in any crate", async () => {
    using workspace = new TestFolder({
      "Cargo.toml": manifest("tool", 'cables = { package = "wires", path = "wires" }'),
      "wires/Cargo.toml": vendored,
      "src/lib.rs": "pub fn run() {\n    cables::net::open();\n}\n",
    });
    const item = workspace.write("wires/src/lib.rs", '#[cfg(feature = "net")]\npub mod net;\n');
    const file = workspace.path("src/lib.rs");
    await using client = await LspClient.start({ folders: [workspace.folder] });
    await client.settled();
    const range = { start: { line: 1, character: 12 }, end: { line: 1, character: 15 } };
    const location = { uri: uriOf(item), range };
    const said = (message: string, data?: unknown): Diagnostic => ({
      range,
      source: "rustc",
      code: "E0433",
      message: "cannot find `net` in `cables`",
      relatedInformation: [{ location, message }],
      data,
    });
    const label = "the item is gated behind the `net` feature";
    for (const diagnostic of [
      said(label),
      said("found an item that was configured out", { rendered: `error\n  | ${label}\n` }),
    ]) {
      const actions = await actionsFor(client, file, [diagnostic]);
      assert.deepEqual(titles(actions), [
        "Enable the feature `net` on `cables` in the Cargo.toml of `tool`",
      ]);
      assert.match(JSON.stringify(actions[0]?.edit), /net/u);
    }
    const without = [said("found an item that was configured out")];
    assert.deepEqual(await actionsFor(client, file, without), []);
  });

  it("at an attribute gets the fix of what the rules find in the item below", async () => {
    const serde = 'serde = { version = "1", features = ["derive"] }';
    const point = "pub struct Point {\n    pub x: u8,\n}\n\n";
    const source = point + greeterSource.replace("quick(&self)", "quick(&self, at: Point)");
    using workspace = new TestFolder({
      "Cargo.toml": manifest("greeter", 'fidius = "0.5"', serde),
    });
    const file = workspace.write("src/lib.rs", source);
    await using client = await LspClient.start({
      folders: [workspace.folder],
      options: { isTrusted: false },
    });
    await client.settled();
    const line = source.split("\n").findIndex((text) => text.startsWith("#[plugin_interface"));
    const range = { start: { line, character: 0 }, end: { line, character: 20 } };
    const error: Diagnostic = {
      range,
      source: "rustc",
      code: "E0277",
      message: "the trait bound `Point: Serialize` is not satisfied",
    };
    const derives = (actions: readonly CodeAction[]): number =>
      titles(actions).filter((title) => title.startsWith("Derive")).length;
    assert.equal(derives(await client.codeActions(file, range)), 0);
    assert.equal(derives(await actionsFor(client, file, [error])), 1);
  });
});
