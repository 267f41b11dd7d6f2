// axe-core finds nothing to mend, in every state of the panel and in all four themes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import type { AxeResults } from "axe-core";
import type { CallResult } from "../../src/model/outcome.ts";
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

const themes: readonly Theme[] = ["dark", "light", "hc-dark", "hc-light"];

describe("panel: axe-core", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  let found: string[];
  const byId = (id: string) => panel.page.getByTestId(id);
  const look = async (state: string): Promise<void> => {
    found.push(...(await findings(panel)).map((finding) => `${state}: ${finding}`));
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
  }
});
