// The main job: from the lens or the palette to a result in the panel, on plugins that cargo builds now.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, invokeTargets, openFile, type MethodTarget } from "../extension.ts";
import { Panel } from "../panel.ts";
import { runFromPalette, takePicture, workbench } from "../workbench.ts";

describe("Invoke", () => {
  let targets: ReadonlyMap<string, MethodTarget>;

  const open = (method: string): Promise<Panel> => {
    const target = targets.get(method);
    assert.ok(target !== undefined, `no lens for ${method}`);
    return Panel.open(target);
  };

  before(async () => {
    await activeExtension();
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    const page = await workbench();
    await page.locator(".codelens-decoration a", { hasText: "Invoke" }).first().waitFor();
    targets = await invokeTargets(document);
  });

  it("calls a sync method from its lens", async () => {
    const editor = await openFile("basic-calculator", "src", "lib.rs");
    editor.revealRange(new vscode.Range(0, 0, 0, 0), vscode.TextEditorRevealType.AtTop);
    const page = await workbench();
    await page.locator(".codelens-decoration a", { hasText: "Invoke" }).first().click();
    const panel = await Panel.showing("add");
    await panel.input("/a").fill("2");
    await panel.input("/b").fill("9223372036854775805");
    await panel.invoke("ok");
    assert.match(await panel.value(), /9223372036854775807/u);
  });

  it("calls an async method from the palette, with arguments from the JSON tab", async () => {
    await runFromPalette("Fidius: Invoke Method");
    const page = await workbench();
    await page.locator(".quick-input-widget input.input").fill("sum_slowly");
    await page
      .locator(".quick-input-list .monaco-list-row")
      .getByText("BasicCalculator.sum_slowly")
      .click();
    const panel = await Panel.showing("sum_slowly");
    await panel.writeJson('{ "values": [1.5, 2.25, 38.5], "delay_ms": 10 }');
    await panel.invoke("ok");
    assert.match(await panel.value(), /42\.25/u);
  });

  it("shows the code and message of a PluginError", async () => {
    const panel = await open("divide");
    await panel.input("/dividend").fill("170141183460469231731687303715884105727");
    await panel.input("/divisor").fill("0");
    await panel.invoke("error");
    assert.equal(await panel.frame.getByTestId("error-code").textContent(), "DIVISION_BY_ZERO");
    assert.match(
      await panel.value(),
      /cannot divide 170141183460469231731687303715884105727 by zero/u,
    );
  });

  it("shows the message and the place of a panic, and calls again after it", async () => {
    const panel = await open("factorial");
    await panel.input("/n").fill("35");
    await panel.invoke("panic");
    const text = await panel.value();
    assert.match(text, /35! does not fit into a u128/u);
    assert.match(text, /lib\.rs:\d+/u);
    await panel.input("/n").fill("34");
    await panel.invoke("ok");
    assert.match(await panel.value(), /295232799039604140847618609643520000000/u);
  });

  it("remembers its calls: History lists them, shows one again and runs it again", async () => {
    const panel = await open("divide");
    await panel.input("/divisor").fill("5");
    await vscode.commands.executeCommand("fidius.history.focus");
    const page = await workbench();
    const rows = page.locator(".monaco-list-row", { hasText: "Calculator::divide" });
    await rows.filter({ hasText: "DIVISION_BY_ZERO" }).first().click();
    assert.equal(await panel.frame.getByTestId("error-code").textContent(), "DIVISION_BY_ZERO");
    await panel.frame.getByTestId("call-arguments").waitFor();
    const number = await panel.frame.getByTestId("call-place").textContent();
    assert.match(number ?? "", /^(\d+) of \1$/u);
    await panel.frame.getByTestId("call-actions").click();
    await panel.frame.getByTestId("call-actions-run-again").click();
    const count = Number(number?.split(" ").at(-1)) + 1;
    await panel.frame.getByTestId("call-place").getByText(`${count} of ${count}`).waitFor();
    // What was typed for the next call is still there.
    assert.equal(await panel.input("/divisor").inputValue(), "5");
    await panel.invoke("ok");
    await panel.frame.getByTestId("header").getByRole("heading").first().press("Alt+PageUp");
    await panel.frame.getByTestId("error-code").waitFor();
  });

  it("shows structs and enums in the form and in the result", async () => {
    const panel = await open("add_all");
    await panel.writeJson(
      `{ "terms": [
        { "value": 26.2, "unit": "Mile", "scale": null },
        { "value": 195, "unit": "Metre", "scale": 0.5 }
      ] }`,
    );
    await panel.frame.getByTestId("request-tab-form").click();
    await panel.invoke("ok");
    const text = await panel.value();
    assert.match(text, /total_in_metres/u);
    assert.match(text, /42262\.3128/u);
    await takePanelPicture(panel);
  });
});

/** The picture of README.md: the source beside a panel wide enough for its two columns. */
async function takePanelPicture(panel: Panel): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeSidebar");
  await vscode.commands.executeCommand("vscode.setEditorLayout", {
    orientation: 0,
    groups: [{ size: 0.3 }, { size: 0.7 }],
  });
  await panel.frame.getByTestId("tree-row").first().waitFor();
  await takePicture("panel");
}
