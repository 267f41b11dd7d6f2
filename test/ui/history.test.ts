// Remembered calls in the panel: the strip above an outcome, its keys and buttons, arguments that come back into the form.

import assert from "node:assert/strict";
import type { HistoryPlace } from "../../src/protocol/panelHistory.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const place: HistoryPlace = {
  id: "00000000a-00000001",
  position: 3,
  count: 12,
  name: null,
  isPinned: false,
  arguments: '{\n  "terms": [],\n  "scale": 2.5\n}',
  outcome: "ok",
  isResultKept: true,
  isOtherInterface: false,
};

describe("remembered calls in the panel", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const report = (total: string) =>
    fixture.okOutcome(fixture.named("Report"), { ...fixture.reportValue, total });
  const strip = () => panel.page.getByTestId("call-strip");

  it("says which call is shown, and steps with Alt+arrows, Alt+Page keys and buttons", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await panel.sendOutcome(report("1"), place);
    await strip().getByText("3 of 12", { exact: true }).waitFor();
    await panel.invoke.focus();
    for (const [count, key, direction] of [
      [1, "Alt+ArrowLeft", "older"],
      [2, "Alt+ArrowRight", "newer"],
      [3, "Alt+PageUp", "older"],
      [4, "Alt+PageDown", "newer"],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.deepEqual(await panel.waitForMessage("history", count), { kind: "step", direction });
    }
    await panel.page.getByTestId("call-older").click();
    assert.deepEqual(await panel.waitForMessage("history", 5), {
      kind: "step",
      direction: "older",
    });
    await panel.sendOutcome(report("7"), { ...place, position: 1 });
    await panel.page.getByTestId("live").getByText("call 1 of 12, ok").waitFor();
    assert.equal(await panel.page.getByTestId("call-older").isDisabled(), true);
    assert.equal(await panel.page.getByTestId("call-newer").isDisabled(), false);
  });

  it("leaves the form alone until its arguments are asked for, and undoes them", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    const state = () =>
      panel.page
        .getByTestId("request-tab-json")
        .click()
        .then(() => panel.page.locator(".request .cm-content").innerText());
    const before = await state();
    await panel.sendOutcome(report("1"), place);
    await strip().getByText("Called with other arguments").click();
    assert.equal(await panel.page.getByTestId("call-arguments-text").innerText(), place.arguments);
    assert.equal(await state(), before);
    await panel.page.getByTestId("use-arguments").click();
    assert.deepEqual(await panel.waitForMessage("history"), { kind: "use", id: place.id });
    await panel.page.evaluate((text) => {
      fake.offerArguments(text);
    }, place.arguments ?? "");
    await panel.page.getByTestId("call-arguments").waitFor({ state: "detached" });
    assert.match(await state(), /"scale": 2\.5/u);
    await panel.page.getByTestId("request-tab-form").click();
    await panel.invoke.focus();
    await panel.page.keyboard.press("Control+z");
    await panel.page.getByTestId("call-arguments").waitFor();
    assert.equal(await state(), before);
  });

  it("shows arguments that do not fit any more in the JSON tab, with what is wrong", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await panel.page.evaluate(() => {
      fake.offerArguments('{ "gone": 1 }');
    });
    await panel.page.getByTestId("json-problems").waitFor();
    assert.equal(await panel.page.locator(".request .cm-content").innerText(), '{ "gone": 1 }');
  });

  it("asks for what its menu offers, and tells a result that is not kept from one that failed", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    const message = "The result of this call is not kept any more.";
    const gone = { ...report("1"), result: { kind: "unsupported", message } } as const;
    await panel.sendOutcome(gone, { ...place, name: "Smoke", isPinned: true, isResultKept: false });
    await strip().getByText("Smoke · pinned").waitFor();
    assert.match(
      await panel.page.getByTestId("headline").innerText(),
      /^ok\s+its result is not kept/u,
    );
    for (const [count, item, kind] of [
      [1, "run-again", "runAgain"],
      [2, "compare", "comparePrevious"],
      [3, "pin", "pin"],
      [4, "rename", "rename"],
      [5, "copy", "copyAs"],
    ] as const) {
      await panel.page.getByTestId("call-actions").click();
      await panel.page.getByTestId(`call-actions-${item}`).click();
      assert.deepEqual(await panel.waitForMessage("history", count), { kind, id: place.id });
    }
  });

  for (const [width, theme] of [
    [320, "light"],
    [700, "hc-dark"],
    [1200, "dark"],
  ] as const) {
    it(`fits at ${width} px`, async () => {
      panel = await lab.open(fixture.panelState(fixture.calculator), { width, theme });
      await panel.sendOutcome(report("1"), {
        ...place,
        name: "A name that says what this call is good for",
      });
      if (width === 320) {
        await panel.page.getByTestId("narrow-tab-response").click();
      }
      await strip().waitFor();
      const [scrolled, shown] = await panel.page.evaluate(
        () => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const,
      );
      assert.ok(scrolled <= shown, `${scrolled} of ${shown} px`);
      await panel.screenshot(`history-${width}`);
    });
  }
});
