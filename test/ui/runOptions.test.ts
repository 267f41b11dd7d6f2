// Run options and the command line under Invoke: what is typed is kept, said in short, and what runs.

import assert from "node:assert/strict";
import type { Draft } from "../../src/protocol/draft.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("run options in the panel", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  const byId = (id: string) => panel.page.getByTestId(id);
  const line = () => byId("command-line-text").innerText();

  it("are kept with the method's draft and say in short what is set", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await byId("run-options").click();
    await byId("option-profile").fill("release");
    await byId("option-features").fill("fast, exact");
    await byId("option-RUST_LOG").selectOption("debug");
    await byId("option-environment").press("ControlOrMeta+End");
    await byId("option-environment").pressSequentially("\nTOKEN=a b");
    await byId("option-memory").fill("512MiB");
    await byId("option-pick-folder").click();
    await panel.page.getByText("in /data/input.bin").waitFor();
    assert.equal(
      await byId("run-options-summary").innerText(),
      "timeout 30 s · profile release · features fast, exact · 2 variables · in /data/input.bin · memory 512MiB",
    );
    await panel.page.evaluate(() => {
      window.dispatchEvent(new Event("blur"));
    });
    const { options } = (await panel.waitForMessage("draftChanged")) as Draft;
    assert.deepEqual(options, {
      environment: "RUST_LOG=debug\nTOKEN=a b",
      workingDirectory: "/data/input.bin",
      profile: "release",
      features: "fast, exact",
      memory: "512MiB",
      repeat: "",
      warmUp: "",
    });
  });

  it("lead to what is not right instead of running", async () => {
    panel = await lab.open(fixture.panelState({ name: "ping" }));
    await byId("run-options").click();
    await byId("option-environment").fill("A=1\nnothing");
    await byId("run-options").click();
    await panel.invoke.click();
    await byId("option-environment-problem").getByText("Line 2 is no variable.").waitFor();
    assert.equal(await byId("option-environment").inputValue(), "A=1\nnothing");
    await panel.page.waitForFunction(() => document.activeElement?.id === "option-environment");
    assert.deepEqual(await panel.received("invoke"), []);
    assert.equal(await byId("command-line").count(), 0);
    await byId("option-environment").fill("A=1");
    await panel.invoke.click();
    await panel.waitForMessage("invoke");
  });

  it("have no profile and no features for a library that nothing builds", async () => {
    const state = fixture.panelState({ name: "ping" });
    const plugin = state.plugin && {
      ...state.plugin,
      library: { file: "/a/lib.so", slotOrder: "impl" as const },
    };
    panel = await lab.open({ ...state, plugin });
    await byId("run-options").click();
    assert.equal(await byId("option-profile").count(), 0);
    assert.equal(await byId("option-memory").count(), 1);
  });

  it("are part of the command line, which follows what is typed and is copied for either shell", async () => {
    panel = await lab.open(
      fixture.panelState(fixture.calculator, { settingsApart: ["fidius.cargo.extraArgs"] }),
    );
    await byId("command-line").click();
    await byId("settings-apart").getByText("fidius.cargo.extraArgs").waitFor();
    assert.match(await line(), /^fidius-call call basic-calculator\/BasicCalculator\.add_all /u);
    await panel.field("/scale").getByRole("radio", { name: "Some" }).check();
    await panel.input("/scale").fill("2.5");
    await byId("run-options").click();
    await byId("option-RUST_LOG").selectOption("trace");
    await byId("timeout").fill("1.5");
    await byId("command-line-text").getByText('"scale": 2.5').waitFor();
    assert.match(await line(), /^RUST_LOG=trace fidius-call .* --timeout 1500ms --args /u);
    await byId("shell").getByRole("radio", { name: "PowerShell" }).check();
    await byId("copy-command-line").click();
    const { text } = (await panel.waitForMessage("copyText")) as { readonly text: string };
    assert.equal(text, await line());
    assert.match(text, /^\$\{env:RUST_LOG\} = trace\n/u);
  });

  for (const [width, height, theme] of [
    [320, 640, "light"],
    [700, 560, "hc-dark"],
    [1200, 800, "dark"],
  ] as const) {
    it(`leave the form half of the height at ${String(width)} px`, async () => {
      panel = await lab.open(fixture.panelState(fixture.everything), { width, height, theme });
      await byId("run-options").click();
      await byId("command-line").click();
      // Invoke and what stands with it leave the rest of the panel's height to the form.
      const bar = await panel.page.locator(".invoke-bar").boundingBox();
      assert.ok(
        (bar?.height ?? height) <= height / 2,
        `${String(bar?.height)} of ${String(height)} px`,
      );
      const [scrolled, shown] = await panel.page.evaluate(
        () => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const,
      );
      assert.ok(scrolled <= shown, `${String(scrolled)} of ${String(shown)} px`);
      await panel.screenshot(`run-options-${String(width)}`);
    });
  }
});
