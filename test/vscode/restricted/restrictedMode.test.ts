// Restricted Mode: the sources are read, and nothing is run. The workspace's cargo configuration names a compiler that leaves a
// trace: even `cargo metadata` starts it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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
import { workbench } from "../workbench.ts";

const trace = (): string => workspaceFile("rustc-was-run");

describe("in Restricted Mode", () => {
  before(async () => {
    await activeExtension();
  });

  it("plugins are listed and have lenses", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await vscode.commands.executeCommand("workbench.view.extension.fidius");
    const page = await workbench();
    await page.locator(".sidebar").getByText("BasicCalculator", { exact: true }).waitFor();
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    await page.locator(".codelens-decoration a", { hasText: "Invoke" }).first().waitFor();
    assert.equal((await invokeTargets(document)).size, 7);
  });

  it("mistakes are found while typing", async () => {
    const manifest = await vscode.workspace.openTextDocument(
      workspaceFile("basic-calculator", "Cargo.toml"),
    );
    await replaceText(manifest, ', features = ["async"] }', " }");
    const source = vscode.Uri.file(workspaceFile("basic-calculator", "src", "lib.rs"));
    await diagnosticsOf(source, (codes) => codes.includes("missing-async-feature"));
  });

  it("the panel says why Invoke is off, and pressing it all the same runs nothing", async () => {
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    const target = (await invokeTargets(document)).get("add");
    assert.ok(target !== undefined);
    const panel = await Panel.open(target);
    assert.match(
      (await panel.frame.getByTestId("obstacle").textContent()) ?? "",
      /runs code from this folder/u,
    );
    await panel.frame.getByTestId("invoke").click({ force: true });
    const state = panel.frame.getByTestId("panel");
    assert.equal(await state.getAttribute("data-state"), "idle");
  });

  it("answers of host functions are shown, and cannot be changed", async () => {
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    await replaceText(
      document,
      "fidius::fidius_plugin_registry!();",
      "#[fidius::host_interface(version = 1)]\npub trait Store: Send + Sync { fn count(&self) -> u32; }\nfidius::fidius_plugin_registry!();",
    );
    const target = (await invokeTargets(document)).get("add");
    assert.ok(target !== undefined);
    const { frame } = await Panel.open(target);
    await frame.getByTestId("host-functions-toggle").click();
    const reason = (await frame.getByTestId("host-functions-read-only").textContent()) ?? "";
    assert.match(reason, /Restricted Mode/u);
    await frame.locator(".host-functions-body [inert]").waitFor({ state: "attached" });
    assert.equal(await frame.getByText("count() -> u32").count(), 1);
    const file = workspaceFile("basic-calculator", "fidius.host-functions.json");
    assert.equal(existsSync(file), false);
  });

  it("commands that run programs are refused and say why", async () => {
    await vscode.commands.executeCommand("fidius.debug");
    await vscode.commands.executeCommand("fidius.buildPlugin");
    await vscode.commands.executeCommand("notifications.showList");
    const page = await workbench();
    await page.locator(".notification-list-item-message", { hasText: "Restricted Mode" }).waitFor();
  });

  it("no program was run", () => {
    assert.equal(existsSync(trace()), false);
    // The trap would have shown it:
    execFileSync("cargo", ["metadata", "--format-version=1"], {
      cwd: workspaceFile(),
      stdio: "ignore",
    });
    assert.equal(existsSync(trace()), true);
  });
});
