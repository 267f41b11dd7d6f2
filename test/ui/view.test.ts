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

  const outcome = { lastOutcome: fixture.notedReport(), lastOutcomeAtMs: 5 };
  /** Waits until the view's state has a text, which is a moment after it changed. */
  const untilKept = (text: string) =>
    panel.page.waitForFunction(
      (wanted) => sessionStorage.getItem("webview-state")?.includes(wanted),
      text,
    );

  it("keeps the scrolled panes of a wide panel over a reload", async () => {
    panel = await lab.open(fixture.panelState(fixture.everything, outcome), { height: 400 });
    const panes = ["request", "response"] as const;
    const paneOf = (name: string) => panel.page.locator(`[data-testid=${name}] > .pane-body`);
    for (const name of panes) {
      await paneOf(name).evaluate((element) => {
        element.scrollTop = 60;
      });
    }
    await untilKept('"request":60,"response":60');
    await panel.page.reload();
    await byId("tree").waitFor();
    for (const name of panes) {
      assert.equal(await paneOf(name).evaluate(({ scrollTop }) => scrollTop), 60);
    }
  });

  it("keeps the tab and the scrolled page of a narrow panel over a reload", async () => {
    panel = await lab.open(fixture.panelState(fixture.everything, outcome), {
      width: 400,
      height: 300,
    });
    await byId("narrow-tab-response").click();
    await panel.page.evaluate(() => {
      window.scrollTo(0, 70);
    });
    await untilKept('"narrowTab":"response","scrolled":{"page":70');
    await panel.page.reload();
    await byId("tree").waitFor();
    assert.equal(await byId("response").isVisible(), true);
    assert.equal(await byId("request").isVisible(), false);
    assert.equal(await panel.page.evaluate(() => window.scrollY), 70);
  });
});
