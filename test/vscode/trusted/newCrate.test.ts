// "Fidius: New Plugin…": from the palette to a plugin that is listed and called, and undone as one edit.

import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { activeExtension, invokeTargets, openFile, workspaceFile } from "../extension.ts";
import { Panel } from "../panel.ts";
import { pickRow, runFromPalette, takePicture, workbench } from "../workbench.ts";

describe("new crates", () => {
  let original: string;
  let lock: string;
  const manifest = (): string => readFileSync(workspaceFile("Cargo.toml"), "utf8");

  before(async () => {
    await activeExtension();
    original = manifest();
    lock = readFileSync(workspaceFile("Cargo.lock"), "utf8");
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(workspaceFile("polite-plugin"), { recursive: true, force: true });
    writeFileSync(workspaceFile("Cargo.toml"), original);
    writeFileSync(workspaceFile("Cargo.lock"), lock);
  });

  /** The file that the editor shows once it is one of the new crate. */
  const made = (): Promise<vscode.TextDocument> =>
    new Promise((resolve) => {
      const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.fileName === workspaceFile("polite-plugin", "src", "lib.rs")) {
          listener.dispose();
          resolve(editor.document);
        }
      });
    });

  it("a plugin is asked for from the palette, with what is wrong said in the box", async () => {
    const making = made();
    await runFromPalette("Fidius: New Plugin…");
    await pickRow("An Interface of Its Own");
    await pickRow("Sync");
    await pickRow("Plain");
    const page = await workbench();
    const input = page.locator(".quick-input-widget input.input");
    await page.locator(".quick-input-title", { hasText: "New Plugin (4/4)" }).waitFor();
    assert.equal(await input.inputValue(), "my-plugin");
    await input.fill("basic-calculator");
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-message", { hasText: "has files already" }).waitFor();
    await takePicture("new-plugin");
    await input.fill("polite-plugin");
    await page.keyboard.press("Enter");
    await making;
    assert.match(manifest(), /"type-tour", "polite-plugin"\]/u);
  });

  it("the plugin that was made has its lens, and is called", async () => {
    const { document } = await openFile("polite-plugin", "src", "lib.rs");
    const target = (await invokeTargets(document)).get("greet");
    assert.ok(target !== undefined);
    const panel = await Panel.open(target);
    await panel.input("/name").fill("Ada");
    await panel.invoke("ok");
    assert.match(await panel.value(), /Hello, Ada!/u);
  });

  it("Undo takes all of it back", async () => {
    const { document } = await openFile("Cargo.toml");
    await vscode.commands.executeCommand("undo");
    const isThere = (): boolean =>
      document.getText() !== original ||
      existsSync(workspaceFile("polite-plugin", "src", "lib.rs")) ||
      existsSync(workspaceFile("polite-plugin", "Cargo.toml"));
    const deadline = performance.now() + 60_000;
    while (isThere() && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(!isThere(), document.getText());
    await document.save();
  });

  it("other extensions and keybindings make a crate without a question", async () => {
    await vscode.commands.executeCommand("fidius.newPlugin", {
      folder: workspaceFile("polite-plugin"),
      interfaceName: "Calculator",
    });
    const text = readFileSync(workspaceFile("polite-plugin", "src", "lib.rs"), "utf8");
    assert.match(text, /impl Calculator for PolitePlugin \{/u);
    assert.match(manifest(), /"type-tour", "polite-plugin"\]/u);
  });
});
