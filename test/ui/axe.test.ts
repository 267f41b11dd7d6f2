// axe-core finds nothing to mend, in every state of the panel and in all four themes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import type { AxeResults } from "axe-core";
import type { CallResult, SeriesCall } from "../../src/model/outcome.ts";
import { repeatReport } from "../../src/model/repetition.ts";
import type { HistoryPlace } from "../../src/protocol/panelHistory.ts";
import type { PanelInstances } from "../../src/protocol/panelInstances.ts";
import type { StreamUpdate } from "../../src/protocol/panelStream.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

const source = path.join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");

/** What axe-core finds, a line for each rule that an element breaks. */
async function findings({ page }: PanelPage): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => "axe" in globalThis);
  if (!isThere) {
    await page.evaluate(await readFile(source, "utf8"));
  }
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: Document, options: object): Promise<AxeResults> };
    };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`,
      ),
    );
  });
}

const failures: readonly CallResult[] = [
  {
    kind: "panic",
    panic: {
      message: "index out of bounds",
      location: { file: "src/lib.rs", line: 31, column: 9 },
      frames: [
        {
          function: "basic::add",
          origin: "own",
          location: { file: "src/lib.rs", line: 31, column: 9 },
        },
        { function: "std::panicking", origin: "toolchain" },
      ],
    },
  },
  {
    kind: "crashed",
    death: {
      kind: "memoryFault",
      exitCode: null,
      signal: "SIGSEGV",
      message: "Plugin process ended: SIGSEGV.",
    },
  },
  { kind: "timedOut", afterMs: 30_000 },
  { kind: "cancelled", afterMs: 3_100 },
  { kind: "loadFailed", failure: { kind: "notFound", message: "libfoo.so.1 was not found." } },
  { kind: "wireError", message: "Could not decode.", offset: 1, bytes: Uint8Array.of(1, 2, 3) },
];

const openStream: StreamUpdate = {
  serial: 1,
  isWhole: true,
  rows: Array.from({ length: 12 }, (_, index) => ({
    sequence: index,
    direction: index % 4 === 3 ? ("in" as const) : ("out" as const),
    index,
    atMs: index * 12.5,
    bytes: 9,
    text: `{"value":${String(index * index)},"unit":"Meters"}`,
    isReadable: true,
  })),
  status: {
    hasInput: true,
    hasOutput: true,
    wait: "user",
    waitMs: 0,
    isRunning: false,
    isInputFinished: false,
    received: 9,
    sent: 3,
    offered: 1,
    perSecond: 40,
    kept: 12,
    panic: null,
  },
};

const instances: PanelInstances = {
  list: [
    { id: "a", name: "quiet", configuration: { value: "1", unit: "Feet" }, isLive: true },
    { id: "b", name: "loud", configuration: { value: "2", unit: "Miles" }, isLive: false },
  ],
  selected: "a",
  draft: { arguments: null, jsonText: null, tab: "form", timeoutSeconds: null, key: "p#config" },
};

const remembered: HistoryPlace = {
  id: "0-3",
  position: 3,
  count: 12,
  name: "smoke",
  isPinned: true,
  arguments: null,
  outcome: "ok",
  isResultKept: true,
  isOtherInterface: false,
  repeatsBefore: [{ profile: "release", atMs: 1, calls: 7, p50: 0.5, p95: 1, p99: 2 }],
};

function seriesOf(count: number): readonly SeriesCall[] {
  return Array.from({ length: count }, (_, index) => ({
    arguments: `{"value":${String(2 ** index)}}`,
    kind: index === 4 ? "panic" : "ok",
    outcome: index === 4 ? "panicked" : "ok",
    result: index === 4 ? "" : String(index),
    callMs: 0.2,
    id: `0-${String(index)}`,
  }));
}

const themes: readonly Theme[] = ["dark", "light", "hc-dark", "hc-light"];

describe("panel: axe-core", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  let found: string[];
  const byId = (id: string) => panel.page.getByTestId(id);
  const look = async (state: string): Promise<void> => {
    found.push(...(await findings(panel)).map((finding) => `${state}: ${finding}`));
    await panel.pictures(state);
  };
  beforeEach(() => {
    found = [];
  });

  for (const theme of themes) {
    it(`finds nothing in requests in ${theme}`, async () => {
      panel = await lab.open(
        fixture.panelState(
          { ...fixture.everything, doc: "Adds `terms` up.\n\n```\nadd(1)\n```" },
          { asyncFix: { message: "The feature is missing." } },
        ),
        { theme },
      );
      await byId("fill").click();
      await byId("fill-example").click();
      await panel.input("/small").fill("999");
      await panel.invoke.click();
      await byId("problem-summary").waitFor();
      await look("with a problem");
      assert.deepEqual(found, []);
    });

    it(`finds nothing in responses in ${theme}`, async () => {
      panel = await lab.open(fixture.panelState(fixture.calculator), { theme });
      await look("before the first call");
      await byId("fill").click();
      await look("with a menu");
      await panel.page.keyboard.press("Escape");
      await panel.sendPhase({ kind: "calling", startedAtMs: Date.now() });
      await byId("progress").waitFor();
      await look("while it calls");
      await panel.sendOutcome(fixture.notedReport());
      await byId("tree").press("Control+f");
      await byId("find").fill("unit");
      await byId("tree-row").first().click({ button: "right" });
      await look("with find and a node's menu");
      await panel.page.keyboard.press("Escape");
      for (const tab of ["json", "hex", "logs"]) {
        await byId(`response-tab-${tab}`).click();
        await look(`with ${tab}`);
      }
      assert.deepEqual(found, []);
    });

    it(`finds nothing in failures in ${theme}`, async () => {
      panel = await lab.open(fixture.panelState(fixture.calculator), { theme });
      for (const result of failures) {
        await panel.sendOutcome(fixture.outcome(result));
        await panel.page.locator(`[data-outcome="${result.kind}"]`).waitFor();
        await look(result.kind);
      }
      assert.deepEqual(found, []);
    });

    it(`finds nothing in streams in ${theme}`, async () => {
      const stream = { name: "scale", takes: fixture.named("Term"), gives: fixture.named("Term") };
      panel = await lab.open(fixture.panelState(stream), { theme });
      await byId("first-item").waitFor();
      await look("stream before Invoke");
      await panel.sendPhase({ kind: "calling", startedAtMs: Date.now() });
      await panel.sendStream(openStream);
      await byId("stream-chart").click();
      await byId("stream-row").first().click();
      await look("open stream");
      await panel.sendStream({
        ...openStream,
        status: { ...openStream.status, panic: "no item." },
      });
      await byId("stream-panic").waitFor();
      await look("stream that panicked");
      await panel.sendStream({ ...openStream, status: { ...openStream.status, wait: "ended" } });
      await panel.sendOutcome(
        fixture.outcome({ kind: "streamEnded", received: 12, sent: 0, isComplete: true }),
      );
      await panel.untilState("ok");
      await look("stream that is over");
      assert.deepEqual(found, []);
    });

    it(`finds nothing in instances, remembered and repeated calls in ${theme}`, async () => {
      const state = fixture.panelState(fixture.calculator);
      const plugin = state.plugin && { ...state.plugin, config: fixture.named("Term") };
      panel = await lab.open({ ...state, plugin, instances }, { theme });
      await byId("run-options").click();
      await byId("command-line").click();
      await byId("option-environment").fill("nothing");
      await look("run options with a problem");
      await byId("option-environment").fill("");
      await byId("instance").click();
      await look("menu of instances");
      await byId("instance-new").click();
      await byId("instance-name").waitFor();
      await look("a new instance");
      await byId("cancel-instance").click();
      const repeat = repeatReport([1, 2, 2, 3, 3, 3, 9], 2);
      assert.ok(repeat);
      const series = seriesOf(12);
      await panel.sendOutcome({ ...fixture.notedReport(), repeat, series }, remembered, true);
      await byId("histogram").waitFor();
      await look("repeated calls and a series");
      await panel.sendOutcome(fixture.notedReport(), { ...remembered, arguments: "{}" });
      await byId("call-arguments").getByRole("button").first().click();
      await look("a remembered call with other arguments");
      await byId("call-actions").click();
      await look("menu of a call");
      assert.deepEqual(found, []);
    });
  }
});
