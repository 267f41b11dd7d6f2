// The response: progress, headline, tree, hex and logs, and how it is told to screen readers.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("panel: response", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
  });

  const byId = (testId: string) => panel.page.getByTestId(testId);
  const report = () => fixture.okOutcome(fixture.named("Report"), fixture.reportValue);
  const row = (pointer: string) =>
    panel.page.locator(`[data-testid="tree-row"][data-pointer="${pointer}"]`).first();

  it("says what Invoke does before the first call", async () => {
    assert.match(await byId("empty-response").innerText(), /builds the plugin first/);
    await panel.untilState("idle");
  });

  it("turns Invoke into Cancel of the same width while it builds and calls", async () => {
    const before = (await panel.invoke.boundingBox())?.width;
    await panel.invoke.click();
    await panel.untilState("running");
    const building = {
      kind: "building",
      packageName: "basic-calculator",
      done: 34,
      total: 120,
      crateName: "serde_derive",
      isWaitingForLock: false,
      startedAtMs: Date.now() - 65_000,
    } as const;
    await panel.sendPhase(building);
    await panel.untilState("building");
    assert.equal(
      await byId("progress-text").innerText(),
      "Building basic-calculator · 34/120 · serde_derive",
    );
    assert.match(await panel.invoke.innerText(), /Cancel\s+01:0\d/);
    assert.equal((await panel.invoke.boundingBox())?.width, before);
    await panel.sendPhase({ ...building, isWaitingForLock: true });
    await panel.page.getByText("Waiting for another cargo process").waitFor();
    await panel.sendPhase({ kind: "calling", startedAtMs: Date.now() });
    await panel.untilState("running");
    await panel.invoke.click();
    await panel.waitForMessage("cancel");
    await panel.page.keyboard.press("Escape");
    await panel.waitForMessage("cancel", 2);
    await panel.sendOutcome(fixture.outcome({ kind: "cancelled", afterMs: 3100 }));
    await panel.untilState("cancelled");
    assert.equal(await byId("headline-text").innerText(), "Cancelled after 3.1 s");
    assert.match(await panel.invoke.innerText(), /Invoke/);
  });

  const lastMode = async (): Promise<unknown> => {
    await panel.waitForMessage("invoke");
    const sent = (await panel.received("invoke")) as { readonly mode: string }[];
    return sent.at(-1)?.mode;
  };

  it("debugs by button and key, and says when the debugger has stopped", async () => {
    const { keyboard } = panel.page;
    await byId("debug").click();
    assert.deepEqual(await lastMode(), "debug");
    const startedAtMs = Date.now();
    await panel.sendPhase({ kind: "attaching", startedAtMs });
    await byId("progress-text").getByText("Waiting for the debugger…").waitFor();
    assert.equal(await byId("debug").count(), 0);
    await panel.sendPhase({ kind: "debugging", startedAtMs, isPaused: false });
    await byId("progress-text").getByText("Time limit off: a debugger is attached").waitFor();
    await panel.sendPhase({ kind: "debugging", startedAtMs, isPaused: true });
    await byId("progress-text").getByText("Paused in the debugger").waitFor();
    await byId("focus-debugger").click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "focusDebugger" });
    await panel.sendOutcome(report());
    await panel.untilState("ok");
    await keyboard.press("Control+Shift+Enter");
    await panel.waitForMessage("invoke", 2);
    assert.deepEqual(await lastMode(), "debug");
    await panel.sendOutcome(report());
    await panel.invoke.click();
    await panel.waitForMessage("invoke", 3);
    assert.deepEqual(await lastMode(), "run");
  });

  it("shows the headline, announces it once, and the typed tree", async () => {
    await panel.sendOutcome({ ...report(), notes: ["built with --features fidius/async"] });
    await panel.untilState("ok");
    assert.equal(await byId("headline-text").innerText(), "ok");
    assert.equal(await byId("measured").innerText(), "1.84 ms · 37 B in · 175 B out · host 4711");
    assert.match(await byId("live").innerText(), /^ok, 1\.84 ms/);
    assert.match(await byId("notes").innerText(), /--features fidius\/async/);
    assert.equal(
      (await row("/total").innerText()).replace(/\s+/g, " "),
      "total i128 170141183460469231731687303715884105727",
    );
    assert.match(await row("/notes").innerText(), /Option<String>\s+Some\s+"all terms in meters"/);
    assert.match(await row("/parts/0").innerText(), /\{ value: 42, unit: Meters \}/);
    assert.match(await byId("timing").innerText(), /load\s*0\.9 ms\s*encode/);
  });

  it("walks the tree by keyboard after the ARIA pattern", async () => {
    await panel.sendOutcome(report());
    const tree = panel.page.getByRole("tree", { name: "Result" });
    await tree.focus();
    const active = async () => {
      const id = await tree.getAttribute("aria-activedescendant");
      return panel.page.locator(`[id="${id ?? ""}"]`);
    };
    await panel.page.keyboard.press("ArrowDown");
    assert.equal(await (await active()).getAttribute("data-pointer"), "/total");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("ArrowDown");
    assert.equal(await (await active()).getAttribute("aria-expanded"), "true");
    await panel.page.keyboard.press("ArrowLeft");
    assert.equal(await (await active()).getAttribute("aria-expanded"), "false");
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("ArrowRight");
    assert.equal(await (await active()).getAttribute("data-pointer"), "/shape/Rect/width");
    assert.equal(await (await active()).getAttribute("aria-level"), "3");
    assert.equal(await (await active()).getAttribute("aria-setsize"), "2");
    await panel.page.keyboard.press("ArrowLeft");
    assert.equal(await (await active()).getAttribute("data-pointer"), "/shape");
    await panel.page.keyboard.press("End");
    assert.equal(await (await active()).getAttribute("data-pointer"), "/blob");
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Control+c");
    assert.deepEqual(await panel.waitForMessage("copyText"), {
      text: "170141183460469231731687303715884105727",
    });
  });

  it("links fields and bytes both ways", async () => {
    await panel.sendOutcome(report());
    await row("/notes").click();
    assert.match(await byId("byte-strip").innerText(), /28 bytes at 16/);
    await byId("show-in-hex").click();
    assert.equal(await byId("hex-caption").innerText(), "notes: 28 bytes from offset 16.");
    assert.equal(await panel.page.locator(".hex-bytes .hex-selected").count(), 28);
    await panel.page.locator('.hex-bytes [data-at="0"]').click();
    assert.equal(await byId("hex-caption").innerText(), "total: 16 bytes from offset 0.");
    await byId("response-tab-value").click();
    assert.equal(await row("/total").getAttribute("aria-selected"), "true");
  });

  it("shows 8 bytes a row where 16 do not fit beside their text", async () => {
    for (const [width, columns] of [
      [1200, 16],
      [480, 8],
    ] as const) {
      panel = await lab.open(fixture.panelState(fixture.calculator), { width });
      await panel.sendOutcome(report());
      await byId("response-tab-hex").click();
      const row = panel.page.locator(".hex-row").first();
      await row.locator(`.hex-ascii span:nth-child(${String(columns)})`).waitFor();
      await panel.page.waitForFunction(
        (count) => document.querySelector(".hex-row .hex-bytes")?.childElementCount === count,
        columns,
      );
      const overflow = await panel.page
        .locator(".hex-box")
        .evaluate((box) => box.scrollWidth - box.clientWidth);
      assert.equal(overflow, 0, `all of a row is in view at ${String(width)} px`);
    }
  });

  it("shows the result as JSON with bare digits", async () => {
    await panel.sendOutcome(report());
    await byId("response-tab-json").click();
    await panel.page.locator(".response .cm-content").waitFor();
    assert.match(
      await panel.page.locator(".response .cm-content").innerText(),
      /"total": 170141183460469231731687303715884105727,/,
    );
    await byId("copy-json").click();
    assert.match(JSON.stringify(await panel.waitForMessage("copyText")), /18446744073709551615,/);
  });

  it("shows what the plugin printed, with colours and links, as text", async () => {
    const evil = "<script>alert(1)</script>";
    await panel.sendOutcome({
      ...report(),
      output: {
        stdout: `one ${evil}\ntwo\n`,
        stderr: "\u001b[33mwarning\u001b[0m at src/lib.rs:12:5\n",
        droppedBytes: 0,
      },
    });
    assert.match(await byId("response-tab-logs").innerText(), /3/);
    await panel.page.getByTestId("response-tab-logs").click();
    assert.equal(await byId("log-stdout").innerText(), `one ${evil}\ntwo`);
    assert.equal(await panel.page.locator("#root script").count(), 0);
    assert.equal(await panel.page.locator(".ansi-colour-yellow").innerText(), "warning");
    await byId("log-stderr").getByTestId("source-link").click();
    assert.deepEqual(await panel.waitForMessage("openLocation"), {
      file: "src/lib.rs",
      line: 12,
      column: 5,
    });
  });

  it("stays quick with a hundred thousand rows, in tree, JSON and bytes", async () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => index);
    const type = fixture.vec(fixture.int("u32"));
    panel = await lab.open(fixture.panelState({ ...fixture.calculator, returns: type }), {
      width: 1200,
    });
    await panel.sendOutcome(fixture.okOutcome(type, numbers));
    await row("/0").waitFor();
    assert.ok((await byId("tree-row").count()) < 200, "only the rows in view are drawn");
    const tree = panel.page.getByRole("tree", { name: "Result" });
    await tree.focus();
    const started = performance.now();
    await panel.page.keyboard.press("End");
    await row("/99999").waitFor();
    assert.ok(performance.now() - started < 3000);
    await byId("response-tab-hex").click();
    await panel.page.getByText("00000000").first().waitFor();
    assert.ok((await panel.page.locator(".hex-row").count()) < 200);
    await byId("response-tab-json").click();
    await panel.page.locator(".response .cm-content").waitFor();
  });

  it("shows the last outcome again after a reload, without announcing it", async () => {
    panel = await lab.open(
      fixture.panelState(fixture.calculator, { lastOutcome: report(), lastOutcomeAtMs: 5 }),
    );
    await panel.untilState("ok");
    await row("/total").waitFor();
    assert.equal(await byId("live").innerText(), "");
  });
});
