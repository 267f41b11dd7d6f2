// Run options, repeated calls and sets of limits, from the panel to the plugin and into the history.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, invokeTargets, openFile, type MethodTarget } from "../extension.ts";
import { Panel } from "../panel.ts";
import { takePicture } from "../workbench.ts";

describe("calls that are made several times", () => {
  let targets: ReadonlyMap<string, MethodTarget>;

  before(async () => {
    await activeExtension();
    const { document } = await openFile("basic-calculator", "src", "lib.rs");
    targets = await invokeTargets(document);
  });

  const open = (method: string): Promise<Panel> => {
    const target = targets.get(method);
    assert.ok(target !== undefined, `no lens for ${method}`);
    return Panel.open(target);
  };

  it("are repeated for their times, which the next ones are compared with", async () => {
    const { frame } = await open("add");
    await frame.getByTestId("run-options").click();
    await frame.getByTestId("option-repeat").fill("20");
    await frame.getByTestId("option-warmUp").fill("2");
    for (const rows of [0, 1]) {
      await frame.getByTestId("invoke-more").click();
      await frame.getByTestId("invoke-more-repeat").click();
      await frame.getByTestId("repeat-summary").getByText("20 calls after 2 to warm up").waitFor();
      await frame.getByTestId("call-strip").waitFor();
      await frame.locator('[data-testid="repeat-times"] tbody').locator("tr").nth(rows).waitFor();
    }
    assert.match(await frame.getByTestId("repeat-before").innerText(), /^dev, /u);
    await takePicture("repeat");
  });

  it("are made once with each set of limits, each a call of its own", async () => {
    const { frame } = await open("divide");
    await frame.getByTestId("invoke-more").click();
    await frame.getByTestId("invoke-more-limits").click();
    await frame.getByTestId("series").waitFor();
    const rows = await frame.getByTestId("series-row").count();
    assert.ok(rows > 3);
    // Division by zero is one of them.
    await frame.locator('[data-kind="pluginError"]').first().waitFor();
    assert.equal(await frame.getByTestId("series-open").count(), rows);
    await takePicture("limits");
    const failed = frame.locator('[data-kind="pluginError"]').first();
    await failed.getByTestId("series-open").click();
    await frame.getByTestId("error-code").getByText("DIVISION_BY_ZERO").waitFor();
    // The others stay at hand.
    const current = frame.locator('[data-testid="series-row"][aria-current="true"]');
    await current.getByText("PluginError DIVISION_BY_ZERO").waitFor();
    await frame.getByTestId("series-open").first().click();
    await frame.getByTestId("error-code").waitFor({ state: "detached" });
    assert.equal(await frame.getByTestId("series-row").count(), rows);
  });

  it("show the command line that makes the same call", async () => {
    const { frame } = await open("add");
    await frame.getByTestId("command-line").click();
    await frame.getByTestId("copy-command-line").click();
    const shown = await frame.getByTestId("command-line-text").innerText();
    assert.match(
      shown,
      /^fidius-call call basic-calculator\/BasicCalculator\.add --manifest-path /u,
    );
    const deadline = performance.now() + 30_000;
    while ((await vscode.env.clipboard.readText()) !== shown) {
      assert.ok(performance.now() < deadline, "the line did not come to the clipboard");
    }
  });
});
