// Types that no source tells, in the panel: the compiler is asked, the argument is JSON, and serde has the last word.

import assert from "node:assert/strict";
import { activeExtension, invokeTargets, openFile, type MethodTarget } from "../extension.ts";
import { Panel } from "../panel.ts";
import { takePicture } from "../workbench.ts";

/** The bridge and all that it depends on are compiled first. */
const buildTimeoutMs = 400_000;

describe("the compiler's word", () => {
  let targets: ReadonlyMap<string, MethodTarget>;

  before(async () => {
    await activeExtension();
    const { document } = await openFile("plugin", "src", "lib.rs");
    targets = await invokeTargets(document);
  });

  const open = async (method: string): Promise<Panel> => {
    const target = targets.get(method);
    assert.ok(target !== undefined, `no lens for ${method}`);
    return Panel.open(target);
  };

  it("is asked by a button, and the argument is then JSON that the plugin gets", async () => {
    const panel = await open("invert");
    const { frame } = panel;
    await frame.getByTestId("ask-compiler").click();
    const editor = frame.getByTestId("serde-editor").locator(".cm-content");
    await editor.waitFor({ timeout: buildTimeoutMs });
    assert.match((await editor.textContent()) ?? "", /^"#[\da-f]{6}"$/u);
    await editor.fill('"red"');
    await frame.getByTestId("message").getByText('"red" is no colour like #rrggbb').waitFor();
    await takePicture("serde-problem");
    await editor.fill('"#010203"');
    await frame.getByTestId("message").waitFor({ state: "detached" });
    await panel.invoke("ok");
    assert.match(await panel.value(), /#fefdfc/u);
    await takePicture("serde-result");
  });

  it("is at hand for other methods of the interface at once", async () => {
    const panel = await open("grow");
    await panel.frame.getByTestId("serde-edit").click();
    const editor = panel.frame.getByTestId("serde-editor").locator(".cm-content");
    await editor.fill("[18446744073709551614,-170141183460469231731687303715884105728]");
    await panel.invoke("ok");
    assert.match(await panel.value(), /18446744073709551615/u);
  });

  it("knows configurations and items of streams too", async () => {
    const panel = await open("tint");
    const { frame } = panel;
    await frame.getByTestId("invoke").click();
    const pane = frame.getByTestId("instance-editor");
    await pane.getByTestId("instance-name").fill("grey");
    await pane.getByTestId("ask-compiler").click();
    const configuration = pane.getByTestId("serde-editor").locator(".cm-content");
    await configuration.waitFor({ timeout: buildTimeoutMs });
    await configuration.fill('{"base":"grey","width":{"pixels":2,"label":null}}');
    await pane
      .getByTestId("message")
      .getByText(/"grey" is no colour/u)
      .waitFor();
    await configuration.fill('{"base":"#101010","width":{"pixels":2,"label":null}}');
    await pane.getByTestId("message").waitFor({ state: "detached" });
    await takePicture("serde-configuration");
    await pane.getByTestId("build-instance").click();
    await frame
      .locator('[data-testid="instance-state"][data-live="true"]')
      .waitFor({ timeout: buildTimeoutMs });

    await frame.getByTestId("ask-compiler-items").click();
    await frame.getByTestId("items-offer").waitFor({ state: "detached", timeout: buildTimeoutMs });
    await frame.getByTestId("invoke").click();
    const composer = frame.getByTestId("composer");
    await composer.getByTestId("serde-edit").click();
    await composer.getByTestId("serde-editor").locator(".cm-content").fill('"#010203"');
    await frame.getByTestId("stream-send").click();
    await frame.getByTestId("stream-run").click();
    await frame.getByTestId("stream-row").filter({ hasText: '"#010203"' }).waitFor();
    await frame.getByTestId("stream-row").filter({ hasText: '"#111213"' }).waitFor();
    await frame.getByTestId("stream-row").nth(1).click();
    await frame.getByTestId("stream-detail").getByText("#111213").waitFor();
    await takePicture("serde-stream");
    await frame.getByTestId("stream-finish").click();
    await frame.getByTestId("stream-summary").waitFor();
  });
});
