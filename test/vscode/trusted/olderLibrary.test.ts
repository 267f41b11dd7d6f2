// A library that is older than its types, with an equal interface hash because only a struct changed: one that is never built before
// a call is called by the types of its build, and what differs is said.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import { activeExtension, invokeTargets, openFile, workspaceFile } from "../extension.ts";
import { Panel } from "../panel.ts";
import { pickRow } from "../workbench.ts";

/** Of a struct that has more fields by now; the last of today's would swallow bytes that were never written. */
const argumentsOfBuild = `{ "terms": [{ "value": 2, "unit": "Kilometre", "scale": null }] }`;
const note =
  /`Report` has gained the field `average` since \S*basic_calculator\.\w+ was built; the call uses the types of that build\./u;

describe("a library that is older than its types", () => {
  const source = (): string => workspaceFile("calculator-interface", "src", "lib.rs");
  let sourceBefore: string;
  let folder: string;

  before(async () => {
    await activeExtension();
    sourceBefore = readFileSync(source(), "utf8");
    folder = mkdtempSync(join(tmpdir(), "fidius-older-"));
  });
  after(async () => {
    writeFileSync(source(), sourceBefore);
    rmSync(folder, { recursive: true, force: true });
    await beforeInvoke(undefined);
  });

  const libraryFile = (): string => {
    const prefix = process.platform === "win32" ? "" : "lib";
    const suffix = { win32: "dll", darwin: "dylib" }[process.platform as string] ?? "so";
    const target = process.env["CARGO_TARGET_DIR"] ?? workspaceFile("target");
    return join(target, "debug", `${prefix}basic_calculator.${suffix}`);
  };

  const beforeInvoke = async (value: "never" | undefined): Promise<void> => {
    await vscode.workspace
      .getConfiguration("fidius")
      .update("build.beforeInvoke", value, vscode.ConfigurationTarget.Global);
  };

  const assertOfItsBuild = async (panel: Panel): Promise<void> => {
    await panel.writeJson(argumentsOfBuild);
    await panel.invoke("ok");
    const value = await panel.value();
    assert.match(value, /count.*1.*total_in_metres.*2000.*longest_in_metres.*2000/su);
    assert.doesNotMatch(value, /average:/u);
    assert.match((await panel.frame.getByTestId("notes").textContent()) ?? "", note);
  };

  it("that is never built before a call: the types of its build read the value, and a note says what differs", async () => {
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    const target = (await invokeTargets(document)).get("add_all");
    assert.ok(target !== undefined);
    const panel = await Panel.open(target);
    await panel.writeJson(argumentsOfBuild);
    await panel.invoke("ok");
    assert.equal(await panel.frame.getByTestId("notes").count(), 0, "it is of today");

    await beforeInvoke("never");
    const field = "    pub longest_in_metres: Option<f64>,\n";
    assert.ok(sourceBefore.includes(field));
    writeFileSync(source(), sourceBefore.replace(field, `${field}    pub average: f64,\n`));
    await assertOfItsBuild(panel);
  });

  it("that was opened: the same, wherever it lies", async () => {
    const file = join(folder, basename(libraryFile()));
    cpSync(libraryFile(), file);
    await Promise.all([
      vscode.commands.executeCommand("fidius.openLibrary", vscode.Uri.file(file)),
      pickRow("BasicCalculator.add_all"),
    ]);
    const panel = await Panel.showing("add_all");
    assert.equal(await panel.frame.getByTestId("library-file").textContent(), basename(file));
    await assertOfItsBuild(panel);
    await vscode.commands.executeCommand("fidius.closeLibrary", { libraryPath: file });
  });
});
