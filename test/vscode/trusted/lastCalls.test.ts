// Calls in the source and in the History view: the lens of the last call, results beside the source, comparing, searching, copying
// and watching, on the plugin that the suite before this one has built.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  activeExtension,
  invokeTargets,
  openFile,
  replaceText,
  type MethodTarget,
} from "../extension.ts";
import { Panel } from "../panel.ts";
import { pickRow, takePicture, webview, workbench } from "../workbench.ts";

const buildMs = 300_000;

describe("calls in the source", () => {
  let targets: ReadonlyMap<string, MethodTarget>;
  let source: vscode.TextDocument;

  before(async () => {
    await activeExtension();
    const editor = await openFile("basic-calculator", "src", "lib.rs");
    source = editor.document;
    targets = await invokeTargets(source);
  });

  const targetOf = (method: string): MethodTarget => {
    const target = targets.get(method);
    assert.ok(target !== undefined, `no lens for ${method}`);
    return target;
  };

  /** The source alone, from its first line. */
  async function showSource(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const editor = await openFile("basic-calculator", "src", "lib.rs");
    // Closing its editor may have closed the document, too.
    source = editor.document;
    editor.revealRange(new vscode.Range(0, 0, 0, 0), vscode.TextEditorRevealType.AtTop);
  }

  /** Gives a method arguments in the panel and calls it from there. */
  async function call(
    method: string,
    values: Readonly<Record<string, number>>,
    state: "ok" | "error",
  ): Promise<void> {
    const panel = await Panel.open(targetOf(method));
    await panel.writeJson(JSON.stringify(values));
    const before = await newestCall(method);
    await panel.invoke(state);
    // A panel may show such a state from before; the call that is recorded is the new one.
    await until(async () => (await newestCall(method)) !== before);
  }

  async function until(isTrue: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + buildMs;
    while (!(await isTrue())) {
      assert.ok(performance.now() < deadline, "it did not come to be");
    }
  }

  /** Id of the last call of a method, which its lens opens; undefined before the first one. */
  async function newestCall(method: string): Promise<string | undefined> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      source.uri,
      100,
    );
    const at = lenses.findIndex(
      ({ command }) =>
        command?.command === "fidius.invoke" &&
        (command.arguments?.[0] as MethodTarget).method === method,
    );
    const last = lenses
      .slice(at, at + 3)
      .find(({ command }) => command?.command === "fidius.openCall");
    return (last?.command?.arguments?.[0] as { readonly id: string } | undefined)?.id;
  }

  async function lastCall(method: string): Promise<string> {
    const id = await newestCall(method);
    assert.ok(id !== undefined, `${method} has no lens of a last call`);
    return id;
  }

  /** What stands behind the line of a method, once it matches. */
  async function behindLine(pattern: RegExp): Promise<void> {
    const page = await workbench();
    await page.waitForFunction(
      `[...document.querySelectorAll(".view-lines span")].some((element) =>
        /${pattern.source}/u.test(getComputedStyle(element, "::after").content))`,
      undefined,
      { timeout: buildMs },
    );
  }

  it("have a lens that says what came of the last one, failure plainly, and opens it", async () => {
    await call("add", { a: 2, b: 3 }, "ok");
    await call("divide", { dividend: 7, divisor: 0 }, "error");
    await showSource();
    const page = await workbench();
    const lenses = page.locator(".codelens-decoration");
    await lenses
      .getByText(/^Last: ok [\d.]+ ms$/u)
      .first()
      .waitFor();
    await lenses.getByText("Debug", { exact: true }).first().waitFor();
    const failed = lenses.locator("a", { hasText: "Last: PluginError DIVISION_BY_ZERO" });
    await failed.first().waitFor();
    await takePicture("lenses");
    await failed.first().click();
    const panel = new Panel(await webview());
    await panel.frame.getByTestId("error-code").getByText("DIVISION_BY_ZERO").waitFor();
  });

  it("are made without leaving the source; the result stands there until the next edit", async () => {
    await showSource();
    const page = await workbench();
    await vscode.commands.executeCommand("fidius.invokeHere", targetOf("add"));
    await behindLine(/⇒ 5 · [\d.]+ ms/u);
    const status = page.locator(".statusbar-item", { hasText: "Calculator::add ok" });
    await status.waitFor();
    await vscode.commands.executeCommand("fidius.invokeHere", targetOf("divide"));
    await behindLine(/✗ PluginError DIVISION_BY_ZERO: cannot divide 7 by zero/u);
    await behindLine(/⇒ 5/u);
    await takePicture("here");
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
    await replaceText(source, "//! A calculator plugin.", "//! A calculator plugin!");
    await status.waitFor({ state: "detached" });
    await page.waitForFunction(
      `![...document.querySelectorAll(".view-lines span")].some((element) =>
        /[⇒✗]/u.test(getComputedStyle(element, "::after").content))`,
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("take the method at the cursor, and the panel where arguments were never given", async () => {
    await showSource();
    const editor = vscode.window.activeTextEditor;
    const at = source.positionAt(source.getText().indexOf("a + b"));
    assert.ok(editor !== undefined);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand("fidius.invokeHere");
    await behindLine(/⇒ 5/u);
    await vscode.commands.executeCommand("fidius.invokeHere", targetOf("count_primes"));
    await Panel.showing("count_primes");
  });

  it("are compared as they were chosen: by meaning first, then as text", async () => {
    await call("add", { a: 2, b: 3 }, "ok");
    const older = await lastCall("add");
    await call("add", { a: 2, b: 40 }, "ok");
    const newer = await lastCall("add");
    assert.notEqual(older, newer);
    await showSource();
    // The newer one was clicked, and the older one stands on the left all the same.
    const comparing = vscode.commands.executeCommand("fidius.compareCalls", { id: newer }, [
      { id: newer },
      { id: older },
    ]);
    const page = await workbench();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "5 → 42" }).waitFor();
    await pickRow("Compare as Text");
    await comparing;
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const [left, right] = await Promise.all(
      [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.deepEqual(JSON.parse(left?.getText() ?? ""), { arguments: { a: 2, b: 3 }, result: 5 });
    assert.deepEqual(JSON.parse(right?.getText() ?? ""), {
      arguments: { a: 2, b: 40 },
      result: 42,
    });
  });

  it("are compared with the one before and with what they give now", async () => {
    await showSource();
    const before = await lastCall("add");
    await vscode.commands.executeCommand("fidius.compareCallWithPrevious", { id: before });
    const previous = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(previous instanceof vscode.TabInputTextDiff);
    assert.equal(previous.modified.query, before);
    await vscode.commands.executeCommand("fidius.compareCallWithNow", { id: before });
    const now = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(now instanceof vscode.TabInputTextDiff);
    assert.equal(now.original.query, before);
    assert.equal(now.modified.query, await lastCall("add"));
  });

  it("are found in the History view by words of their outcome and arguments", async () => {
    await vscode.commands.executeCommand("fidius.history.focus");
    const page = await workbench();
    const rows = page.locator(".sidebar .monaco-list-row", { hasText: "Calculator::" });
    await rows.filter({ hasText: "Calculator::add" }).first().waitFor();
    const searching = vscode.commands.executeCommand("fidius.searchHistory");
    await page.locator(".quick-input-widget input.input").fill("division_by_zero 7");
    await page.keyboard.press("Enter");
    await searching;
    await rows.filter({ hasText: "Calculator::divide" }).first().waitFor();
    await rows.filter({ hasText: "Calculator::add" }).first().waitFor({ state: "detached" });
    await takePicture("history-search");
    await vscode.commands.executeCommand("fidius.endHistorySearch");
    await rows.filter({ hasText: "Calculator::add" }).first().waitFor();
  });

  it("are not recorded while the setting says so", async () => {
    const before = await lastCall("add");
    const settings = vscode.workspace.getConfiguration("fidius.history");
    await settings.update("record", false, vscode.ConfigurationTarget.Global);
    await showSource();
    await vscode.commands.executeCommand("fidius.invokeHere", targetOf("add"));
    await behindLine(/⇒ 42/u);
    assert.equal(await lastCall("add"), before);
    await settings.update("record", undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand("fidius.invokeHere", targetOf("add"));
    assert.notEqual(await lastCall("add"), before);
  });

  it("are copied as a command line and as a Rust test", async () => {
    const page = await workbench();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.bringToFront();
    const id = await lastCall("add");
    const copied = async (copyAs: string): Promise<string> => {
      await vscode.commands.executeCommand("fidius.copyCall", { id, copyAs });
      return vscode.env.clipboard.readText();
    };
    assert.match(
      await copied("bash"),
      /^fidius-call call basic-calculator\/BasicCalculator\.add --manifest-path \S+ --timeout 30000ms --args '\{ "a": 2, "b": 40 \}'$/u,
    );
    assert.match(await copied("rustTest"), /call_method::<_, i64>\(0, &\(2_i64, 40_i64\)\)/u);
    assert.match(await copied("rustLiteral"), /^let a = 2;\nlet b = 40;\nlet result = 42;\n$/u);
    assert.match(await copied("report"), /^# Calculator::add: ok\n/u);
    assert.deepEqual(JSON.parse(await copied("json")), { arguments: { a: 2, b: 40 }, result: 42 });
    const entry = JSON.parse(await copied("launch")) as Record<string, unknown>;
    assert.deepEqual(entry["arguments"], { a: 2, b: 40 });
    assert.equal(entry["method"], "basic-calculator/BasicCalculator.add");
  });

  it("that are watched are made again after a save, and show what changed, old beside new", async () => {
    await showSource();
    const id = await lastCall("add");
    await vscode.commands.executeCommand("fidius.watchCall", { id });
    await replaceText(source, "a + b", "a + b + 1");
    await source.save();
    await behindLine(/⇒ 43 \(was 42\)/u);
    const page = await workbench();
    await page.locator(".tabs-container .tab", { hasText: "Calculator::add" }).waitFor();
    const diff = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) => input)
      .find((input) => input instanceof vscode.TabInputTextDiff);
    assert.equal(diff?.original.query, id);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), source.uri.toString());
    await takePicture("watched");
    await vscode.commands.executeCommand("fidius.unwatchCall", { id });
    await replaceText(source, "a + b + 1", "a + b");
    await source.save();
  });
});
