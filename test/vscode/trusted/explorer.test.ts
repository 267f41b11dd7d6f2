// The Fidius view and the lenses: what is found in the sources, before anything is built.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, invokeTargets, openFile } from "../extension.ts";
import { workbench } from "../workbench.ts";

const calculatorMethods = [
  "add",
  "add_all",
  "divide",
  "factorial",
  "count_primes",
  "sum_slowly",
  "mean",
];

describe("a workspace of plugins", () => {
  before(activeExtension);

  it("is listed in the Fidius view: crates, interfaces, plugins, methods", async () => {
    await vscode.commands.executeCommand("workbench.view.extension.fidius");
    const page = await workbench();
    const rows = page.locator(".sidebar .monaco-list-row");
    for (const name of [
      "basic-calculator",
      "BasicCalculator",
      "Tour",
      "Calculator",
      "sum_slowly",
    ]) {
      await rows.getByText(name, { exact: true }).first().waitFor();
    }
  });

  it("has a lens Invoke above every method, sync and async", async () => {
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    const page = await workbench();
    await page.locator(".codelens-decoration a", { hasText: "Invoke" }).first().waitFor();
    assert.deepEqual([...(await invokeTargets(document)).keys()], calculatorMethods);
  });

  it("offers its methods in the palette", async () => {
    const page = await workbench();
    const picking = vscode.commands.executeCommand("fidius.invoke");
    const list = page.locator(".quick-input-list .monaco-list-row");
    const input = page.locator(".quick-input-widget input.input");
    for (const method of ["BasicCalculator.divide", "Tour.echo_later"]) {
      await input.fill(method);
      await list.getByText(method).waitFor();
    }
    await page.keyboard.press("Escape");
    await picking;
  });
});
