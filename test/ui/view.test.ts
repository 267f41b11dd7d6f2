// What stands in the head, and what a reload of the page leaves as it was.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("panel: head and view", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  const byId = (id: string) => panel.page.getByTestId(id);

  it("shows the Markdown of doc comments as text with code, and the slot without a badge", async () => {
    panel = await lab.open(
      fixture.panelState({ doc: "Adds `terms` up.\n\n- **never** fails\n\n```\nadd(1)\n```" }),
    );
    const doc = byId("method-doc");
    assert.deepEqual(await doc.locator("code").allInnerTexts(), ["terms"]);
    assert.deepEqual(await doc.locator("pre").allInnerTexts(), ["add(1)"]);
    assert.doesNotMatch(await doc.innerText(), /[`*]/);
    const badges = panel.page.locator("vscode-badge");
    assert.deepEqual(
      (await badges.allInnerTexts()).filter((text) => text.includes("slot")),
      [],
    );
    assert.match(await byId("badges").innerText(), /slot 2/);
  });

  it("says of a plugin that nobody built yet that it is so, and each fact once", async () => {
    const state = fixture.panelState({}, { build: "unknown" });
    panel = await lab.open(state);
    assert.equal((await byId("build-state").innerText()).trim(), "not built yet");
    const obstacle = { message: "This method no longer exists in the source.", action: null };
    await panel.sendState({ ...state, plugin: null, method: null, obstacle });
    await byId("obstacle").waitFor();
    assert.equal(await panel.page.getByText("no longer exists").count(), 1);
  });

  it("keeps scroll, tab and the tab of a narrow panel over a reload", async () => {
    const state = fixture.panelState(fixture.everything, {
      lastOutcome: fixture.notedReport(),
      lastOutcomeAtMs: 5,
    });
    panel = await lab.open(state, { width: 400, height: 420 });
    const scroll = (pane: string) =>
      panel.page
        .locator(`[data-testid=${pane}] > .pane-body`)
        .evaluate(({ scrollTop }) => scrollTop);
    await panel.page.locator("[data-testid=request] > .pane-body").evaluate((element) => {
      element.scrollTop = 333;
    });
    await byId("narrow-tab-response").click();
    await panel.page.locator("[data-testid=response] > .pane-body").evaluate((element) => {
      element.scrollTop = 50;
    });
    await panel.page.waitForFunction(() =>
      sessionStorage.getItem("webview-state")?.includes('"scrolled":{"request":333,"response":50}'),
    );
    await panel.page.reload();
    await byId("tree").waitFor();
    assert.equal(await byId("response").isVisible(), true);
    assert.equal(await scroll("response"), 50);
    await byId("narrow-tab-request").click();
    assert.equal(await scroll("request"), 333);
  });
});
