// Rows of a stream whose items only the compiler knows: asked for as they come into view, and by a filter.

import assert from "node:assert/strict";
import type { PanelState } from "../../src/protocol/panel.ts";
import type { StreamRow, StreamUpdate } from "../../src/protocol/panelStream.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

const shades = { name: "shades", gives: fixture.mystery };
const tint = { name: "tint", takes: fixture.mystery, gives: fixture.text };
const calling = { kind: "calling", startedAtMs: 0 } as const;
const count = 2000;

const row = (sequence: number, more: Partial<StreamRow> = {}): StreamRow => ({
  sequence,
  direction: "out",
  index: sequence,
  atMs: sequence,
  bytes: 3,
  text: `{"$raw":"hex:${sequence.toString(16).padStart(6, "0")}"}`,
  isReadable: true,
  ...more,
});

const update = (rows: readonly StreamRow[], serial = 1): StreamUpdate => ({
  serial,
  isWhole: true,
  rows,
  status: {
    hasInput: false,
    hasOutput: true,
    wait: "user",
    waitMs: 0,
    isRunning: false,
    isInputFinished: false,
    received: rows.length,
    sent: 0,
    offered: 0,
    perSecond: 0,
    kept: rows.length,
    panic: null,
  },
});

const all = Array.from({ length: count }, (_, sequence) => row(sequence));

describe("rows by the compiler's word", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const byId = (testId: string) => panel.page.getByTestId(testId);
  const rowWith = (text: string) => byId("stream-row").filter({ hasText: text });

  async function open(
    parts: fixture.MethodParts,
    isReady: boolean,
    first: StreamUpdate,
    theme: Theme = "dark",
  ): Promise<void> {
    panel = await lab.open(fixture.panelState(parts, { bridge: { isReady } }), { theme });
    await panel.page.evaluate((total) => {
      fake.rowTexts = Object.fromEntries(
        Array.from({ length: total }, (_, sequence) => [
          sequence,
          sequence === 7
            ? { text: null, problem: "seven is refused" }
            : { text: `"#${String(sequence)}"`, problem: null },
        ]),
      );
    }, count);
    await panel.sendPhase(calling);
    await panel.sendStream(first);
    await byId("stream").waitFor();
  }

  /** While the stream is open. */
  const stateWith = (isReady: boolean): PanelState =>
    fixture.panelState(shades, { bridge: { isReady }, phase: calling });

  async function askedFor(): Promise<ReadonlySet<number>> {
    const questions = await panel.received("streamTexts");
    const sequences = questions.flatMap(
      (question) => (question as { sequences: readonly number[] }).sequences,
    );
    assert.equal(new Set(sequences).size, sequences.length, "no row is asked for twice");
    return new Set(sequences);
  }

  it("only those in view are asked for, and each once", async () => {
    await open(shades, true, update(all));
    await rowWith('"#1999"').waitFor();
    assert.ok((await askedFor()).size < 120);
    await byId("timeline").press("Home");
    await rowWith('"#0"').waitFor();
    const asked = await askedFor();
    assert.ok(asked.size < 160 && !asked.has(1000));
    await byId("timeline").press("End");
    await rowWith('"#1999"').waitFor();
    assert.equal((await askedFor()).size, asked.size);
  });

  it("a row that is refused keeps its bytes and says why", async () => {
    await open(shades, true, update(all.slice(0, 10)));
    const refused = rowWith("seven is refused");
    await refused.waitFor();
    assert.match(await refused.innerText(), /seven is refused\s*\{"\$raw":"hex:000007"/u);
    assert.equal(
      await refused.locator(".timeline-problem").getAttribute("title"),
      "seven is refused",
    );
  });

  it("a filter finds what is out of view", async () => {
    await open(shades, true, update(all));
    await byId("stream-filter").fill('"#12');
    await panel.page.waitForFunction(
      () =>
        document.querySelector('[data-testid="stream-matches"]')?.textContent ===
        "111 of 2,000 shown",
    );
    await byId("timeline").press("Home");
    await rowWith('"#12"').waitFor();
    await byId("stream-filter").fill("refused");
    await rowWith("seven is refused").waitFor();
    assert.equal((await askedFor()).size, count);
  });

  it("nothing is asked before the bridge is built; then the rows are read without being sent again", async () => {
    await open(shades, false, update(all.slice(0, 10)));
    await rowWith("hex:000003").waitFor();
    assert.equal((await askedFor()).size, 0);
    await panel.sendState(stateWith(true));
    await rowWith('"#3"').waitFor();
    assert.equal(await rowWith("hex:000003").count(), 0);
  });

  it("rows that had no text are asked for again when the bridge was built anew", async () => {
    await open(shades, true, update(all.slice(0, 10)));
    await rowWith("seven is refused").waitFor();
    await panel.page.evaluate(() => {
      fake.rowTexts = { 7: { text: '"seven"', problem: null } };
    });
    await panel.sendState(stateWith(false));
    await panel.sendState(stateWith(true));
    await rowWith('"seven"').waitFor();
    await rowWith('"#3"').waitFor();
  });

  it("only the direction that the source does not tell is asked for", async () => {
    const items = [
      row(0, { direction: "in" }),
      row(1, { text: '"plain"' }),
      row(2, { direction: "in" }),
    ];
    await open(tint, true, update(items));
    await rowWith('"#2"').waitFor();
    await rowWith('"plain"').waitFor();
    assert.deepEqual([...(await askedFor())], [0, 2]);
  });

  it("another stream's rows are asked for anew", async () => {
    await open(shades, true, update(all.slice(0, 3)));
    await rowWith('"#2"').waitFor();
    await panel.sendStream(update(all.slice(0, 3), 2));
    await panel.waitForMessage("streamTexts", 2);
    await rowWith('"#2"').waitFor();
    const questions = await panel.received("streamTexts");
    assert.deepEqual(
      questions.map((question) => (question as { serial: number }).serial),
      [1, 2],
    );
  });

  for (const theme of ["dark", "light", "hc-light"] as const) {
    it(`looks as it should: ${theme}`, async () => {
      await open(shades, true, update(all.slice(0, 12)), theme);
      await rowWith("seven is refused").waitFor();
      await panel.screenshot(`stream-texts-${theme}`);
    });
  }
});
