// What a call gave stands beside Invoke, in every width, and comes into view.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("outcome beside Invoke", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const outcome = () => panel.page.getByTestId("last-outcome");
  const report = (total: string) =>
    fixture.okOutcome(fixture.named("Report"), { ...fixture.reportValue, total });

  for (const [width, theme] of [
    [600, "dark"],
    [880, "light"],
    [1200, "hc-dark"],
  ] as const) {
    it(`is in view with the response at ${width} px, and says when the next one differs`, async () => {
      panel = await lab.open(fixture.panelState(fixture.everything), { width, theme });
      await panel.invoke.focus();
      await panel.page.keyboard.press("Control+Enter");
      await panel.waitForMessage("invoke");
      await panel.sendOutcome(report("1"));
      await outcome().waitFor();
      assert.match(await outcome().innerText(), /^\s*ok · 1\.84 ms · \d+ B\s*$/u);
      await panel.page.waitForFunction(() => {
        const box = document.querySelector('[data-testid="headline"]')?.getBoundingClientRect();
        const invoke = document.querySelector('[data-testid="invoke"]')?.getBoundingClientRect();
        return (
          box !== undefined &&
          invoke !== undefined &&
          box.bottom <= window.innerHeight &&
          invoke.bottom <= window.innerHeight &&
          invoke.top >= 0
        );
      });
      await panel.screenshot(`outcome-${width}`);
      await panel.page.keyboard.press("Control+Enter");
      await panel.waitForMessage("invoke", 2);
      await panel.sendOutcome(report("1"));
      await panel.page.getByText("same as before").waitFor();
      await panel.page.keyboard.press("Control+Enter");
      await panel.waitForMessage("invoke", 3);
      await panel.sendOutcome(report("2"));
      await outcome().getByText("changed").waitFor();
      await outcome().click();
      await panel.page.waitForFunction(() => Boolean(document.activeElement?.closest(".response")));
    });
  }

  it("shows the response at 320 px, and the outcome again beside Invoke", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator), { width: 320, theme: "light" });
    await panel.invoke.click();
    await panel.waitForMessage("invoke");
    await panel.sendOutcome(report("1"));
    await panel.page.getByTestId("headline").waitFor();
    await panel.page.getByTestId("narrow-tab-request").click();
    await outcome().waitFor();
    await panel.screenshot("outcome-320");
    await outcome().click();
    await panel.page.getByTestId("headline").waitFor();
  });
});
