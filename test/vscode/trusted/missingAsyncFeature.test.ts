// An async plugin without the async feature: said while typing, callable all the same, mended by the quick fix.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  activeExtension,
  diagnosticsOf,
  invokeTargets,
  openFile,
  replaceText,
  workspaceFile,
} from "../extension.ts";
import { Panel } from "../panel.ts";

const code = "missing-async-feature";
const has = (codes: readonly string[]): boolean => codes.includes(code);

describe("a plugin without the async feature", () => {
  const source = (): vscode.Uri =>
    vscode.Uri.file(workspaceFile("basic-calculator", "src", "lib.rs"));
  let manifest: vscode.TextDocument;
  let sound: string;

  before(async () => {
    await activeExtension();
    await openFile("basic-calculator", "src", "lib.rs");
    manifest = await vscode.workspace.openTextDocument(
      workspaceFile("basic-calculator", "Cargo.toml"),
    );
    sound = manifest.getText();
    await replaceText(manifest, ', features = ["async"] }', " }");
    await manifest.save();
  });

  it("is reported on the async methods and on the manifest's line", async () => {
    const inSource = await diagnosticsOf(source(), has);
    const inManifest = await diagnosticsOf(manifest.uri, has);
    const document = await vscode.workspace.openTextDocument(source());
    const words = inSource.map(({ range }) => document.getText(range));
    assert.ok(words.includes("sum_slowly"), `found on ${words.join(", ")}`);
    assert.match(manifest.lineAt(inManifest[0]?.range.start.line ?? 0).text, /^fidius = /u);
  });

  it("can be called all the same, and the panel says how", async () => {
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    const target = (await invokeTargets(document)).get("sum_slowly");
    assert.ok(target !== undefined);
    const panel = await Panel.open(target);
    await panel.writeJson('{ "values": [20.5, 21.5], "delay_ms": 1 }');
    await panel.invoke("ok");
    const text = await panel.value();
    assert.match(text, /42/u);
    assert.match(text, /fidius\/async/u);
  });

  it("is mended by the preferred quick fix, everything else left as it was", async () => {
    const [diagnostic] = (await diagnosticsOf(source(), has)).filter((each) =>
      has([String(codeOf(each))]),
    );
    assert.ok(diagnostic !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      source(),
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const preferred = actions.find(({ isPreferred, edit }) => isPreferred === true && edit);
    assert.ok(preferred?.edit !== undefined, "there is no preferred quick fix");
    assert.ok(await vscode.workspace.applyEdit(preferred.edit));
    assert.equal(manifest.getText(), sound);
    await manifest.save();
    await diagnosticsOf(source(), (codes) => !has(codes));
    await diagnosticsOf(manifest.uri, (codes) => !has(codes));
  });
});

function codeOf({ code: given }: vscode.Diagnostic): string | number | undefined {
  return typeof given === "object" ? given.value : given;
}
