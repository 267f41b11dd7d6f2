// The whole way without a mouse: fill, set up, invoke, read, look back, repeat, stream. Every stop is reached by Tab alone.

import assert from "node:assert/strict";
import type { InvokeRequest } from "../../src/protocol/panel.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

/** More stops than any state of the panel has. */
const mostStops = 80;

describe("panel: by keyboard alone", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const press = (...keys: readonly string[]) =>
    keys.reduce(
      (before, key) => before.then(() => panel.page.keyboard.press(key)),
      Promise.resolve(),
    );
  const focused = () =>
    panel.page.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? "");

  /** Goes on with Tab until the focus is there. */
  async function tabTo(testId: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < mostStops; stop++) {
      const here = await focused();
      if (here === testId) {
        return;
      }
      passed.push(here);
      await press(key);
    }
    assert.fail(`${testId} is no stop among ${passed.join(", ")}`);
  }

  const place = {
    id: "0-2",
    position: 2,
    count: 3,
    name: null,
    isPinned: false,
    arguments: "{}",
    outcome: "ok",
    isResultKept: true,
    isOtherInterface: false,
  };

  it("a call is filled, set up, made, read and looked back from", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await tabTo("add");
    await press("Enter");
    await panel.page.waitForFunction(
      () => document.activeElement?.getAttribute("data-testid") === "row-handle",
    );
    await tabTo("input");
    await panel.page.keyboard.type("42");
    await tabTo("run-options");
    await press("Enter");
    await tabTo("option-environment");
    await panel.page.keyboard.type("A=1");
    await tabTo("command-line");
    await press("Enter");
    await tabTo("command-line-text");
    await tabTo("invoke", "Shift+Tab");
    await press("Control+Enter");
    const { arguments: values } = (await panel.waitForMessage("invoke")) as InvokeRequest;
    assert.deepEqual(values["terms"], [{ value: "42", unit: "Meters" }]);
    await panel.sendOutcome(fixture.notedReport(), place);
    await press("F7");
    await panel.page.getByTestId("tree-row").first().waitFor();
    await tabTo("call-older");
    await press("Enter");
    assert.deepEqual(await panel.waitForMessage("history"), { kind: "step", direction: "older" });
    await tabTo("use-arguments");
    await tabTo("tree");
    await press("ArrowDown", "Shift+F10");
    await panel.page.getByTestId("node-menu").waitFor();
    await press("Escape");
    assert.equal(await focused(), "tree", "the focus comes back");
    await tabTo("invoke-more", "Shift+Tab");
    await press("Enter", "ArrowDown", "Enter");
    const { sets } = (await panel.waitForMessage("invoke", 2)) as InvokeRequest;
    assert.ok(sets !== undefined);
  });

  it("a stream is opened, asked, written to and ended", async () => {
    const stream = { name: "scale", takes: fixture.int("i64"), gives: fixture.int("i64") };
    panel = await lab.open(fixture.panelState(stream));
    await tabTo("input");
    await press("Control+A");
    await panel.page.keyboard.type("7");
    await press("Control+Enter");
    await panel.waitForMessage("invoke");
    await panel.sendPhase({ kind: "calling", startedAtMs: 0 });
    await panel.sendStream({
      serial: 1,
      isWhole: true,
      rows: [],
      status: {
        hasInput: true,
        hasOutput: true,
        wait: "user",
        waitMs: 0,
        isRunning: false,
        isInputFinished: false,
        received: 0,
        sent: 0,
        offered: 0,
        perSecond: 0,
        kept: 0,
        panic: null,
      },
    });
    await panel.page.getByTestId("composer").waitFor();
    await tabTo("stream-next");
    await press("Enter");
    assert.deepEqual(await panel.waitForMessage("streamCommand"), { kind: "next", count: 1 });
    await tabTo("stream-send");
    await press("Enter");
    assert.deepEqual(await panel.waitForMessage("streamSend"), { value: "7" });
    await tabTo("stream-finish");
    await press("Enter");
    assert.deepEqual(await panel.waitForMessage("streamCommand", 2), { kind: "finishInput" });
    await tabTo("stream-cancel", "Shift+Tab");
    await press("Enter");
    await panel.waitForMessage("cancel");
  });
});
