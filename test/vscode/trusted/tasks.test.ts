// Tasks of the type `fidius`: offered, run, and with rustc's problems, with no extension for Rust beside ours.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { activeExtension, workspaceFile } from "../extension.ts";

/** Runs a task; its exit code. */
async function run(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name === task.name) {
        listener.dispose();
        resolve(exitCode);
      }
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

async function taskNamed(name: string): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks({ type: "fidius" });
  const names = tasks.map((task) => task.name).join(", ");
  return tasks.find((task) => task.name === name) ?? assert.fail(`no ${name} among ${names}`);
}

describe("tasks", () => {
  const source = workspaceFile("basic-calculator", "src", "lib.rs");
  const folder = workspaceFile("packed");

  before(async () => {
    await activeExtension();
    mkdirSync(folder);
    writeFileSync(
      workspaceFile("packed", "package.toml"),
      '[package]\nname = "packed"\nversion = "1.0.0"\ninterface = "calculator-interface"\ninterface_version = 1\nruntime = "python"\n\n[metadata]\n\n[python]\nentry_module = "packed"\n',
    );
    writeFileSync(workspaceFile("packed", "packed.py"), "");
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(workspaceFile("packed-1.0.0.fid"), { force: true });
  });

  it("build a crate with plugins", async () => {
    assert.equal(await run(await taskNamed("build basic-calculator")), 0);
  });

  it("show the errors of a check in Problems", async () => {
    const good = readFileSync(source, "utf8");
    const shown = new Promise<vscode.Diagnostic>((resolve) => {
      const listener = vscode.languages.onDidChangeDiagnostics(() => {
        const found = vscode.languages
          .getDiagnostics(vscode.Uri.file(source))
          .find((diagnostic) => diagnostic.source === "rustc");
        if (found !== undefined) {
          listener.dispose();
          resolve(found);
        }
      });
    });
    try {
      writeFileSync(source, `${good}\nconst WRONG: u8 = "text";\n`);
      assert.notEqual(await run(await taskNamed("check basic-calculator")), 0);
      assert.match((await shown).message, /mismatched types/u);
    } finally {
      writeFileSync(source, good);
    }
  });

  it("pack a package by fidius-call, without any program installed", async () => {
    assert.equal(await run(await taskNamed("pack packed")), 0);
    assert.ok(existsSync(workspaceFile("packed-1.0.0.fid")));
  });
});
