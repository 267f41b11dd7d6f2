// The packed extension starts, with every command of its manifest.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension } from "../extension.ts";

describe("the extension", () => {
  it("activates", async () => {
    assert.equal((await activeExtension()).isActive, true);
  });

  it("registers every command of its manifest", async () => {
    const manifest = (await activeExtension()).packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const { commands } = manifest.contributes;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
