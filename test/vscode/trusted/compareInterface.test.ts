// "Fidius: Compare Interface…" and the lens on a trait, on a repository made of the open workspace.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import * as vscode from "vscode";
import { activeExtension, openFile, workspaceFile } from "../extension.ts";
import { pickRow, runFromPalette, takePicture, workbench } from "../workbench.ts";

describe("comparing an interface", () => {
  const git = (...words: readonly string[]): void => {
    const person = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    execFileSync("git", [...person, ...words], { cwd: workspaceFile(), stdio: "ignore" });
  };

  let original: string;

  before(async () => {
    await activeExtension();
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "all");
    git("tag", "v0.3");
    const editor = await openFile("calculator-interface", "src", "lib.rs");
    const { document } = editor;
    original = document.getText();
    const at = document.getText().indexOf("fn add(");
    assert.ok(at > 0);
    await editor.edit((edit) => {
      edit.insert(document.positionAt(at), "fn subtract(&self, a: i64) -> i64;\n\n    ");
    });
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    // VS Code in a browser saves by itself: what other suites build is as it was.
    const { document } = await openFile("calculator-interface", "src", "lib.rs");
    const edit = new vscode.WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), original);
    await vscode.workspace.applyEdit(edit);
    await document.save();
    rmSync(workspaceFile(".git"), { recursive: true, force: true });
  });

  /** The document that is shown next. */
  const shown = (): Promise<vscode.TextDocument> =>
    new Promise((resolve) => {
      const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.uri.scheme === "fidius-compare") {
          listener.dispose();
          resolve(editor.document);
        }
      });
    });

  it("is a lens on the trait, which shows the changes of unsaved text", async () => {
    const page = await workbench();
    const lens = page.locator(".codelens-decoration a", { hasText: "breaking change since v0.3" });
    const showing = shown();
    await lens.first().click();
    const document = await showing;
    assert.equal(document.languageId, "markdown");
    assert.match(document.getText(), /^# Calculator since v0\.3\n/u);
    assert.match(
      document.getText(),
      /- \*\*method-inserted\*\* \[calculator-interface\/src\/lib\.rs:\d+\]\(file:/u,
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith("/src/lib.rs") === true));
    await takePicture("comparison");
  });

  it("asks which interface and with what, when it comes from the palette", async () => {
    await openFile("calculator-interface", "src", "lib.rs");
    const showing = shown();
    await runFromPalette("Fidius: Compare Interface…");
    await pickRow("Calculator");
    await pickRow("Last Tag", "v0.3");
    assert.match((await showing).getText(), /1 breaking change since v0\.3/u);
  });
});
