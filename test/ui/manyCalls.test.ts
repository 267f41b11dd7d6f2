// Calls that are made several times: repeated for their times, and one with each set of limits; and what fills the form.

import assert from "node:assert/strict";
import { repeatReport } from "../../src/model/repetition.ts";
import type { InvokeRequest } from "../../src/protocol/panel.ts";
import type { HistoryPlace } from "../../src/protocol/panelHistory.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const times = Array.from({ length: 500 }, (_, index) => 0.1 + ((index * 37) % 97) / 400);
const repeat = repeatReport([...times, 4.2, 7.7], 10);
const place: HistoryPlace = {
  id: "00000000a-00000001",
  position: 3,
  count: 3,
  name: null,
  isPinned: false,
  arguments: null,
  outcome: "ok",
  isResultKept: true,
  isOtherInterface: false,
  repeatsBefore: [
    { profile: "release", atMs: 1_700_000_000_000, calls: 500, p50: 0.02, p95: 0.03, p99: 0.05 },
    { profile: "dev", atMs: 1_690_000_000_000, calls: 500, p50: 0.23, p95: 0.5, p99: 9 },
  ],
};

describe("calls that are made several times", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  const byId = (id: string) => panel.page.getByTestId(id);
  const more = async (item: string) => {
    await byId("invoke-more").click();
    await byId(`invoke-more-${item}`).click();
  };
  const report = () => fixture.okOutcome(fixture.named("Report"), fixture.reportValue);

  it("are repeated as often as the run options say, and told while they run", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await more("repeat");
    const usual = (await panel.waitForMessage("invoke")) as InvokeRequest;
    assert.deepEqual(usual.repetition, { calls: 100, durationMs: null, warmUp: 10 });
    await panel.sendPhase({ kind: "repeating", startedAtMs: Date.now(), done: 41, total: 110 });
    await byId("progress-text").getByText("Call 42 of 110").waitFor();
    await panel.sendPhase({ kind: "idle" });
    await byId("run-options").click();
    await byId("option-repeat").fill("2.5s");
    await byId("option-warmUp").fill("0");
    await more("repeat");
    const timed = (await panel.waitForMessage("invoke", 2)) as InvokeRequest;
    assert.deepEqual(timed.repetition, { calls: null, durationMs: 2500, warmUp: 0 });
    await panel.sendPhase({ kind: "idle" });
    await byId("option-repeat").fill("often");
    await panel.invoke.click();
    await byId("option-repeat-problem").getByText("neither a number of calls").waitFor();
  });

  it("show a histogram, percentiles and how they compare with calls before and of other profiles", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    assert.ok(repeat);
    await panel.sendOutcome({ ...report(), repeat }, place, true);
    await byId("repeat-summary").getByText("502 calls after 10 to warm up").waitFor();
    assert.equal(await byId("histogram").locator("rect").count(), repeat.bins.length);
    const label = await byId("histogram").getAttribute("aria-label");
    assert.match(label ?? "", /half took at most 0\.22 ms/u);
    const rows = await byId("repeat-before").allInnerTexts();
    assert.match(rows[0] ?? "", /^release, .*0\.02 ms\s+11 times as fast/u);
    assert.match(rows[1] ?? "", /^dev, .*0\.23 ms\s+the same/u);
    await panel.screenshot("repeat");
  });

  for (const width of [320, 700, 1200]) {
    it(`are offered beside Debug, in a menu that is in view at ${String(width)} px`, async () => {
      panel = await lab.open(fixture.panelState(fixture.calculator), { width, height: 500 });
      await byId("invoke-more").click();
      const menu = await panel.page.getByRole("menu").boundingBox();
      const [debug, arrow] = [
        await byId("debug").boundingBox(),
        await byId("invoke-more").boundingBox(),
      ];
      assert.ok(menu !== null && debug !== null && arrow !== null);
      assert.ok(menu.x >= 0 && menu.x + menu.width <= width, JSON.stringify(menu));
      assert.ok(menu.y >= 0 && menu.y + menu.height <= 500, JSON.stringify(menu));
      assert.ok(Math.abs(debug.y + debug.height / 2 - arrow.y - arrow.height / 2) < 4);
    });
  }

  it("are made once with each set of limits, whatever the form has, and listed with what came of each", async () => {
    panel = await lab.open(fixture.panelState(fixture.everything));
    await panel.input("/small").fill("999");
    await more("limits");
    const { sets } = (await panel.waitForMessage("invoke")) as InvokeRequest;
    assert.ok(sets !== undefined && sets.length > 3);
    assert.equal(new Set(sets.map((set) => JSON.stringify(set))).size, sets.length);
    await panel.sendOutcome({
      ...fixture.outcome({ kind: "cancelled", afterMs: 3 }),
      series: sets.map((set, index) => ({
        arguments: JSON.stringify(set).slice(0, 100),
        kind: index === 1 ? ("crashed" as const) : ("ok" as const),
        outcome: index === 1 ? "crashed: SIGSEGV" : "ok",
        result: index === 1 ? "" : "42",
        callMs: index === 1 ? null : 0.25,
        id: index === 2 ? null : `0000-${String(index)}`,
      })),
    });
    await byId("series")
      .getByText(`${String(sets.length)} calls, ${String(sets.length - 1)} ok.`)
      .waitFor();
    assert.equal(await byId("series-row").count(), sets.length);
    assert.equal(await byId("series-open").count(), sets.length - 1);
    await byId("series-open").nth(1).click();
    assert.deepEqual(await panel.waitForMessage("history"), { kind: "open", id: "0000-1" });
    await panel.screenshot("series");
    // One of them is shown beside the others; another call is not.
    await panel.sendOutcome(report(), { ...place, id: "0000-0" });
    await panel.page.locator('[data-testid="series-row"][aria-current="true"]').waitFor();
    await panel.sendOutcome(report(), { ...place, id: "0000-99" });
    await byId("series").waitFor({ state: "detached" });
  });
});

describe("what fills the form", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  const byId = (id: string) => panel.page.getByTestId(id);
  const fill = async (item: string) => {
    await byId("fill").click();
    await byId(`fill-${item}`).click();
  };

  it("is random with its seed in view, which goes with the call until something is changed", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await fill("random");
    const shown = await byId("seed").innerText();
    await panel.invoke.click();
    const { seed } = (await panel.waitForMessage("invoke")) as InvokeRequest;
    assert.equal(shown, `seed ${String(seed)}`);
    await panel.sendPhase({ kind: "idle" });
    await panel.field("/scale").getByRole("radio", { name: "None" }).check();
    await panel.field("/scale").getByRole("radio", { name: "Some" }).check();
    await byId("seed").waitFor({ state: "detached" });
    await panel.invoke.click();
    const later = (await panel.waitForMessage("invoke", 2)) as InvokeRequest;
    assert.equal(later.seed, undefined);
  });

  it("is the clipboard's JSON, mended in the JSON tab where it does not fit", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await panel.page.evaluate(() => {
      fake.clipboard = '{"terms":[],"scale":7.5}';
    });
    await fill("clipboard");
    await panel.page.waitForFunction(() =>
      [...document.querySelectorAll("input")].some(({ value }) => value === "7.5"),
    );
    await panel.page.evaluate(() => {
      fake.clipboard = "no JSON";
    });
    await fill("clipboard");
    await byId("json-problems").waitFor();
    await panel.invoke.focus();
    await panel.page.keyboard.press("Control+z");
    await byId("json-problems").waitFor({ state: "detached" });
  });

  it("is the last call's arguments, once there was one", async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
    await byId("fill").click();
    assert.equal(await byId("fill-last").count(), 0);
    await panel.page.keyboard.press("Escape");
    await panel.sendOutcome(fixture.notedReport(), place);
    await byId("call-strip").waitFor();
    await fill("last");
    assert.deepEqual(await panel.waitForMessage("history"), { kind: "useLast" });
  });
});
