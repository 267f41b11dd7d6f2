// Settings that change while the server runs, and what stands beside a diagnostic: its page.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DiagnosticSeverity } from "vscode-languageserver";
import { setupRules } from "../../src/diagnostics/setup/pages.ts";
import { LspClient } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const source = greeterSource.replace("version = 1,", "").replaceAll("async fn", "fn");

/** Resolves once the server has shown what follows from it. */
async function change(client: LspClient, settings: unknown): Promise<void> {
  await client.notify("workspace/didChangeConfiguration", { settings });
  await client.settled();
}

describe("settings of a server that runs", () => {
  it("change severities, hide and show again, and leave the rest as it is", async () => {
    using workspace = new TestFolder({ "Cargo.toml": manifest("greeter", 'fidius = "0.5"') });
    const file = workspace.write("src/lib.rs", source);
    await using client = await LspClient.start({ folders: [workspace.folder] });
    await client.settled();
    const said = (): readonly string[] =>
      client
        .diagnostics(file)
        .map(({ code, severity }) => `${String(code)} ${String(severity ?? "")}`);
    const error = `interface-version-missing ${String(DiagnosticSeverity.Error)}`;
    assert.deepEqual(said(), [error]);

    await change(client, {
      fidius: { severities: { "interface-version-missing": "hint" } },
    });
    assert.deepEqual(said(), [`interface-version-missing ${String(DiagnosticSeverity.Hint)}`]);

    await change(client, { severities: { "interface-version-missing": "off" } });
    assert.deepEqual(said(), []);

    await change(client, { fidius: { severities: {} } });
    assert.deepEqual(said(), [error]);

    await change(client, { fidius: { isRustAnalyzerActive: true } });
    assert.deepEqual(said(), []);
    await change(client, { fidius: { isRustAnalyzerActive: false } });
    assert.deepEqual(said(), [error]);
  });

  it("that do not fit are told, and those before stay", async () => {
    using workspace = new TestFolder({ "Cargo.toml": manifest("greeter", 'fidius = "0.5"') });
    const file = workspace.write("src/lib.rs", source);
    await using client = await LspClient.start({ folders: [workspace.folder] });
    await client.settled();
    await change(client, { severities: { x: "loud" } });
    assert.ok(client.messages.some((message) => message.includes("the ones before stay")));
    assert.equal(client.diagnostics(file).length, 1);
  });
});

describe("the page of a diagnostic", () => {
  it("is linked from its code, of rules on code as of those on the set-up", async () => {
    using workspace = new TestFolder({ "Cargo.toml": manifest("greeter", 'fidius = "0.5"') });
    const file = workspace.write("src/lib.rs", greeterSource);
    await using client = await LspClient.start({ folders: [workspace.folder] });
    await client.settled();
    const [first] = client.diagnostics(file);
    assert.ok(first !== undefined);
    assert.equal(first.code, "missing-async-feature");
    const href = first.codeDescription?.href ?? "";
    assert.ok(href.endsWith("/docs/diagnostics/missing-async-feature.md"), href);
    assert.ok(existsSync(fileURLToPath(href)));
    assert.ok(setupRules.some(({ id }) => id === first.code));
  });
});
