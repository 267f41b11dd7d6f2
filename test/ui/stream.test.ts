// Streams in the panel: the controls, the timeline with many rows, the item composer, what is told and when.

import assert from "node:assert/strict";
import type { StreamRow, StreamStatus, StreamUpdate } from "../../src/protocol/panelStream.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

describe("streams in the panel", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const byId = (testId: string) => panel.page.getByTestId(testId);
  const running = { kind: "calling", startedAtMs: 0 } as const;
  const server = { name: "readings", gives: fixture.text };
  const client = { name: "sum", takes: fixture.int("i64") };
  const both = { name: "scale", takes: fixture.named("Term"), gives: fixture.text };

  function row(sequence: number, more: Partial<StreamRow> = {}): StreamRow {
    return {
      sequence,
      direction: "out",
      index: sequence,
      atMs: sequence * 1.5,
      bytes: 8 + sequence,
      text: `"item number ${sequence}"`,
      isReadable: true,
      ...more,
    };
  }

  const rows = (from: number, to: number): readonly StreamRow[] =>
    Array.from({ length: to - from }, (_, offset) => row(from + offset));

  function update(
    items: readonly StreamRow[],
    status: Partial<StreamStatus> = {},
    more: Partial<StreamUpdate> = {},
  ): StreamUpdate {
    return {
      serial: 1,
      isWhole: false,
      rows: items,
      status: {
        hasInput: false,
        hasOutput: true,
        wait: "user",
        waitMs: 0,
        isRunning: false,
        isInputFinished: false,
        received: items.length,
        sent: 0,
        offered: 0,
        perSecond: 0,
        kept: items.length,
        panic: null,
        ...status,
      },
      ...more,
    };
  }

  async function open(
    parts: fixture.MethodParts,
    first: StreamUpdate,
    theme: Theme = "dark",
  ): Promise<void> {
    panel = await lab.open(fixture.panelState(parts), { theme });
    await panel.sendPhase(running);
    await panel.sendStream(first);
    await byId("stream").waitFor();
  }

  it("asks for items one by one, ten at a time, or until told otherwise", async () => {
    await open(server, update([]));
    assert.equal(await byId("stream-status").innerText(), "0 items · waiting for you (paused)");
    await byId("stream-next").click();
    assert.deepEqual(await panel.waitForMessage("streamCommand"), { kind: "next", count: 1 });
    await byId("stream-next-10").click();
    assert.deepEqual(await panel.waitForMessage("streamCommand", 2), { kind: "next", count: 10 });
    await byId("stream-run").click();
    assert.deepEqual(await panel.waitForMessage("streamCommand", 3), { kind: "run" });
    await panel.sendStream(update(rows(0, 3), { isRunning: true, wait: "plugin", perSecond: 41 }));
    assert.equal(await byId("stream-status").innerText(), "3 items · 41/s · running");
    assert.ok(await byId("stream-next").isDisabled());
    await byId("stream-pause").click();
    assert.deepEqual(await panel.waitForMessage("streamCommand", 4), { kind: "pause" });
    await panel.sendStream(update([], { received: 3, kept: 3 }));
    await byId("stream-drop").click();
    assert.deepEqual(await panel.waitForMessage("streamCommand", 5), { kind: "drop" });
    await byId("stream-cancel").click();
    await panel.waitForMessage("cancel");
  });

  it("shows what the method takes before Invoke, and sends what was written then", async () => {
    panel = await lab.open(fixture.panelState(client));
    await byId("first-item").getByText("takes a stream of these").waitFor();
    await byId("no-arguments").getByText("beside its stream").waitFor();
    await byId("first-item").getByTestId("input").fill("42");
    await panel.invoke.click();
    await panel.waitForMessage("invoke");
    await panel.sendPhase(running);
    await panel.sendStream(update([], { hasInput: true, hasOutput: false, wait: "input" }));
    await byId("composer").waitFor();
    assert.equal(await byId("first-item").count(), 0);
    await byId("stream-send").click();
    assert.deepEqual(await panel.waitForMessage("streamSend"), { value: "42" });
  });

  it("draws items a second and each number of its items", async () => {
    const items = Array.from({ length: 50 }, (_, index) =>
      row(index, { text: `{"celsius":${String(20 + (index % 9))},"at":"1s"}` }),
    );
    await open(server, update(items, { wait: "plugin", isRunning: true }));
    await byId("stream-chart").click();
    await byId("stream-chart-line").waitFor();
    await byId("stream-chart-of").selectOption("celsius");
    assert.equal(await byId("stream-chart-range").innerText(), "20 to 28");
    await panel.sendStream(
      update([row(50, { text: '{"celsius":-4.25}' })], { received: 51, kept: 51 }),
    );
    await byId("stream-chart-range").getByText("-4.25 to 28").waitFor();
    const label = await byId("stream-chart-line").getAttribute("aria-label");
    assert.match(label ?? "", /^celsius: -4\.25 to 28 in 75 ms, last -4\.25\.$/u);
    await panel.screenshot("stream-chart");
  });

  it("tells a screen reader how many items there were when it is over", async () => {
    await open(server, update(rows(0, 3)));
    await panel.sendOutcome(
      fixture.outcome({ kind: "streamEnded", received: 3, sent: 0, isComplete: true }),
    );
    await byId("live").getByText("ended after 3 items").waitFor();
  });

  it("tells what is waited for, and for how long", async () => {
    await open(server, update([], { wait: "plugin", waitMs: 2100 }));
    assert.match(
      await byId("stream-status").innerText(),
      /^0 items · waiting for plugin 2\.\d+ s$/,
    );
    await panel.sendStream(update([], { wait: "plugin", kept: 5000, received: 81_233 }));
    assert.match(await byId("stream-status").innerText(), /81,233 items .* kept 5,000 of 81,233$/);
    await panel.sendStream(update([], { panic: "no item 2 here" }));
    assert.match(await byId("stream-panic").innerText(), /Panicked: no item 2 here/);
    await panel.sendStream(update([], { wait: "turn" }));
    assert.match(
      await byId("stream-status").innerText(),
      /^0 items · waiting for another call in its process$/,
    );
  });

  for (const theme of ["light", "dark", "hc-dark"] as const) {
    it(`shows streams of other methods that go on, and turns to them (${theme})`, async () => {
      const target = { pluginId: "shop::Greeter as Greeting", method: "greet_all" };
      const openStreams = [
        { target, title: "Greeting::greet_all", instance: "quiet" },
        { target: { ...target, method: "wave" }, title: "Greeting::<b>wave</b>", instance: null },
      ];
      const state = fixture.panelState(fixture.calculator);
      panel = await lab.open({ ...state, openStreams }, { theme });
      assert.deepEqual(
        (await byId("open-stream").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim()),
        [
          "The stream Greeting::greet_all on quiet is open and takes turns with calls of its plugin. Show Stream",
          "The stream Greeting::<b>wave</b> is open and takes turns with calls of its plugin. Show Stream",
        ],
      );
      await panel.screenshot(`open-streams-${theme}`);
      await byId("open-stream-show").first().focus();
      await panel.page.keyboard.press("Enter");
      assert.deepEqual(await panel.waitForMessage("showStream"), target);
      await panel.sendState(state);
      await byId("open-stream").first().waitFor({ state: "detached" });
    });
  }

  it("draws thousands of rows, follows the newest, and stops when scrolled up", async () => {
    await open(server, update(rows(0, 5000), { kept: 5000 }, { isWhole: true }));
    const texts = () => byId("stream-row").allInnerTexts();
    await panel.page.waitForFunction(() =>
      document.querySelector(".timeline-rows")?.textContent.includes("item number 4999"),
    );
    assert.ok((await texts()).length < 60, "only rows in view are drawn");
    await byId("timeline").evaluate((element) => {
      element.scrollTop = 0;
    });
    await panel.page.waitForFunction(() =>
      document.querySelector(".timeline-rows")?.textContent.includes("item number 0"),
    );
    await panel.sendStream(update(rows(5000, 5012), { kept: 5012, received: 5012 }));
    assert.equal(await byId("stream-follow").innerText(), "12 new items");
    assert.ok((await texts()).join().includes("item number 0"), "the view stays");
    await byId("stream-follow").click();
    await panel.page.waitForFunction(() =>
      document.querySelector(".timeline-rows")?.textContent.includes("item number 5011"),
    );
    assert.equal(await byId("stream-follow").count(), 0);
  });

  it("drops the oldest rows with the extension's", async () => {
    await open(server, update(rows(0, 100), { kept: 100 }, { isWhole: true }));
    await panel.sendStream(update(rows(100, 150), { kept: 100, received: 150 }));
    await byId("timeline").press("Home");
    // The oldest row that is left; scrolling there draws it a moment later.
    await byId("stream-row").first().getByText("item number 50", { exact: false }).waitFor();
    assert.match(await byId("stream-status").innerText(), /kept 100 of 150/);
  });

  it("a row says direction, times, size and value; opened it shows the whole item", async () => {
    await open(
      both,
      update(
        [
          row(0, { direction: "in", text: '{"value":1}' }),
          row(1, { index: 0, atMs: 12.5 }),
          row(2, { index: 1, isReadable: false, text: "String is not UTF-8 at byte 9." }),
        ],
        { hasInput: true, sent: 1, received: 2 },
      ),
    );
    const first = await byId("stream-row").nth(0).innerText();
    assert.match(first, /^0\s*in\s*0 ms\s*8 B\s*\{"value":1\}$/);
    assert.match(
      await byId("stream-row").nth(1).innerText(),
      /^0\s*out\s*12\.5 ms\s*\+12\.5 ms\s*9 B\s*"item number 1"$/,
    );
    await byId("timeline").focus();
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("ArrowDown");
    assert.equal(await panel.waitForMessage("streamValue", 2), 1);
    assert.match(await byId("stream-tree").innerText(), /"1"/);
    assert.equal(await byId("stream-row").nth(1).getAttribute("aria-selected"), "true");
  });

  it("filters by text and exports", async () => {
    await open(server, update(rows(0, 200), { kept: 200 }, { isWhole: true }));
    await byId("stream-filter").fill("NUMBER 19");
    assert.equal(await byId("stream-matches").innerText(), "11 of 200 shown");
    await byId("stream-export").click();
    await panel.waitForMessage("streamExport");
  });

  it("composes items of the input with a form of their type", async () => {
    await open(client, update([], { hasInput: true, hasOutput: false, wait: "input" }));
    assert.equal(
      await byId("stream-status").innerText(),
      "0 items sent · the plugin waits for your next item",
    );
    assert.equal(await byId("stream-next").count(), 0);
    await panel.input("/$item").fill("9223372036854775807");
    await byId("stream-send").click();
    assert.deepEqual(await panel.waitForMessage("streamSend"), { value: "9223372036854775807" });
    await panel.input("/$item").fill("9223372036854775808");
    await byId("stream-send").click();
    await panel.page.getByText("i64 takes").waitFor();
    assert.equal((await panel.received("streamSend")).length, 1);
    await byId("stream-finish").click();
    assert.deepEqual(await panel.waitForMessage("streamCommand"), { kind: "finishInput" });
    await panel.sendStream(
      update([], { hasInput: true, hasOutput: false, isInputFinished: true, wait: "plugin" }),
    );
    assert.match(await byId("composer").innerText(), /The input is finished/);
  });

  it("sends the item with Ctrl+Enter in it, and does not cancel the stream", async () => {
    await open(client, update([], { hasInput: true, hasOutput: false, wait: "input" }));
    await panel.input("/$item").fill("7");
    await panel.input("/$item").press("Control+Enter");
    assert.deepEqual(await panel.waitForMessage("streamSend"), { value: "7" });
    assert.equal((await panel.received("cancel")).length, 0);
  });

  it("says why an item or a file was not sent", async () => {
    await open(client, update([], { hasInput: true, hasOutput: false, wait: "input" }));
    await panel.page.evaluate(() => {
      fake.sendProblem = "Line 3 was not sent, nor were those after it: i64 takes integers.";
    });
    await byId("stream-send-file").click();
    assert.match(await byId("stream-problem").innerText(), /^Line 3 was not sent/);
  });

  it("keeps the item that is being written over a reload", async () => {
    await open(client, update([], { hasInput: true, hasOutput: false, wait: "input" }));
    await panel.input("/$item").fill("77");
    await panel.page.keyboard.press("Tab");
    await panel.page.reload();
    await byId("header").waitFor();
    await panel.sendPhase(running);
    await panel.sendStream(update([], { hasInput: true, hasOutput: false, wait: "input" }));
    await byId("composer").waitFor();
    assert.equal(await panel.input("/$item").inputValue(), "77");
  });

  it("the end stays beside its items", async () => {
    await open(server, update(rows(0, 3)));
    await panel.sendStream(update([], { wait: "ended", received: 3, kept: 3 }));
    await panel.sendOutcome(
      fixture.outcome({ kind: "streamEnded", received: 3, sent: 0, isComplete: true }),
    );
    assert.equal(await byId("headline-text").innerText(), "ended after 3 items");
    assert.equal(await byId("stream-row").count(), 3);
    assert.equal(await byId("stream-next").count(), 0);
    await panel.sendOutcome(fixture.outcome({ kind: "cancelled", afterMs: 3100 }));
    assert.equal(await byId("headline-text").innerText(), "Cancelled after 3.1 s");
    assert.equal(await byId("stream-row").count(), 3);
  });

  it("tells screen readers a summary", async () => {
    await open(server, update(rows(0, 3)));
    await panel.page.waitForFunction(() =>
      document
        .querySelector('[data-testid="stream-summary"]')
        ?.textContent.includes("waiting for you"),
    );
    await panel.sendStream(update([], { received: 90, kept: 3, wait: "ended" }));
    await panel.page.waitForFunction(() =>
      document.querySelector('[data-testid="stream-summary"]')?.textContent.includes("90 items"),
    );
  });

  for (const theme of ["dark", "light", "hc-dark"] as const) {
    it(`looks as it should: ${theme}`, async () => {
      await open(
        both,
        update(
          rows(0, 40).map((each) =>
            each.sequence % 3 === 0 ? { ...each, direction: "in" as const } : each,
          ),
          { hasInput: true, sent: 14, received: 26, kept: 40, isRunning: true, wait: "plugin" },
          { isWhole: true },
        ),
        theme,
      );
      await byId("stream-row").last().click();
      await byId("stream-tree").waitFor();
      await panel.screenshot(`stream-${theme}`);
    });
  }
});
