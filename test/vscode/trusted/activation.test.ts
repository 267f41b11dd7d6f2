// The packed extension starts, with every command of its manifest.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { workbench } from "../workbench.ts";

const extensionId = "fidius-tools.fidius";

describe("the extension", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension !== undefined, "not installed");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("registers every command of its manifest", async () => {
    const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("shows a window that can be driven", async () => {
    const page = await workbench();
    assert.match(await page.title(), /workspace/u);
  });
});
